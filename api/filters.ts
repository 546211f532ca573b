import type { Kysely } from 'kysely'
import { listedWordKinds, listedWords } from '../db/listed-words.ts'
import { namesOf } from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import type { InputError } from './messages/render.ts'
import { invalidInput } from './problem.ts'

/** The filters of a list that name something. */
export interface NamingFilters {
  readonly profile?: string | undefined
  readonly type?: string | undefined
  readonly priority?: string | undefined
  readonly team?: string | undefined
  readonly assignee?: string | undefined
  readonly representative?: string | undefined
}

/**
 * Asked when a list is empty: a mistyped word finds nothing, and an empty list says that nothing is there. Throws what names
 * nothing, with what there is.
 */
export async function refuseUnknownNames(db: Kysely<Database>, filters: NamingFilters): Promise<void> {
  const named = listedWordKinds.filter((kind) => filters[kind] !== undefined)
  const people = (['assignee', 'representative'] as const).filter((kind) => (filters[kind] ?? '') !== '')
  if (named.length === 0 && people.length === 0) return
  const [words, names] = await Promise.all([
    named.length > 0 ? listedWords(db) : undefined,
    namesOf(db, present(people.map((kind) => filters[kind])), 'en'),
  ])
  const errors: InputError[] = [
    ...named.flatMap((kind): InputError[] => {
      const choices = words?.[kind] ?? []
      return choices.includes(filters[kind] ?? '') ? [] : [{ path: kind, code: 'not-a-choice', params: { choices } }]
    }),
    ...people.flatMap((kind): InputError[] => {
      const person = filters[kind] ?? ''
      return Object.hasOwn(names, person) ? [] : [{ path: kind, code: 'unknown-person', params: { person } }]
    }),
  ]
  if (errors.length > 0) throw invalidInput(errors)
}

function present(ids: readonly (string | undefined)[]): string[] {
  return ids.filter((id) => id !== undefined)
}

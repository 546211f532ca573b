import type { Kysely } from 'kysely'
import { headOf } from '../../db/heads.ts'
import { listedWordKinds, listedWords } from '../../db/listed-words.ts'
import { knownIds } from '../../db/people.ts'
import type { Database, Head } from '../../db/schema.ts'
import { roleOf } from '../../domain/notices/recipients.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput } from '../problems/problem.ts'

/** The filters of a list that name something. A new one of another kind is found by test/integration/api-tickets.test.ts. */
export interface NamingFilters {
  readonly profile?: string | undefined
  readonly type?: string | undefined
  readonly priority?: string | undefined
  readonly team?: string | undefined
  readonly assignee?: string | undefined
  readonly representative?: string | undefined
  readonly helper?: string | undefined
  readonly person?: string | undefined
  readonly owner?: string | undefined
  readonly ticket?: string | undefined
  readonly parent?: string | undefined
  /** A person, a team, a role of a team, or `customer`. */
  readonly recipient?: string | undefined
}

/** Numbers of processes. */
const numbering = ['ticket', 'parent'] as const
const personal = ['assignee', 'representative', 'helper', 'person', 'owner'] as const

/**
 * Asked when a list is empty: a mistyped word finds nothing, and an empty list says that nothing is there. Throws what names
 * nothing, with what there is. What the asker may not know of is not there.
 */
export async function refuseUnknownNames(
  db: Kysely<Database>,
  filters: NamingFilters,
  mayKnow: (head: Head) => boolean = () => true,
): Promise<void> {
  const named = listedWordKinds.filter((kind) => filters[kind] !== undefined)
  // Nobody is a filter too: `assignee=` finds what nobody has.
  const people = personal.filter((kind) => (filters[kind] ?? '') !== '')
  const numbers = numbering.filter((kind) => filters[kind] !== undefined)
  const { recipient = 'customer' } = filters
  const place = roleOf(recipient)
  const addressed = recipient === 'customer' ? undefined : (place?.team ?? recipient)
  if (named.length === 0 && people.length === 0 && numbers.length === 0 && addressed === undefined) return
  const [words, known, heads] = await Promise.all([
    named.length > 0 ? listedWords(db) : undefined,
    knownIds(
      db,
      [...people.map((kind) => filters[kind]), addressed].flatMap((id) => id ?? []),
    ),
    Promise.all(numbers.map((kind) => headOf(db, filters[kind] ?? ''))),
  ])
  const errors: InputError[] = [
    ...named.flatMap((kind): InputError[] => {
      const choices = words?.[kind] ?? []
      return choices.includes(filters[kind] ?? '') ? [] : [{ path: kind, code: 'not-a-choice', params: { choices } }]
    }),
    ...people.flatMap((kind): InputError[] => {
      const person = filters[kind] ?? ''
      return known.people.includes(person) ? [] : [{ path: kind, code: 'unknown-person', params: { given: person } }]
    }),
  ]
  for (const [at, kind] of numbers.entries())
    if (![heads[at]].some((head) => head && mayKnow(head)))
      errors.push({ path: kind, code: 'unknown-ticket', params: { number: filters[kind] ?? '' } })
  const addressees = place === undefined ? [...known.people, ...known.teams] : known.teams
  if (addressed !== undefined && !addressees.includes(addressed))
    errors.push({ path: 'recipient', code: 'unknown-recipient', params: { recipient } })
  if (errors.length > 0) throw invalidInput(errors)
}

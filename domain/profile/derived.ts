import type { BaseRef, Bases } from '../derivation/base.ts'
import { membersOf } from '../derivation/removal.ts'
import { resolve, type Resolved } from '../derivation/resolve.ts'
import { memberOf } from '../document/loose.ts'
import type { Locale } from '../labels.ts'
import { momentOfAct } from './moments.ts'

/** A profile with all that it extends (X9), before anything is checked of it. */
export function resolveProfile(value: unknown, bases: Bases, locale: Locale, pinned?: BaseRef): Resolved {
  return resolve(value, { bases, locale, dangling, wholes, pinned })
}

/** Conditions: two of them put together would be a third that nobody wrote. */
const wholes: ReadonlySet<string> = new Set(['when', 'requiredWhen', 'reviewMeeting', 'closingReport'])

/**
 * Where profiles name things of their lists: under a key (`of: 'keys'`), as a word, or as a member of a thing. Who takes a priority away
 * takes its targets away, too, and need not look for them; what they write themselves is left as it is, and told when it is wrong.
 */
const references: readonly Reference[] = [
  { list: 'priorities', in: ['clocks', '*', 'within'] },
  { list: 'priorities', in: ['clocks', '*', 'priorities'] },
  { list: 'priorities', in: ['types', '*', 'targets', '*'] },
  { list: 'priorities', in: ['quietHours', 'except'] },
  { list: 'waitingFor', in: ['clocks', '*', 'pauses'] },
  { list: 'clocks', in: ['types', '*', 'targets'] },
  { list: 'clocks', in: ['reports', '*', 'sections'], by: 'clock' },
  { list: 'clocks', in: ['assessments', '*', 'criteria'], by: 'clock' },
  { list: 'samples', in: ['reports', '*', 'sections'], by: 'sample' },
  { list: 'types', in: ['customerTags', '*', 'when', 'types'] },
  ...['starts', 'stops', 'cancels'].map((when) => ({ list: 'acts', in: ['clocks', '*', when], as: momentOfAct })),
  { list: 'acts', in: ['clocks', '*'], by: 'act' },
]

interface Reference {
  readonly list: string
  readonly in: readonly string[]
  readonly by?: string
  /** How a thing is named there; absent: by its id. */
  readonly as?: (id: string) => string
}

/** The places of a base that name what the whole has no more. */
function dangling(base: unknown, before: unknown, whole: unknown): string[] {
  return references.flatMap(({ list, in: path, by, as = (id) => id }) => {
    const left = membersOf(memberOf(whole, list))
    const gone = [...membersOf(memberOf(before, list)).keys()].filter((id) => !left.has(id)).map(as)
    return gone.length === 0
      ? []
      : placesOf(base, path).flatMap(([at, inside]) => named(inside, by, new Set(gone)).map((name) => `${at}.${name}`))
  })
}

function named(inside: unknown, by: string | undefined, gone: ReadonlySet<string>): string[] {
  return [...membersOf(inside)].flatMap(([name, [, member]]) => {
    const id = by === undefined ? name : memberOf(member, by)
    return typeof id === 'string' && gone.has(id) ? [name] : []
  })
}

/** By `*` whatever is inside, else what has that name. */
function placesOf(value: unknown, [step, ...rest]: readonly string[], at = ''): (readonly [at: string, inside: unknown])[] {
  if (step === undefined) return [[at, value]]
  return [...membersOf(value)].flatMap(([name, [, member]]) =>
    step === '*' || step === name ? placesOf(member, rest, at === '' ? name : `${at}.${name}`) : [],
  )
}

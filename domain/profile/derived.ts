import type { BaseRef, Bases } from '../derivation/base.ts'
import { membersOf, namedPath } from '../derivation/removal.ts'
import { resolve, type Resolved } from '../derivation/resolve.ts'
import { whenceOf } from '../derivation/whence.ts'
import type { Derived } from '../document/judge.ts'
import { memberOf } from '../document/loose.ts'
import type { Locale } from '../labels.ts'
import { momentOfAct, waitMoment } from './moments.ts'
import { inNamedLanguages } from './texts.ts'

/** A profile with all that it extends (X9), before anything is checked of it. */
export function resolveProfile(value: unknown, bases: Bases, locale: Locale, pinned?: BaseRef): Resolved {
  return inNamedLanguages(resolve(value, { bases, locale, dangling, wholes: isConditionAt, pinned }), locale)
}

/** Where in the text each part of the whole stands, or from where it is inherited. */
export function derivedOf({ value, whence, base, faults }: Resolved): Derived {
  const own = whence.in
  return {
    value,
    faults,
    standing: (path) => {
      const stands = whenceOf(whence, path)
      if (base === undefined || stands.in === own) return { path: stands.path }
      return { inheritedFrom: stands.in, at: namedPath(value, path), told: ['extends'] }
    },
  }
}

/** Conditions: two of them put together would be a third that nobody wrote. */
const conditions: ReadonlySet<string> = new Set([
  'clocks.*.when',
  'clocks.*.exceptions.*.when',
  'clocks.*.ladder.*.when',
  'priorities.*.reviewMeeting',
  'types.*.fields.*.requiredWhen',
  'acts.*.fields.*.requiredWhen',
  'notificationRules.*.when',
  'routing.*.when',
  'stages.*.leftOut',
  'planImpact',
  'closingReport',
])

/** Whether a condition stands at a place, whose things are `*`. */
export function isConditionAt(at: readonly string[]): boolean {
  return conditions.has(at.join('.'))
}

/**
 * Where profiles name things of their lists: under a key (`of: 'keys'`), as a word, or as a member of a thing. Who takes a priority away
 * takes its targets away, too, and need not look for them; what they write themselves is left as it is, and told when it is wrong.
 */
const references: readonly Reference[] = [
  { list: 'priorities', in: ['clocks', '*', 'within'] },
  { list: 'priorities', in: ['clocks', '*', 'exceptions', '*', 'within'] },
  { list: 'priorities', in: ['clocks', '*', 'priorities'] },
  { list: 'priorities', in: ['types', '*', 'targets', '*'] },
  { list: 'priorities', in: ['quietHours', 'except'] },
  { list: 'waitingFor', in: ['clocks', '*', 'pauses'] },
  ...['starts', 'stops', 'cancels'].map((when) => ({ list: 'waitingFor', in: ['clocks', '*', when], of: waitedFor })),
  { list: 'clocks', in: [], at: 'deadline' },
  { list: 'clocks', in: ['types', '*', 'targets'] },
  { list: 'clocks', in: ['reports', '*', 'sections'], by: 'clock' },
  { list: 'clocks', in: ['assessments', '*', 'criteria'], by: 'clock' },
  { list: 'samples', in: ['reports', '*', 'sections'], by: 'sample' },
  { list: 'customNotices', in: ['notificationRules'], by: 'notice' },
  { list: 'customNotices', in: ['clocks', '*', 'ladder'], by: 'notice' },
  { list: 'types', in: ['customerTags', '*', 'when', 'types'] },
  ...['starts', 'stops', 'cancels'].map((when) => ({ list: 'acts', in: ['clocks', '*', when], of: toldByAct })),
  { list: 'acts', in: ['notificationRules', '*', 'on'], of: toldByAct },
  { list: 'waitingFor', in: ['notificationRules', '*', 'on'], of: waitedFor },
]

interface Reference {
  readonly list: string
  readonly in: readonly string[]
  /** Under which key of a thing; absent: as the key or the word itself. */
  readonly by?: string
  /** The one key there whose value is the name. */
  readonly at?: string
  /** The names by which a word there names it; absent: its id. */
  readonly of?: (id: string) => readonly string[]
}

function toldByAct(id: string): readonly string[] {
  return [momentOfAct(id)]
}

function waitedFor(id: string): readonly string[] {
  return [waitMoment('waiting-started', id), waitMoment('waiting-ended', id)]
}

/** The places of a base that name what the whole has no more. */
function dangling(base: unknown, before: unknown, whole: unknown): string[] {
  return references.flatMap(({ list, in: path, by, at: key, of = (id) => [id] }) => {
    const left = membersOf(memberOf(whole, list))
    const gone = [...membersOf(memberOf(before, list)).keys()].filter((id) => !left.has(id))
    return gone.length === 0
      ? []
      : placesOf(base, path).flatMap(([at, inside]) =>
          named(inside, { by, key }, new Set(gone.flatMap(of))).map((name) => (at === '' ? name : `${at}.${name}`)),
        )
  })
}

function named(
  inside: unknown,
  { by, key }: { readonly by: string | undefined; readonly key: string | undefined },
  gone: ReadonlySet<string>,
): string[] {
  return [...membersOf(inside)].flatMap(([name, [, member]]) => {
    if (key !== undefined && key !== name) return []
    const id = key === undefined ? (by === undefined ? name : memberOf(member, by)) : member
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

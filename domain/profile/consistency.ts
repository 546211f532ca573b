import type { z } from 'zod'
import type { Clock, Targets } from './clocks.ts'

/** What has to agree between the parts of a profile. Looked at when each part is right by itself. */

interface Parts {
  readonly types: readonly { readonly id: string; readonly targets: Readonly<Record<string, Targets>> }[]
  readonly priorities: readonly { readonly id: string; readonly reviewMeeting: boolean }[]
  readonly waitingFor: readonly { readonly id: string }[]
  readonly clocks: readonly Clock[]
  readonly begins: string
  readonly customerTags: readonly { readonly when?: { readonly types: readonly string[] } | undefined }[]
}

interface Fault {
  readonly path: (string | number)[]
  readonly code: 'unknown-reference' | 'target-missing' | 'review-without-triage'
  readonly given?: string
  readonly known?: readonly string[]
}

export function checkConsistency(profile: Parts, context: z.RefinementCtx): void {
  for (const { path, code, given, known = [] } of [...inClocks(profile), ...inTypes(profile), ...inTags(profile), ...inReviews(profile)])
    context.addIssue({ code: 'custom', message: code, params: { known: known.join(', ') }, input: given, path })
}

function inClocks({ clocks, priorities, waitingFor }: Parts): Fault[] {
  const ranks = idsOf(priorities)
  return clocks.flatMap((clock, at) => [
    ...(clock.priorities ?? []).flatMap((rank, nth) => unknown(['clocks', at, 'priorities', nth], rank, ranks)),
    ...clock.pauses.flatMap((reason, nth) => unknown(['clocks', at, 'pauses', nth], reason, [...idsOf(waitingFor), 'any'])),
    ...inTargets(['clocks', at, 'within'], clock.within, ranks, clock.priorities ?? ranks),
  ])
}

/** A type's own targets may leave priorities to the clock. */
function inTypes({ types, clocks, priorities }: Parts): Fault[] {
  return types.flatMap((type, at) =>
    Object.entries(type.targets).flatMap(([clock, within]) => [
      ...unknown(['types', at, 'targets', clock], clock, idsOf(clocks)),
      ...inTargets(['types', at, 'targets', clock], within, idsOf(priorities), []),
    ]),
  )
}

function inTargets(path: Fault['path'], within: Targets | undefined, ranks: readonly string[], wanted: readonly string[]): Fault[] {
  if (within === undefined || typeof within === 'string') return []
  return [
    ...Object.keys(within).flatMap((rank) => unknown([...path, rank], rank, ranks)),
    ...wanted
      .filter((rank) => !Object.hasOwn(within, rank))
      .map((rank): Fault => ({ path, code: 'target-missing', given: rank, known: ranks })),
  ]
}

function inTags({ customerTags, types }: Parts): Fault[] {
  return customerTags.flatMap((tag, at) =>
    (tag.when?.types ?? []).flatMap((type, nth) => unknown(['customerTags', at, 'when', 'types', nth], type, idsOf(types))),
  )
}

function inReviews({ begins, priorities }: Parts): Fault[] {
  if (begins !== 'assignment') return []
  return priorities.flatMap(({ reviewMeeting }, at): Fault[] =>
    reviewMeeting ? [{ path: ['priorities', at, 'reviewMeeting'], code: 'review-without-triage' }] : [],
  )
}

function unknown(path: Fault['path'], given: string, known: readonly string[]): Fault[] {
  return known.includes(given) ? [] : [{ path, code: 'unknown-reference', given, known }]
}

function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id)
}

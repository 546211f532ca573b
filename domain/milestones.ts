import { said, type Labels } from './labels.ts'
import type { Moment } from './profile/moments.ts'

/** Milestones 里程碑 that a coordination meeting gives to departments (R9). */

/** Each has a promise, which the process carries: more than these are another ticket's. */
export const mostMilestones = 24

export const milestoneStates = ['open', 'done', 'dropped'] as const
export type MilestoneState = (typeof milestoneStates)[number]

/** Whether a clock times milestones, each by a promise of its own: it starts when one is set, and by nothing else. */
export function timesMilestones({ starts }: { readonly starts: readonly Moment[] }): boolean {
  return starts.includes('milestone-set')
}

/** How the promises of one milestone name the clock. No id that a profile gives has a colon. */
export function clockOfMilestone(clock: string, milestone: number): string {
  return `${clock}:${milestone}`
}

/** The milestone and the clock of the profile that a promise names; undefined of any other. */
export function milestonePromised(clock: string): { readonly clock: string; readonly milestone: number } | undefined {
  const [, name, id] = /^([^:]+):(\d+)$/.exec(clock) ?? []
  return name === undefined ? undefined : { clock: name, milestone: Number(id) }
}

interface Named {
  readonly id: string
  readonly label: Labels
  readonly starts: readonly Moment[]
}

/** The clocks of a profile, with one for each milestone that is timed, called after what is to be reached. */
export function withMilestones<C extends Named>(
  clocks: readonly C[],
  milestones: readonly { readonly id: number; readonly what: string }[] = [],
): C[] {
  return clocks.flatMap((clock) =>
    timesMilestones(clock)
      ? [clock, ...milestones.map(({ id, what }) => ({ ...clock, id: clockOfMilestone(clock.id, id), label: called(clock.label, what) }))]
      : [clock],
  )
}

function called(label: Labels, what: string): Labels {
  return said(`${label['zh-CN']}：${what}`, `${label['zh-TW']}：${what}`, `${label.en}: ${what}`)
}

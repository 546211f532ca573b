import type { Clock } from './clocks.ts'
import { statingMoments } from './moments.ts'

/** Which clocks say until when a ticket is to be solved. Nothing else decides it. */

interface Named {
  /** The clock that a profile names as the deadline; absent or null: it names none. */
  readonly deadline?: string | null | undefined
  readonly clocks: readonly Pick<Clock, 'id' | 'starts' | 'stops'>[]
}

/**
 * Ids of the clocks that say until when a ticket is to be solved (T6): the one that the profile names, and those that measure an instant
 * which was agreed upon or announced in its place, until the same is done. A profile that names none has all that the solution fulfils.
 */
export function deadlineClocks({ deadline, clocks }: Named): string[] {
  const named = clocks.find(({ id }) => id === deadline)
  const says = (clock: Stopped) =>
    named === undefined
      ? endsWithSolution(clock)
      : clock === named || (isStated(clock) && clock.stops.some((moment) => named.stops.includes(moment)))
  return clocks.filter(says).map(({ id }) => id)
}

type Stopped = Named['clocks'][number]

/** Whether the solution fulfils it. */
export function endsWithSolution({ stops }: Pick<Clock, 'stops'>): boolean {
  return stops.includes('resolved')
}

/** Whether it measures nothing but instants that somebody stated. */
function isStated({ starts }: Pick<Clock, 'starts'>): boolean {
  return starts.every((moment) => statingMoments.includes(moment))
}

/** Of tickets that began before a profile could name its deadline, in mails. */
export const deadlineAtFirst: readonly string[] = ['resolution']

import type { Entry, ProcessState } from '../process.ts'
import type { PromiseState } from '../promise.ts'

/** The cycles of clocks: of each the newest, and what an event makes of them. */

/** The newest cycle of a clock. */
export function latest(promises: readonly PromiseState[], clock: string): PromiseState | undefined {
  return promises.findLast((promise) => promise.clock === clock)
}

/** The promises with those of an event: of each clock its newest cycle. */
export function withPromises(before: readonly PromiseState[], changed: readonly PromiseState[]): readonly PromiseState[] {
  if (changed.length === 0) return before
  const newest = new Map(before.map((promise) => [promise.clock, promise]))
  for (const promise of changed) if (promise.cycle >= (newest.get(promise.clock)?.cycle ?? 0)) newest.set(promise.clock, promise)
  return [...newest.values()]
}

/** What an event makes of the cycles: of each clock the newest, and the one before it if a thing told late may belong to that. */
export function cyclesAfter(
  state: Pick<ProcessState, 'promises' | 'earlier' | 'unpromised'>,
  { promises: changed, unpromised }: Pick<Entry, 'promises' | 'unpromised'>,
): Pick<ProcessState, 'promises' | 'earlier' | 'unpromised'> {
  const promises = withPromises(state.promises, changed)
  const before = new Map<string, PromiseState>()
  for (const promise of changed.length === 0 ? [] : [...(state.earlier ?? []), ...state.promises, ...changed]) {
    const isBefore = promise.cycle < (latest(promises, promise.clock)?.cycle ?? 0)
    if (isBefore && promise.cycle >= (before.get(promise.clock)?.cycle ?? 0)) before.set(promise.clock, promise)
  }
  const earlier = [...before.values()].filter(({ basis }) => basis !== undefined)
  return { promises, ...(changed.length > 0 && (state.earlier ?? earlier).length > 0 && { earlier }), ...(unpromised && { unpromised }) }
}

import { milestonePromised } from '../../domain/milestones.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ClockName } from '../../workflows/process.ts'
import type { PromiseBasis, PromiseState } from '../../workflows/promise.ts'

/** A promise as people read it: what it is called, and without what only the clocks need. */
export function promiseView(promise: Cycle, clocks: readonly ClockName[], locale: Locale) {
  return { ...cycleView(promise), label: clockLabel(promise.clock, clocks, locale) }
}

/** A cycle as it is answered. It rested in real time; a due instant of working time moved by what was working time of that. */
export function cycleView({ clock, cycle, startedAt, dueAt, pausedMinutes, basis, state, stoppedAt, recordedLate, provisional }: Cycle) {
  const pausedMs = Math.round(pausedMinutes * 60_000)
  const pausedWorkingMs = pausedMs === 0 ? 0 : (basis?.paused.working ?? null)
  return { clock, cycle, startedAt, dueAt, pausedMs, pausedWorkingMs, state, stoppedAt, recordedLate, provisional }
}

/** What is told of a promise, by the ticket's state or by the rows. */
export interface Cycle extends Omit<PromiseState, 'basis'> {
  readonly basis?: Pick<PromiseBasis, 'paused'>
}

/** What a clock is called, by the first of these that know it. */
export function clockLabel(clock: string, clocks: readonly ClockName[], locale: Locale): string {
  const named = clocks.find(({ id }) => id === clock) ?? clocks.find(({ id }) => id === milestonePromised(clock)?.clock)
  return named?.label[locale] ?? clock
}

import type { Labels, Locale } from '../../domain/labels.ts'
import type { PromiseState } from '../../workflows/process.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import { deadlineLabels } from '../../domain/terms.ts'
import { own } from '../../domain/own.ts'
import { promisesForCustomer, shownClocks } from './for-customer.ts'

/** Promises as this reader sees them: customers those of which they are part. */
export function promisesFor(promises: readonly Omit<PromiseState, 'basis'>[], clocks: Clocks, { locale, asCustomer }: Reader) {
  const shown = asCustomer ? promisesForCustomer(promises, shownClocks(clocks)) : promises
  return shown.map((promise) => promiseView(promise, clocks, locale))
}

interface Reader {
  readonly locale: Locale
  readonly asCustomer: boolean
}

/** A promise as people read it: what it is called, and without what only the clocks need. */
export function promiseView(promise: Omit<PromiseState, 'basis'>, clocks: Clocks, locale: Locale) {
  const { clock, cycle, startedAt, dueAt, pausedMinutes, state, stoppedAt, recordedLate, provisional } = promise
  const label = clockLabel(clock, clocks, locale)
  return { clock, label, cycle, startedAt, dueAt, pausedMinutes, state, stoppedAt, recordedLate, provisional }
}

/** What a clock is called: in the profile's words, or, where it is no promise, in ours. */
export function clockLabel(clock: string, { clocks }: Clocks, locale: Locale): string {
  return (clocks.find(({ id }) => id === clock)?.label ?? own(deadlineLabels, clock))?.[locale] ?? clock
}

/** The profile, as far as its clocks go. */
export interface Clocks {
  readonly clocks: readonly { readonly id: string; readonly label: Labels; readonly stops: readonly Moment[] }[]
}

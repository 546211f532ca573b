/** Where "now" comes from outside workflows: injected, so that tests and the time-skipping server can own it. */
export interface Clock {
  now(): Date
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }

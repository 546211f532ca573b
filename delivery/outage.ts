import type { Logger } from '../runtime/logging.ts'

/** Pauses of an outage: one mail asks for all of them, so it may ask more often than a notice that fails. */
const firstProbeMs = 5_000
const longestProbeMs = 2 * 60_000

/** Whether the mail server can be reached, as the mails tell. */
export class Outage {
  readonly #log: Pick<Logger, 'info' | 'error'>
  #on: { readonly until: number; readonly pauseMs: number } | null = null

  constructor(log: Pick<Logger, 'info' | 'error'>) {
    this.#log = log
  }

  /** Whether the last mail did not reach it. */
  get isOn(): boolean {
    return this.#on !== null
  }

  /** Whether it is too early to try again. */
  lasts(now: number): boolean {
    return this.#on !== null && now < this.#on.until
  }

  /** A mail did not reach it. */
  found(error: string, at: number): void {
    if (this.#on === null) this.#log.error({ words: error }, 'mails cannot be handed over; notices wait until they can')
    // Several attempts that were under way together are one piece of news.
    if (this.lasts(at)) return
    const pauseMs = this.#on === null ? firstProbeMs : Math.min(this.#on.pauseMs * 2, longestProbeMs)
    this.#on = { until: at + pauseMs, pauseMs }
  }

  /** A mail reached it. */
  ends(): void {
    if (this.#on !== null) this.#log.info('mails can be handed over again')
    this.#on = null
  }
}

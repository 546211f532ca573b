import type { Names, Solution, Test } from './words.ts'

/** The fast story in one language: promises that break before one's eyes. */
export interface FastWords {
  readonly title: string
  readonly subtitle: string
  readonly form: { readonly company: string; readonly title: string; readonly description: string; readonly errorText: string }
  readonly call: string
  readonly diagnosis: { readonly summary: string; readonly suspectedCause: string }
  readonly plan: string
  readonly progress: string
  readonly deferral: string
  readonly phoned: string
  readonly tags: readonly string[]
  readonly solution: Solution
  readonly test: Test
  readonly solved: string
  readonly proof: string
  readonly experience: string
  /** Names of the scenes in which nobody gives a command. */
  readonly scenes: Readonly<Record<'install' | 'silence' | 'busy' | 'warned' | 'phone' | 'gone', string>>
  readonly tell: Readonly<
    Record<
      | 'register'
      | 'silence'
      | 'call'
      | 'review'
      | 'diagnose'
      | 'claim'
      | 'accept'
      | 'plan'
      | 'busy'
      | 'progress'
      | 'warned'
      | 'defer'
      | 'phone'
      | 'phoned'
      | 'gone'
      | 'complete'
      | 'verify'
      | 'confirm'
      | 'close'
      | 'callback',
      (names: Names) => string
    >
  > & { readonly install: (seconds: number) => string }
  readonly installed: (id: string, version: number) => string
  /** What became of a promise. */
  readonly outcome: (clock: string, state: string, due: string, ended: string) => string
  readonly deferred: (inTime: boolean, due: string) => string
  // what happens by itself
  readonly seconds: (seconds: string) => string
  readonly duration: (ms: number) => string
  readonly broken: (clock: string) => string
  readonly dueThen: (due: string, late: string) => string
  readonly warnedThen: (at: string, late: string, due: string) => string
  readonly saidThen: (at: string, late: string) => string
  readonly neverCame: (what: string) => string
  // the end
  readonly verdict: {
    readonly deferral: (missed: string, kept: string) => string
    readonly recordedLate: (clock: string) => string
  }
  readonly mails: {
    readonly title: (count: number, folder: string) => string
    readonly head: readonly [to: string, mails: string]
    readonly none: (folder: string) => string
    readonly times: (kind: string, count: number) => string
    /** Of those that stand in digests. */
    readonly gathered: (count: number) => string
  }
}

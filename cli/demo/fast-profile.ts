import type { Locale } from '../../domain/labels.ts'
import type { Rung } from '../../domain/profile/clocks.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { own } from '../../domain/own.ts'

export interface InSeconds {
  readonly id: string
  /** Begins the numbers of its tickets. */
  readonly prefix: string
  /** Targets by the id of their clock, for every priority. Clocks that are not named keep theirs. */
  readonly seconds: Readonly<Record<string, number>>
  /** How long before a deadline a deferral is still in time. */
  readonly deferralSeconds?: number
  /** Language of its mails. */
  readonly language?: Locale
}

/**
 * A profile with targets of seconds, so that promises fall due while somebody looks on. All hours count, mails go out at
 * night too, and no emergency review stands between triage and assignment.
 */
export function inSeconds(base: Profile, { id, prefix, seconds, deferralSeconds, language = base.language }: InSeconds): Profile {
  const { quietHours, ...rest } = base
  return {
    ...rest,
    id,
    version: 1,
    number: { pattern: `${prefix}{yyyyMMdd}{serial:3}` },
    language,
    priorities: base.priorities.map((priority) => ({ ...priority, timeBase: 'elapsed', reviewMeeting: false })),
    types: base.types.map((type) => ({ ...type, targets: {} })),
    clocks: base.clocks.map((clock) => {
      if (clock.within === undefined) return { ...clock, ladder: clock.ladder.map(asShare) }
      const target = own(seconds, clock.id)
      return target === undefined
        ? clock
        : { ...clock, within: `PT${target}S`, timeBase: 'elapsed' as const, ladder: clock.ladder.map(asShare) }
    }),
    ...(deferralSeconds !== undefined && { deferral: { notice: `PT${deferralSeconds}S` } }),
    ...(quietHours && { quietHours: { ...quietHours, except: base.priorities.map((priority) => priority.id) } }),
  }
}

/** A rung at hours from the end makes no sense in a promise of seconds: three hours of a day are an eighth. */
function asShare(rung: Rung): Rung {
  const sign = /^([+-]?)PT/.exec(rung.at)?.[1]
  return sign === undefined ? rung : { ...rung, at: `${sign}12%` }
}

/** The promises of the demo, in seconds: each story of a breach fits into a minute. */
export const demoSeconds = {
  'first-response': 8,
  start: 40,
  plan: 20,
  progress: 12,
  resolution: 56,
  callback: 20,
} as const

/** Technical support for people who have a minute: in each language a profile of its own, since a version never changes. */
export function demoProfile(base: Profile, language: Locale): Profile {
  const profile = inSeconds(base, {
    id: `demo-fast-${language.toLowerCase()}`,
    prefix: 'DF',
    seconds: demoSeconds,
    deferralSeconds: 3,
    language,
  })
  return {
    ...profile,
    label: { 'zh-CN': '技术支持（演示，以秒计）', 'zh-TW': '技術支援（演示，以秒計）', en: 'Technical support (demo, in seconds)' },
  }
}

import { stringify } from 'yaml'
import type { Profile } from '../../domain/profile/schema.ts'
import { techSupport } from './tickets.ts'

/** Technical support with targets of seconds, so that promises fall due while a test looks on. In real time. */
export function fastProfile(id: string, seconds: Readonly<Record<string, number>>): Profile {
  return {
    ...techSupport,
    id,
    number: { pattern: `${id.slice(0, 2).toUpperCase()}{yyyyMMdd}{serial:4}` },
    priorities: techSupport.priorities.map((priority) => ({ ...priority, timeBase: 'elapsed', reviewMeeting: false })),
    clocks: techSupport.clocks.map((clock) => {
      const target = seconds[clock.id]
      if (target === undefined || clock.within === undefined) return clock
      // A rung at hours from the end makes no sense in a promise of seconds.
      const ladder = clock.ladder.map((rung) => (rung.at.includes('PT') ? { ...rung, at: '-50%' } : rung))
      return { ...clock, within: `PT${target}S`, timeBase: 'elapsed', ladder }
    }),
  }
}

/** The profile as a document that can be put. */
export function documentOf(profile: Profile): string {
  return stringify(profile, { aliasDuplicateObjects: false })
}

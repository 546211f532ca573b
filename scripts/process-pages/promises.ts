import { rungText, tellerOf } from '../../domain/differences/clocks.ts'
import { targetFor } from '../../domain/differences/targets.ts'
import { conditionText } from '../../domain/differences/conditions.ts'
import { word } from '../../domain/differences/words.ts'
import { durationText } from '../../domain/duration-text.ts'
import type { Clock } from '../../domain/profile/clocks.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { table } from '../tables.ts'

/** The promises of a profile: their targets by priority, and who hears of them when. */

export function promisesTable(profile: Profile): string {
  const say = tellerOf(profile, 'en')
  return table(
    [
      'Promise',
      ...profile.priorities.map(({ label }) => `${label.en}<br>${label['zh-CN']}`),
      'From',
      'Until',
      'Rests while waiting for',
      'When due',
    ],
    profile.clocks.map((clock) => [
      `${clock.label.en}<br>${clock.label['zh-CN']}`,
      ...profile.priorities.map(({ id, timeBase }) => target(clock, id, clock.timeBase ?? timeBase)),
      say.moments(clock.starts),
      say.moments(clock.stops),
      say.waits(clock.pauses) || '–',
      word(clock.whenDue, 'en'),
    ]),
  )
}

function target({ within, from, priorities }: Clock, priority: string, timeBase: 'elapsed' | 'working'): string {
  if (priorities !== undefined && !priorities.includes(priority)) return '–'
  const duration = targetFor(within, priority)
  if (duration !== undefined) return durationText(duration, timeBase, 'en')
  return from === undefined && within === undefined ? 'as agreed' : '–'
}

/** Each promise with its rungs, in words. */
export function ladders(profile: Profile): string {
  const say = tellerOf(profile, 'en')
  return profile.clocks
    .filter(({ ladder }) => ladder.length > 0)
    .map((clock) => {
      const only = clock.when === undefined ? '' : ` (only where ${conditionText(clock.when, profile, 'en')})`
      return [
        `- **${clock.label.en}** ${clock.label['zh-CN']}${only}`,
        ...[...say.exceptions(clock).map(({ text }) => text), ...clock.ladder.map((rung) => rungText(rung, profile, 'en'))].map(
          (text) => `  - ${text}`,
        ),
      ].join('\n')
    })
    .join('\n')
}

import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { durationSchema, ofLength } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { ladderRoles } from '../people.ts'
import { customKindTail } from '../notices/custom.ts'
import { noticeKindNames } from '../notices/kinds.ts'
import { conditionSchema } from './conditions.ts'
import { fieldIdSchema } from './fields.ts'
import { momentSchema } from './moments.ts'
import { isNothing, mostTimes, offsetForm, repeatForm } from './rungs.ts'

/**
 * The clocks of a profile: which promise each one measures, when it starts, rests and stops, and who hears of it on the
 * way. A clock that could never stop, or a rung that nobody hears, is refused when the profile is loaded.
 */

/** A promise of no time would be broken when it is made. */
export const targetSchema = durationSchema
  .refine(
    ofLength((ms) => ms > 0),
    'zero-duration',
  )
  .refine(
    ofLength((ms) => ms <= tenYears),
    'endless',
  )

/** Longer is no promise, and a sum of instants would not end. */
export const tenYears = 3_653 * 86_400_000

/** One target for all priorities, or one for each. */
export const targetsSchema = z
  .union([targetSchema, z.record(id, targetSchema)])
  .meta({ id: 'Targets', description: 'one target for all priorities, or one for each, ISO 8601' })
export type Targets = z.output<typeof targetsSchema>

const timeBaseSchema = z.enum(['elapsed', 'working'])

const conditionedTargetSchema = z
  .strictObject({
    when: conditionSchema.describe('for which tickets'),
    within: targetsSchema.describe('the target for them; a priority that is not listed has the one it would have without this'),
    timeBase: timeBaseSchema.optional().describe('whether all hours count for them or only working time; absent: as for the clock'),
  })
  .meta({ id: 'ConditionedTarget', description: 'a target of a clock for some tickets (X10)' })

/** To whom a rung speaks. `handler` and `representative` are the ticket's; where there is none the word goes up (X8). */
export const rungTargets = ['customer', 'handler', 'representative', 'team', ...ladderRoles] as const

export const placesSchema = z
  .array(z.enum(rungTargets).meta({ id: 'RungTarget', description: 'to whom a rung speaks; where there is none the word goes up' }))
  .min(1, 'nobody')

/** A usual kind of notice, or one of `customNotices`. */
export const noticeToSendSchema = z.union([z.enum(noticeKindNames), z.templateLiteral(['custom-', z.string().regex(customKindTail)])])

const rungSchema = z
  .strictObject({
    id: id.describe('name of the level; it is reached once a cycle'),
    at: z
      .string()
      .max(40, { abort: true })
      .regex(offsetForm, 'offset')
      .refine((at) => !offsetForm.test(at) || /^[+-]/.test(at) || isNothing(at), 'unsigned')
      .describe(
        "how far from the due instant: a share of the target (`-25%`, `+100%`) or a duration in hours, minutes and seconds (`-PT3H`), in the clock's own time; `0%` is the due instant itself",
      ),
    every: z
      .string()
      .max(40, { abort: true })
      .regex(repeatForm, 'repeat')
      .optional()
      .describe(
        'speaks again after each such time (in hours, minutes and seconds such as `PT4H`, or a share of the target such as `100%`), until the clock stops or `times` are over; after an outage only the latest is heard',
      ),
    times: z.int().min(1).max(mostTimes).default(1).describe('how often it speaks in all; only with `every`'),
    to: placesSchema.describe('who hears of it'),
    notice: noticeToSendSchema
      .optional()
      .describe(
        'kind of notice; default: a warning before the due instant, a missed deadline from then on; customers need one of their own',
      ),
    when: conditionSchema.optional().describe('it speaks only of tickets of which this is so; absent: of all'),
  })
  .meta({ id: 'ClockRung', description: 'a rung of the ladder of a clock' })
export type Rung = z.output<typeof rungSchema>

const fromSchema = z
  .strictObject({
    field: fieldIdSchema.describe('id of a field of the kind `instant`'),
    act: id.optional().describe('the act that asks for it; absent: the form of the ticket does'),
  })
  .meta({ id: 'ClockFrom', description: 'the field whose instant a promise counts from' })
export type ClockFrom = z.output<typeof fromSchema>

export const clockSchema = z
  .strictObject({
    id: id.describe('its id'),
    label: labelsSchema.describe('what it is called'),
    starts: z.array(momentSchema).min(1).describe('moments that begin a promise'),
    stops: z.array(momentSchema).min(1, 'never-stops').describe('moments that fulfil it'),
    cancels: z.array(momentSchema).default([]).describe('moments that end it unfulfilled and without fault: nothing is owed any more'),
    priorities: z.array(id).min(1).optional().describe('only for tickets of these priorities'),
    when: conditionSchema.optional().describe('only for tickets of which this is so; absent: for all'),
    within: targetsSchema
      .optional()
      .describe(
        'the target; absent where the moment that starts the clock brings its own instant, or the promise is due at the instant of `from`',
      ),
    from: fromSchema
      .optional()
      .describe(
        'the field whose instant the target counts from, such as an appointment, instead of the moment that starts the clock (X11); while it is empty nothing is promised',
      ),
    exceptions: z
      .array(conditionedTargetSchema)
      .optional()
      .describe("other targets for some tickets; the first whose condition is so counts, before the type's own and `within`"),
    timeBase: timeBaseSchema.optional().describe("whether all hours count or only working time; default: as the ticket's priority counts"),
    pauses: z
      .array(id)
      .default([])
      .describe(
        'rests while the ticket waits for one of these; `any` for whatever the profile lists; `query` while the service desk is asked',
      ),
    ladder: uniqueIds(z.array(rungSchema)).default([]).describe('who hears of it when'),
    whenDue: z
      .enum(['break', 'lapse', 'close'])
      .default('break')
      .describe(
        "what the passing of the due instant means: the promise is broken (`break`); what was awaited was the customer's to do, so nobody is at fault (`lapse`); or, likewise, and the ticket is closed by their silence (`close`, X3)",
      ),
  })
  .meta({ id: 'ProfileClock', description: 'which promise is measured, when it starts, rests and stops, and who hears of it' })
export type Clock = z.output<typeof clockSchema>

export const clocksSchema = uniqueIds(z.array(clockSchema))

/** Ids of clocks that the product itself speaks of; the others are the organisation's own. */
export const knownClocks = {
  start: 'start',
  reviewMeeting: 'review-meeting',
  callback: 'callback',
  article: 'article',
} as const

/** Whose a promise is: of representative and handler, whom the ladder names first, of its rungs until it is due; where it names neither, the handler's. */
export function owedBy({ ladder }: Pick<Clock, 'ladder'>): 'representative' | 'handler' {
  const named = ladder.flatMap((rung) => (isWarning(rung) || isNothing(rung.at) ? rung.to : []))
  return named.find((place) => place === 'representative' || place === 'handler') ?? 'handler'
}

/** Whether a rung speaks before the due instant. */
export function isWarning(rung: Pick<Rung, 'at'>): boolean {
  return rung.at.startsWith('-') && !/^-0+%$/.test(rung.at)
}

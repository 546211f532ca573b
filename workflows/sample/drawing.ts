import { z } from 'zod'
import { workingDue } from '../../domain/calendar/working-time.ts'
import { idSchema } from '../../domain/document/checks.ts'
import { dimensionLabels } from '../../domain/figures/figure.ts'
import { fromWhen } from '../../domain/calendar/local-days.ts'
import { century, dayOrInstantSchema, plus, type Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { isSystem } from '../../domain/people.ts'
import { mostDrawn } from '../../domain/profile/samples.ts'
import { choiceError, type FieldError } from '../../domain/rejection.ts'
import { frameLabels, frames, strata, stratumLabels, type Narrowing } from '../../domain/samples/frame.ts'
import { receiver } from '../common/assignees.ts'
import { defineBirth } from '../common/birth.ts'
import { lineUpTo, numberSchema, personSchema } from '../common/inputs.ts'
import type { BirthContext } from '../birth.ts'
import { judgeError } from './ending.ts'
import type { SampleEvent } from './events.ts'
import type { SamplePolicy, SampleState, SampleTerms } from './state.ts'

/** How a sample begins: tickets are drawn by chance from those of a time, or named. Which they are, whoever takes it in looks up in the rows. */

const only = (dimension: Narrowing) =>
  labelled(lineUpTo(200).exactOptional().describe('an id of the profile, or a word'), dimensionLabels[dimension])

const drawingSchema = z.strictObject({
  sample: labelled(idSchema.describe('id of a kind of samples of the profile'), said('抽检类型', '抽檢類型', 'Kind of sample')),
  title: labelled(
    lineUpTo(200).optional().describe('what it is called, in a line; default: kind and time'),
    said('主题', '主題', 'Subject'),
  ),
  from: labelled(
    dayOrInstantSchema.optional().describe("from when: a day of the profile's zone, or an instant; needed unless `tickets` are named"),
    said('开始', '開始', 'From'),
  ),
  until: labelled(
    dayOrInstantSchema.optional().describe('until when, not included: likewise'),
    said('结束（不含）', '結束（不含）', 'Until, not included'),
  ),
  of: labelled(
    z
      .enum(frames)
      .optional()
      .describe(
        'from which: tickets `closed` in that time and not reopened, or those `submitted` in it. Never from withdrawn or merged ones',
      ),
    said('抽取范围', '抽取範圍', 'Drawn from'),
    { of: frameLabels },
  ),
  only: labelled(
    z
      .strictObject({
        ...{ type: only('type'), priority: only('priority'), channel: only('channel'), team: only('team'), keyword: only('keyword') },
        ...{ module: only('module'), classification: only('classification'), cause: only('cause'), 'customer-tag': only('customer-tag') },
      } satisfies Readonly<Record<Narrowing, z.ZodType>>)
      .default({})
      .describe('only from tickets that were so when the time ended'),
    said('限定条件', '限定條件', 'Only'),
  ),
  count: labelled(
    z.int().min(1).max(mostDrawn).optional().describe('how many, or how many of `each`; default: as the profile says'),
    said('抽取数量', '抽取數量', 'How many'),
  ),
  each: labelled(z.enum(strata).optional().describe('so many of each team, of each type …'), said('分层', '分層', 'So many of each'), {
    of: stratumLabels,
  }),
  seed: labelled(
    z
      .string()
      .regex(/^[a-zA-Z0-9._-]{1,64}$/, 'seed')
      .optional()
      .describe('by which chance: drawn again with the same, it is the same; default: one that nobody chose'),
    said('随机种子', '隨機種子', 'Seed'),
  ),
  tickets: labelled(
    z
      .array(numberSchema)
      .min(1)
      .max(mostDrawn)
      .optional()
      .describe('these very tickets, instead of chance: they are judged like others, and figures tell them apart'),
    said('指定工单', '指定工單', 'Named tickets'),
  ),
  judge: labelled(
    personSchema.optional().describe('who sees that it is judged; default: whoever draws it'),
    said('评定负责人', '評定負責人', 'Judge'),
  ),
})
export type Drawing = z.output<typeof drawingSchema>

/** What was looked up: the tickets, and how they were found. */
export const drawnSchema = z.object({
  tickets: z.array(z.string()).min(1).max(mostDrawn),
  teams: z.record(z.string(), z.string()),
  involved: z.record(z.string(), z.array(z.string())),
  asOf: z.string(),
  seed: z.string().nullable(),
  frame: z.int().nullable(),
  without: z.array(z.string()),
})
export type Drawn = z.output<typeof drawnSchema>

export const birth = defineBirth<SampleState, SampleEvent, SamplePolicy, Drawing>({
  input: drawingSchema,
  mentions: ({ judge }) => ({ people: [judge] }),
  check(context, given) {
    const { policy, act } = context
    const { samples } = policy
    const unknown = choiceError(
      'sample',
      given.sample,
      samples.map(({ id }) => id),
    )
    const terms = samples.find(({ id }) => id === given.sample)
    if (!terms) return [unknown]
    return [
      isSystem(act.actor) || terms.by.some((role) => act.actor.roles.includes(role))
        ? undefined
        : { path: 'sample', code: 'other-roles', params: { roles: terms.by } },
      given.judge === undefined ? undefined : judgeError('judge', given.judge, act.directory, terms),
      ...(given.tickets === undefined ? chanceErrors(given, terms, context) : namedErrors(given, given.tickets, terms)),
    ]
  },
  initial: (number, openedAt) => ({
    version: 0,
    number,
    stage: 'judging',
    promises: [],
    sample: '',
    openedAt,
    manner: 'random',
    of: null,
    from: null,
    until: null,
    wanted: 0,
    frame: null,
    seed: null,
    tickets: [],
    requester: null,
    assignee: null,
    team: '',
    calendar: { id: '', version: 0 },
  }),
  first({ policy, act, found }, given) {
    const { sample, judge = act.actor.id, only, each = null } = given
    const drawn = drawnSchema.parse(found)
    const terms = policy.samples.find(({ id }) => id === sample)
    if (!terms) throw new Error(`the profile has no sample ${sample}`)
    const { calendar } = policy
    const { assignee, insteadOf } = receiver(judge, act.directory)
    return {
      type: 'opened',
      ...{ sample, title: given.title ?? null, judge: assignee, ...(insteadOf !== null && { insteadOf }) },
      manner: given.tickets === undefined ? 'random' : 'targeted',
      ...{ of: given.of ?? null, ...boundsOf(given, policy.zone), only, each },
      wanted: wantedOf(given, terms),
      ...drawn,
      judgeBy: workingDue(calendar.calendar, act.at, terms.judgeWithin),
      calendar: { id: calendar.calendar.id, version: calendar.version },
    }
  },
})

/** The time of which it is drawn; null: of none. A day begins at midnight of the zone. */
export function boundsOf({ from, until }: Pick<Drawing, 'from' | 'until'>, zone: string) {
  const instantOf = (given: string | undefined): Instant | null => (given === undefined ? null : fromWhen(given, zone))
  return { from: instantOf(from), until: instantOf(until) }
}

/** How many are wanted: of each, where so many of each are. */
export function wantedOf({ tickets, count }: Pick<Drawing, 'tickets' | 'count'>, { size }: Pick<SampleTerms, 'size'>): number {
  return tickets?.length ?? count ?? Math.min(size.usual, size.most)
}

function chanceErrors(given: Drawing, { size }: SampleTerms, { policy, act }: BirthContext<SamplePolicy>): (FieldError | undefined)[] {
  const { from, until } = boundsOf(given, policy.zone)
  const missing = (['from', 'until', 'of'] as const).filter((path) => given[path] === undefined)
  const far = Object.entries({ from, until }).filter(
    ([, at]) => at !== null && !(plus(act.at, `-${century}`) < at && at < plus(act.at, century)),
  )
  return [
    ...missing.map((path): FieldError => ({ path, code: 'required' })),
    ...far.map(([path, at]): FieldError => ({ path, code: 'too-far', params: { given: at ?? '' } })),
    from !== null && until !== null && until <= from ? { path: 'until', code: 'before-from' } : undefined,
    wantedOf(given, { size }) > size.most ? { path: 'count', code: 'too-big', params: { limit: size.most } } : undefined,
  ]
}

/** Whoever names tickets leaves nothing to chance. */
function namedErrors(given: Drawing, tickets: readonly string[], { size }: SampleTerms): (FieldError | undefined)[] {
  const idle = (['from', 'until', 'of', 'count', 'each', 'seed'] as const).filter((path) => given[path] !== undefined)
  return [
    ...idle.map((path): FieldError => ({ path, code: 'one-of-two', params: { other: 'tickets' } })),
    Object.keys(given.only).length > 0 ? { path: 'only', code: 'one-of-two', params: { other: 'tickets' } } : undefined,
    new Set(tickets).size > size.most ? { path: 'tickets', code: 'too-big', params: { limit: size.most } } : undefined,
  ]
}

import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import type { Instant } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { assessmentSchema } from '../profile/assessments.ts'
import { noCommendations, type Commendations } from './commendations.ts'
import type { Decided } from './told.ts'

/**
 * An assessment 统计评分 as it was reckoned (R14): of each person and team what was counted for them, and each item, which is what did not
 * go well or is in doubt. It is stored, and never reckoned again; what superiors decide afterwards stands beside it ({@link Decisions}), and the scores follow
 * from both (`scoresOf`). Instants are in UTC.
 */

const instant = (meaning: string) => z.iso.datetime().describe(meaning)
const count = (meaning: string) => z.int().min(0).describe(meaning)
const text = (meaning: string) => z.string().describe(meaning)

/**
 * `broken`: a promise that was not kept. `backdated`: one that was kept, by an act that was recorded more than half an hour later and after the due instant,
 * by whom it speaks for. `running`: the ticket has no answer yet, and one of its promises is broken; `silence`: it was closed without one; `unsolved`: the customer said so; `reopened`: it was solved, and taken
 * up again. `dissatisfied`: 1 to 3 of 5.
 */
export const itemKinds = ['broken', 'backdated', 'running', 'silence', 'unsolved', 'reopened', 'dissatisfied'] as const

const deferralSchema = z
  .object({
    at: instant('when it was announced'),
    by: text('who announced it'),
    cause: z.enum(['objective', 'subjective']).describe('whether anybody could have helped it, as they say'),
    reason: text('why, as they say'),
    newDueAt: instant('until when it was to be done instead'),
    late: z.boolean().describe('it was announced later than the profile demands'),
  })
  .meta({ id: 'ItemDeferral', description: 'A deferral of what was then too late' })

export const scoreItemSchema = z
  .object({
    id: text('`{ticket}/{clock}/{cycle}` of a promise, `{ticket}/{figure}` of anything else; the same for a person and for their team'),
    ticket: text('number of the ticket'),
    what: z.enum(itemKinds).describe('what it is'),
    at: instant('when it was due, of a promise; else when it was said or happened; of one still running when it was submitted'),
    clock: text('id of the clock').exactOptional(),
    cycle: z.int().min(1).describe('which of its promises').exactOptional(),
    keptAt: instant('when the thing was done, by what was recorded').nullable().exactOptional(),
    recordedAt: instant('of `backdated`: when that was recorded').exactOptional(),
    recordedBy: text('of `backdated`: who recorded it').exactOptional(),
    deferral: deferralSchema.exactOptional().describe('of `broken`: that this was announced, and why'),
    absent: z
      .boolean()
      .exactOptional()
      .describe('of `broken`: whoever held the ticket was away when it was due, by the absences as they were when this was reckoned'),
    score: z.int().min(1).max(5).exactOptional().describe('of `dissatisfied`: what the customer gave'),
  })
  .meta({ id: 'ScoreItem', description: 'Something that counts and did not go well, or is in doubt' })
export type ScoreItem = z.output<typeof scoreItemSchema>

const resultSchema = z
  .object({
    criterion: idSchema.describe('its id in the plan'),
    n: count('how many were counted'),
    hits: count('how many of them, those in doubt included'),
    items: z.array(scoreItemSchema).describe('everything of `n` that is no hit, or a hit in doubt; the earliest first'),
    toTeam: count(
      'of a person: promises broken while they held the ticket, but for less than half of the time; these count for the team alone',
    ).exactOptional(),
    toNobody: count('promises broken by a change of priority alone; these count for nobody').exactOptional(),
    running: count('tickets still on their way, of which no promise is broken; they are not counted').exactOptional(),
  })
  .meta({ id: 'CriterionResult', description: 'What was counted for somebody by one criterion' })
export type CriterionResult = z.output<typeof resultSchema>

const subjectShape = {
  id: text('their id'),
  tickets: count('how many tickets were counted for them'),
  results: z.array(resultSchema).describe('what was counted, by each criterion'),
}

const subjectSchema = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('person').describe('a person'),
        ...subjectShape,
        name: text('what they were called then'),
        teams: z.array(z.string()).describe('their teams then, by which their superiors are found'),
        leads: z
          .boolean()
          .describe('they were head of a department or of the management, also if they had left: the management decides over the score'),
      })
      .meta({ id: 'ScoredPerson', description: 'A person, and what was counted for them' }),
    z
      .object({
        kind: z.literal('team').describe('a team'),
        ...subjectShape,
        name: labelsSchema.describe('what it was called then'),
        lead: z.string().nullable().describe('who led it then, and may object; null: nobody'),
      })
      .meta({ id: 'ScoredTeam', description: 'A team, and what was counted for it' }),
  ])
  .meta({ id: 'ScoredSubject', description: 'Who is scored, and what was counted for them' })
export type ScoredSubject = z.output<typeof subjectSchema>

const criterionSchema = z
  .object({
    id: idSchema.describe('its id in the plan'),
    label: labelsSchema.describe('what it was called'),
    definition: labelsSchema.describe('exactly what is counted (口径)'),
  })
  .meta({ id: 'AssessmentTerm', description: 'What a criterion was called and meant' })

export const assessmentModelSchema = z
  .object({
    format: z.literal('1').describe('how this is to be read'),
    profile: z
      .object({ id: text('its id'), version: z.int().min(1).describe('its version'), label: labelsSchema.describe('what it is called') })
      .describe('the profile by which it was reckoned'),
    calendar: z
      .object({ id: text('its id'), version: z.int().min(1).describe('its version') })
      .describe('the working calendar by which it was reckoned'),
    assessment: idSchema.describe('its id in the profile'),
    label: labelsSchema.describe('what it is called'),
    period: text('the month, `2026-11`'),
    zone: text('IANA zone of its days'),
    from: instant('from when'),
    until: instant('until when, not included'),
    asOf: instant('what was recorded later is not known'),
    plan: assessmentSchema.describe('by what it was scored, as the profile had it'),
    criteria: z.array(criterionSchema).describe('what each criterion was called and meant, in their order'),
    subjects: z.array(subjectSchema).describe('teams first, each by id'),
  })
  .meta({ id: 'AssessmentModel', description: 'What was counted for an assessment' })
export type AssessmentModel = z.output<typeof assessmentModelSchema>

/** `person:engineer-wang`, `team:tech-support`. */
export type SubjectKey = `${ScoredSubject['kind']}:${string}`

export function subjectKey({ kind, id }: Pick<ScoredSubject, 'kind' | 'id'>): SubjectKey {
  return `${kind}:${id}`
}

/**
 * What people decided about a model. A breach can count for a person and for their team, and each has another superior: what is decided of the one
 * says nothing of the other.
 */
export interface Decisions {
  /** Items that leave the count: a superior found a cause that nobody could help. */
  readonly excused: BySubject<Readonly<Record<string, Excuse>>>
  /** Backdated acts that another person confirmed. */
  readonly confirmedActs: BySubject<Readonly<Record<string, ConfirmedAct>>>
  /** Scores that a superior confirmed. */
  readonly confirmed: BySubject<Decided>
  readonly objections: BySubject<Objection>
  /** Since when nothing can be said against a score: the time for objections is over, or one was decided. */
  readonly settled: BySubject<Instant>
  /** Scores whose time for objections goes on beyond what was said first, since everything was down when it ended. */
  readonly prolonged: BySubject<Prolonged>
  readonly commendations: Commendations
}

/** By {@link SubjectKey}. */
type BySubject<T> = Readonly<Partial<Record<SubjectKey, T>>>

/** Until when a score could be objected to, as was said first, and until when it can. */
export interface Prolonged {
  readonly at: Instant
  readonly from: Instant
  readonly until: Instant
}

export interface Excuse extends Decided {
  readonly reason: string
}

export interface ConfirmedAct extends Decided {
  readonly remark?: string | null
}

export interface Objection extends Excuse {
  /** Null while it waits for a decision. What that excuses stands among {@link Decisions.excused}. */
  readonly decided: (Excuse & { readonly upheld: boolean }) | null
}

/** Before anybody decided anything. */
export const noDecisions: Decisions = {
  ...{ excused: {}, confirmedActs: {}, confirmed: {}, objections: {}, settled: {}, prolonged: {} },
  commendations: noCommendations,
}

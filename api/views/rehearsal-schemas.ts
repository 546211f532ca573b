import { z } from 'zod'
import { placeSchema } from '../../rehearsal/asked.ts'
import { recipientShape } from './ticket-event-members.ts'
import { instantAnswer, localeSchema, noticeKindSchema, stageSchema } from './schemas.ts'

/** How a rehearsal is answered (X12). */

const label = z.string().describe('what it is called, in the language of the caller')
const termSchema = z
  .object({ id: z.string().describe('its id in the profile'), label })
  .meta({ id: 'RehearsedTerm', description: 'something that the profile lists' })
const stageTerm = z.object({ id: stageSchema, label }).meta({ id: 'RehearsedStage', description: 'where the rehearsed ticket is' })
const filled = z.array(z.string()).describe('what the rehearsal added, since nobody said it and no promise depends on it')

const mailSchema = z
  .object({
    seq: z.int().min(1).describe('sequence number of the event that it tells of'),
    kind: noticeKindSchema,
    label,
    recipient: z
      .object({ ...recipientShape, label: z.string().describe('who that is') })
      .meta({ id: 'RehearsedRecipient', description: 'for whom it is meant' }),
    fate: z
      .enum(['sent', 'overtaken', 'muted', 'undeliverable', 'waits'])
      .describe(
        '`sent`; `overtaken`: it was not so any more when the quiet hours ended; `muted`: whoever would get it heard of it already, or the profile does without it; `undeliverable`: nobody is reached; `waits`: nobody looked further',
      ),
    cause: z.string().nullable().describe('why it was not sent'),
    sentAt: instantAnswer('when it went').nullable(),
    heldUntil: instantAnswer('until when quiet hours kept it').nullable(),
    channel: z.enum(['email', 'relay']).nullable().describe('`relay`: a colleague tells the customer'),
    reached: z.array(placeSchema).describe('who gets it'),
    reachedLabels: z.array(z.string()).describe('what these are called'),
    subject: z.string().nullable().describe('its subject'),
    text: z.string().nullable().describe('what it says'),
  })
  .meta({ id: 'RehearsedMail', description: 'a mail, and what became of it' })

const refusalSchema = z
  .object({
    code: z.string().describe('the reason; `/problems/{code}` explains it'),
    title: z.string().describe('the reason in a few words'),
    detail: z.string().describe('what was wrong and what to do'),
    errors: z
      .array(z.object({ path: z.string().describe('where in the input'), message: z.string().describe('what is wrong there') }))
      .describe('each thing that is wrong with the input'),
  })
  .meta({ id: 'RehearsedRefusal', description: 'why an act was refused, as the API would say it' })

const eventSchema = z
  .object({
    seq: z.int().min(1).describe('its sequence number'),
    type: z.string().describe('kind of event'),
    label: z.string().nullable().describe('what happened, where time did it; null for what somebody did'),
    clock: termSchema.nullable().describe('the clock that it is about'),
    level: z.string().nullable().describe('the level of the ladder'),
    warning: z.boolean().nullable().describe('whether that level lies before the due instant'),
    to: z.array(z.string()).describe('who hears of it'),
  })
  .meta({ id: 'RehearsedEvent', description: 'an event of the rehearsed ticket' })

const happeningSchema = z
  .object({
    at: instantAnswer('when'),
    kind: z
      .enum(['registered', 'act', 'refused', 'answered', 'time'])
      .describe('`answered`: the imagined team answered what the ticket asks; `time`: nobody did it'),
    by: termSchema.nullable().describe('who acted; null: nobody did'),
    command: termSchema.nullable().describe('what they did'),
    act: z.int().min(0).nullable().describe('which act of the story it is, from 0'),
    filled,
    stage: stageTerm.nullable().describe('where the ticket is after it; null for what was refused'),
    events: z.array(eventSchema).describe('what happened'),
    mails: z.array(mailSchema).describe('who is told of it'),
    refusal: refusalSchema.nullable().describe('why it was refused'),
  })
  .meta({ id: 'RehearsedHappening', description: 'something that happens in a rehearsal' })

const promiseSchema = z
  .object({
    clock: termSchema,
    cycle: z.int().min(1).describe('which cycle of the clock'),
    startedAt: instantAnswer('when it was promised'),
    within: z.string().nullable().describe('the target, ISO 8601; null where an instant was stated'),
    from: instantAnswer('the instant in a field that the target counts from; null: from when it was promised').nullable(),
    timeBase: z.enum(['elapsed', 'working']).describe('whether all hours count or only working time'),
    withinLabel: z.string().nullable().describe('the target in words'),
    dueAt: instantAnswer('when it was due in the end'),
    due: z
      .array(z.object({ since: instantAnswer('since when'), dueAt: instantAnswer('what was promised then') }))
      .describe('which instants were promised one after another: one, unless it moved'),
    state: z.enum(['running', 'paused', 'kept', 'broken', 'cancelled']).describe('what became of it'),
    stoppedAt: instantAnswer('when it ended').nullable(),
    recordedLate: z.boolean().describe('kept in time, but told after it was due'),
    provisional: z.boolean().describe('due beyond the last day whose holidays are known'),
    stoppedBy: z.array(termSchema).describe('what stopped it: nothing where time did; while it is owed, the acts that would'),
  })
  .meta({ id: 'RehearsedPromise', description: 'a promise of a rehearsed ticket' })

export const rehearsalSchema = z
  .object({
    number: z.string().describe('a number such as its tickets would have'),
    profile: z.string().describe('id of the profile'),
    version: z.int().min(1).describe('its version'),
    type: termSchema,
    priority: termSchema,
    channel: termSchema,
    team: z.string().describe('the team that it went to'),
    registeredAt: instantAnswer('when it was registered'),
    filled,
    zone: z.string().describe('zone of the profile'),
    language: localeSchema.describe('language of the mails'),
    timeline: z.array(happeningSchema).describe('what happens, in the order of time'),
    promises: z.array(promiseSchema).describe('what is promised, and what became of it'),
    end: z
      .object({
        at: instantAnswer('when something happened last'),
        stage: stageTerm.describe('where it is then'),
        because: z
          .enum(['ended', 'nothing-ahead', 'looked-no-further'])
          .describe(
            '`ended`: no further act is possible; `nothing-ahead`: so it stays until somebody acts; `looked-no-further`: a year was over, or too much happened',
          ),
        next: instantAnswer('what would happen next').nullable(),
        steps: z.array(termSchema).describe('the acts that would lead on'),
      })
      .describe('what finally becomes of it'),
  })
  .meta({ id: 'Rehearsal', description: 'How an imagined ticket fares by a profile' })

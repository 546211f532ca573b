import { z } from 'zod'
import { workingDue } from '../../domain/calendar/working-time.ts'
import { idSchema } from '../../domain/document/checks.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Instant } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import type { Role } from '../../domain/people.ts'
import { reportReaders } from '../../domain/profile/reports.ts'
import { conflict, forbidden, invalidIf, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { changeCalendarOf } from '../common/calendar-news.ts'
import { latest } from '../common/cycles.ts'
import { defineCommandOf, type Definition } from '../common/command.ts'
import { checksumSchema, longText, reasonSchema } from '../common/inputs.ts'
import type { Command, Decision } from '../process.ts'
import { clockOf } from './clocks.ts'
import type { ReportEvent } from './events.ts'
import { reportStages } from './stages.ts'
import { termsOf, type ReportPolicy, type ReportState } from './state.ts'

/** What people, and the product, do with a report. Who may sign says the profile; each signature is another person's. */

type ReportCommand = Command<ReportState, ReportEvent, ReportPolicy>
type Deciding = Decision<ReportState, ReportPolicy>
type Step = 'write' | 'review' | 'approve'

function defineCommand<Given>(definition: Definition<ReportState, ReportEvent, ReportPolicy, Given>): ReportCommand {
  return defineCommandOf(definition, beganAt)
}

function beganAt({ openedAt }: ReportState): string {
  return openedAt
}

/** Whoever reads reports: which of them, the profile says. */
const readers = Object.fromEntries(reportReaders.map((role) => [role, 'any'] as const))

const alive = reportStages.filter(({ is }) => is === 'open').map(({ id }) => id)

const write = defineCommand({
  name: 'write',
  labels: said('编制', '編製', 'Write'),
  summary: 'Writes what only a person can write, and signs the report as its preparer.',
  requirements: ['Q8', 'R14'],
  may: readers,
  stages: ['draft'],
  input: () =>
    z.strictObject({
      texts: labelled(
        z.record(idSchema, longText).default({}).describe('what stands in each box, by the id of its section'),
        said('填写内容', '填寫內容', 'Texts'),
      ),
    }),
  blocked: (context) => unfitFor(context, 'write'),
  decide(context, { texts }) {
    const { boxes } = termsOf(context.policy, context.state)
    const unknown = Object.keys(texts).find((id) => !boxes.includes(id))
    const missing = boxes.filter((id) => (own(texts, id) ?? '') === '')
    return (
      invalidIf(
        unknown === undefined ? undefined : { path: `texts.${unknown}`, code: 'not-a-choice', params: { choices: boxes } },
        ...missing.map((id): FieldError => ({ path: `texts.${id}`, code: 'required' })),
      ) ?? [{ type: 'written', texts, by: dueFor(context, 'review') }]
    )
  },
})

const review = defineCommand({
  name: 'review',
  labels: said('审核', '審核', 'Review'),
  summary: 'Signs the report as its reviewer.',
  requirements: ['Q8'],
  may: readers,
  stages: ['written'],
  input: () => z.strictObject({}),
  blocked: (context) => unfitFor(context, 'review'),
  decide: (context) => [{ type: 'reviewed', by: dueFor(context, 'approve') }],
})

const approve = defineCommand({
  name: 'approve',
  labels: said('批准', '核准', 'Approve'),
  summary: 'Signs the report as its approver; it is sent.',
  requirements: ['Q8'],
  may: readers,
  stages: ['reviewed'],
  input: () => z.strictObject({}),
  blocked: (context) => unfitFor(context, 'approve'),
  decide: () => [{ type: 'approved' }, { type: 'released', unreviewed: false }],
})

const sendBack = defineCommand({
  name: 'send-back',
  labels: said('退回修改', '退回修改', 'Send back'),
  summary: 'Has the report written anew, and says why.',
  requirements: ['Q8'],
  may: readers,
  stages: ['written', 'reviewed'],
  input: () => z.strictObject({ reason: reasonSchema }),
  blocked(context) {
    if (context.state.stage === 'written') return unfitFor(context, 'review')
    const refused = unfitFor(context, 'approve')
    // Who could have sent it back a moment ago was overtaken by whoever reviewed it.
    return refused?.code === 'wrong-role' && !unfitFor(context, 'review') ? signedMeanwhile(context.state, refused) : refused
  },
  decide: (context, { reason }) => [{ type: 'sent-back', reason, by: dueFor(context, 'write') }],
})

/** What it holds is reckoned and kept. */
export const noteReckoned = defineCommand({
  name: 'note-reckoned',
  labels: said('记录统计结果', '記錄統計結果', 'Note reckoned'),
  summary: 'Notes that the report is reckoned, and what it holds is kept.',
  requirements: [],
  may: {},
  stages: ['reckoning'],
  input: () =>
    z.strictObject({
      sha256: checksumSchema,
      quiet: labelled(z.boolean(), said('无事项', '無事項', 'Quiet')),
    }),
  decide(context, { sha256, quiet }) {
    const { release } = termsOf(context.policy, context.state)
    if (release === null)
      return [
        { type: 'reckoned', sha256, quiet, by: null },
        { type: 'released', unreviewed: false },
      ]
    return [{ type: 'reckoned', sha256, quiet, by: dueFor(context, 'write') }]
  },
})

/** Its mails are in the outbox. */
export const noteSent = defineCommand({
  name: 'note-sent',
  labels: said('记录发送', '記錄寄送', 'Note sent'),
  summary: 'Notes that the mails of the report are queued.',
  requirements: [],
  may: {},
  stages: ['sending'],
  input: () => z.strictObject({ recipients: labelled(z.int().min(0), said('收件人数', '收件人數', 'Recipients')) }),
  decide: (_, { recipients }) => [{ type: 'sent', recipients }],
})

/** By which people sign. */
export const signingCommands: readonly string[] = [write, review, approve].map(({ name }) => name)

export const commands: readonly ReportCommand[] = [
  write,
  review,
  approve,
  sendBack,
  noteReckoned,
  noteSent,
  changeCalendarOf({ stages: alive }, beganAt),
]

/** Why this person may not sign there; undefined where they may. */
function unfitFor({ policy, state, act }: Deciding, step: Step): Rejection | undefined {
  const { release } = termsOf(policy, state)
  const named: readonly Role[] = release?.[step].by ?? []
  // Who is asked when it is late may sign, too: else a report would wait for good where nobody holds the role.
  const by = isLate(state, step, act.at) ? [...new Set([...named, lastResort])] : named
  if (!by.some((role) => act.actor.roles.includes(role))) return forbidden('wrong-role', { roles: by })
  const signed = step !== 'write' && [state.preparer, step === 'approve' ? state.reviewer : null].includes(act.actor.id)
  return signed ? conflict('own-signature') : undefined
}

function signedMeanwhile({ reviewer }: ReportState, { params }: Rejection): Rejection {
  return conflict('signed-meanwhile', { ...params, ...(reviewer !== null && { person: reviewer }) })
}

const lastResort: Role = 'management'

/** Whether that signature is waited for beyond its deadline. */
function isLate({ promises }: ReportState, step: Step, at: Instant): boolean {
  const promise = latest(promises, clockOf[step])
  return promise !== undefined && (promise.state === 'broken' || (promise.state === 'running' && promise.dueAt < at))
}

/** By when the next signature is due. */
function dueFor({ policy, state, act }: Deciding, step: Step): string {
  const within = termsOf(policy, state).release?.[step].within
  if (within === undefined) throw new Error(`report ${state.report} is not signed`)
  return workingDue(policy.calendar.calendar, act.at, within)
}

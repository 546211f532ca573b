import { z } from 'zod'
import { workingDue } from '../../domain/calendar/working-time.ts'
import { idSchema } from '../../domain/document/checks.ts'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { conflict, forbidden, invalid, invalidIf, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { answersTo, answerWords, isMet, tallyOf, type Answer, type Judged } from '../../domain/samples/judgement.ts'
import { longText, numberSchema, occurredAtSchema, reasonSchema, shortText } from '../common/inputs.ts'
import { defineCommand, judges, notJudging, type Deciding } from './command.ts'
import type { SampleEvent, TicketJudged } from './events.ts'
import { openSampleStages } from './stages.ts'
import { pendingIn, termsOf, type DrawnTicket } from './state.ts'

/** 评定: what is said of each ticket, by which criteria, and how that is put right. */

const ticketSchema = labelled(numberSchema.describe('number of a ticket of the sample'), said('工单', '工單', 'Ticket'))

const judgement = {
  ticket: ticketSchema,
  answers: labelled(
    z
      .record(idSchema, z.union([z.enum(answerWords), z.int().min(1).max(5)]))
      .describe(
        'by the id of each criterion: `yes` or `no`, or a value from 1 (poor) to 5 (excellent), as its kind is; `not-applicable` where it may be',
      ),
    said('各项评定', '各項評定', 'Answers'),
  ),
  remark: labelled(longText.optional().describe('what there is to say of it'), said('说明', '說明', 'Remark')),
  finding: labelled(
    shortText.optional().describe('what somebody is to see to: the lead of the team is told'),
    said('需跟进的问题', '需跟進的問題', 'To be followed up'),
  ),
}

export const judge = defineCommand({
  name: 'judge',
  labels: said('评定', '評定', 'Judge'),
  summary: 'Judges a ticket of the sample by every criterion. Nobody judges what they handled themselves.',
  requirements: ['Q7'],
  may: judges,
  stages: ['judging'],
  input: () => z.strictObject({ ...judgement, occurredAt: occurredAtSchema }),
  blocked: notJudging,
  decide(context, { ticket, answers, remark = null, finding = null }) {
    const drawn = context.state.tickets.find((one) => one.ticket === ticket)
    const refused = refusal(context, drawn)
    if (!drawn || refused) return refused ?? unknown(pendingIn(context.state))
    if (drawn.state !== 'pending') return conflict('judged-already', { number: ticket, needed: rejudgeName })
    const judged = judgedBy(context, answers)
    if ('kind' in judged) return judged
    const said = { ticket, judgedAt: context.occurredAt, answers: judged, remark, finding } satisfies TicketJudged
    return [{ type: 'judged', ...said }, ...completion(context, ticket)]
  },
})

const rejudgeName = 'rejudge'

export const rejudge = defineCommand({
  name: rejudgeName,
  labels: said('更正评定', '更正評定', 'Correct judgement'),
  summary: 'Judges a ticket anew that was judged or excused, and says why. The former judgement stays on record.',
  requirements: ['Q7'],
  may: judges,
  stages: openSampleStages,
  input: () => z.strictObject({ ...judgement, reason: reasonSchema }),
  blocked: notJudging,
  decide(context, { ticket, answers, remark = null, finding = null, reason }) {
    const looked = context.state.tickets.filter(({ state }) => state !== 'pending')
    const drawn = looked.find((one) => one.ticket === ticket)
    const refused = refusal(context, drawn)
    if (!drawn || refused) return refused ?? unknown(looked)
    const judged = judgedBy(context, answers)
    if ('kind' in judged) return judged
    // A mistake of last month is put right in last month.
    return [{ type: 'rejudged', ticket, judgedAt: drawn.judgedAt ?? context.act.at, answers: judged, remark, finding, reason }]
  },
})

export const excuseTicket = defineCommand({
  name: 'excuse-ticket',
  labels: said('免评工单', '免評工單', 'Excuse ticket'),
  summary: 'Takes a ticket out that cannot be judged, and says why. What was said of it counts no more.',
  requirements: ['Q7'],
  may: judges,
  stages: openSampleStages,
  input: () => z.strictObject({ ticket: ticketSchema, reason: reasonSchema }),
  blocked: notJudging,
  decide(context, { ticket, reason }) {
    const drawn = context.state.tickets.find((one) => one.ticket === ticket)
    if (!drawn) return unknown(context.state.tickets.filter(({ state }) => state !== 'excused'))
    if (drawn.state === 'excused') return conflict('judged-already', { number: ticket, needed: rejudgeName })
    return refusal(context, drawn) ?? [{ type: 'ticket-excused', ticket, reason }, ...completion(context, ticket)]
  },
})

/** Who handled it does not judge it, nor say that nobody can. */
function refusal({ act: { actor } }: Deciding, drawn: DrawnTicket | undefined): Rejection | undefined {
  return drawn?.involved.includes(actor.id) ? forbidden('own-work', { number: drawn.ticket }) : undefined
}

function unknown(tickets: readonly DrawnTicket[]): Rejection {
  return invalid({ path: 'ticket', code: 'not-a-choice', params: { choices: tickets.map(({ ticket }) => ticket) } })
}

/** Every criterion with its answer; or what is wrong with them. */
function judgedBy({ policy, state }: Deciding, answers: Readonly<Record<string, Answer>>): readonly Judged[] | Rejection {
  const { criteria } = termsOf(policy, state)
  const ids = criteria.map(({ id }) => id)
  const strange = Object.keys(answers).filter((id) => !ids.includes(id))
  const errors = [
    ...strange.map((id): FieldError => ({ path: `answers.${id}`, code: 'not-a-choice', params: { choices: ids } })),
    ...criteria.map((criterion): FieldError | undefined => {
      const answer = own(answers, criterion.id)
      const [path, choices] = [`answers.${criterion.id}`, answersTo(criterion)]
      if (answer === undefined) return { path, code: 'required' }
      return choices.includes(answer) ? undefined : { path, code: 'not-a-choice', params: { choices: choices.map(String) } }
    }),
  ]
  const refused = invalidIf(...errors)
  if (refused) return refused
  const judged = criteria.flatMap((criterion): Judged[] => {
    const answer = own(answers, criterion.id)
    return answer === undefined ? [] : [{ criterion: criterion.id, answer, met: isMet(criterion, answer) }]
  })
  // Then nothing was judged: a ticket that cannot be is excused, with the reason.
  return tallyOf(judged).of > 0 ? judged : invalid({ path: 'answers', code: 'nothing-applies' })
}

/** With the last of its tickets nothing is left to judge; then it can be corrected for a while. */
function completion({ state, policy, act }: Deciding, looked: string): SampleEvent[] {
  if (state.stage !== 'judging' || pendingIn(state).some(({ ticket }) => ticket !== looked)) return []
  return [{ type: 'all-judged', closesAt: correctableUntil({ state, policy, act }) }]
}

function correctableUntil({ state, policy, act }: Deciding): Instant {
  return workingDue(policy.calendar.calendar, act.at, termsOf(policy, state).correctableFor)
}

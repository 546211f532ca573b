import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { instantSchema } from '../../domain/instant.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import { choiceError, conflict, invalidIf } from '../../domain/rejection.ts'
import type { Deadline } from '../process.ts'
import { aheadError } from '../common/ahead.ts'
import { defineCommand } from './command.ts'
import type { TicketEvent } from './events.ts'
import { listedWord, reasonSchema, shortText } from '../common/inputs.ts'
import type { TicketState } from './state.ts'
import { handler, unresolvedStages } from './availability.ts'
import type { Transitions } from './transitions.ts'

/** 等待: the work cannot go on until somebody else has done something: the customer, a vendor, a department, a part. */

export const wait = defineCommand({
  name: 'wait',
  labels: { 'zh-CN': '挂起等待', 'zh-TW': '掛起等待', en: 'Wait' },
  summary:
    'Says that the work waits for the customer, who is asked, for a vendor, a department or a part; with `until` it resumes by itself.',
  requirements: ['T4'],
  may: { ...handler, agent: 'any' },
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      for: listedWord('profile.waitingFor', said('等待对象', '等待對象', 'Waiting for')).describe(
        'for whom or what: an id that the profile lists',
      ),
      reason: reasonSchema,
      message: labelled(
        shortText.optional().describe('what the customer is asked, in words for them; only when it waits for the customer'),
        said('询问客户的内容', '詢問客戶的內容', 'Question to the customer'),
      ),
      until: labelled(instantSchema.optional(), said('等待至', '等待至', 'Until')),
    }),
  blocked: ({ state: { waiting } }) => (waiting ? conflict('already-waiting', { for: waiting.for, since: waiting.since }) : undefined),
  decide(context, { for: whom, reason, message, until }) {
    const { policy } = context
    const choices = policy.waitingFor.map(({ id }) => id)
    const asksCustomer = whom === 'customer'
    const unfit = invalidIf(
      choiceError('for', whom, choices),
      message === undefined || asksCustomer || !choices.includes(whom)
        ? undefined
        : { path: 'message', code: 'only-with', params: { value: 'for: customer' } },
      until === undefined ? undefined : aheadError('until', until, context),
    )
    if (unfit) return unfit
    return [{ type: 'waiting-started', for: whom, reason, until: until ?? null, ...(asksCustomer && { asked: message ?? null }) }]
  },
})

export const resume = defineCommand({
  name: 'resume',
  labels: { 'zh-CN': '恢复处理', 'zh-TW': '恢復處理', en: 'Resume' },
  summary: 'Ends the waiting.',
  requirements: ['T4'],
  may: { ...handler, agent: 'any' },
  stages: unresolvedStages,
  input: () => z.strictObject({}),
  blocked({ state: { waiting, query } }) {
    if (!waiting) return conflict('not-waiting')
    return query ? conflict('query-open', { since: query.at }) : undefined
  },
  decide: ({ state }) => endOfWaiting(state),
})

/** A waiting with a stated end resumes by itself then. */
export function waitingDeadlines({ waiting, stage }: TicketState): Deadline[] {
  if (!waiting?.until) return []
  return [
    {
      clock: 'waiting',
      cycle: waiting.id,
      level: 'until',
      dueAt: waiting.until,
      to: [],
      cancelledBy: [...goesOnBy(waiting.for, stage), 'withdraw'],
    },
  ]
}

/** Commands that end a waiting. */
export function goesOnBy(waitedFor: string, stage: Stage): readonly string[] {
  return ['resume', ...(waitedFor === 'customer' ? ['supplement'] : []), ...(interruptedBy[stage] ?? [])]
}

/** Commands that go on with the work, or give it away, and so end any waiting. */
const interruptedBy: Readonly<Partial<Record<Stage, readonly string[]>>> = {
  intake: ['review-intake'],
  handling: ['release', 'reassign', 'complete'],
  verification: ['verify'],
  confirmation: ['confirm'],
}

/** `silence`: whoever was waited for did not answer. */
export function endOfWaiting(state: TicketState, silence = false): TicketEvent[] {
  return state.waiting ? [{ type: 'waiting-ended', for: state.waiting.for, ...(silence && { silence: true as const }) }] : []
}

export const transitions: Transitions<'waiting-started' | 'waiting-ended'> = {
  'waiting-started': (_, event) => ({
    waiting: { id: event.seq, for: event.for, reason: event.reason, since: event.occurredAt, until: event.until },
  }),
  'waiting-ended': ({ waiting, query, rests = [] }, { occurredAt }) => ({
    waiting: null,
    ...(query && { query: null }),
    ...(waiting && { rests: [...rests, { for: waiting.for, from: waiting.since, to: occurredAt }].slice(-mostRests) }),
  }),
}

/** More than anybody looks back on when they tell late how the work went. */
const mostRests = 3

import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { conflict, invalidIf, type FieldError, type Rejection } from '../../../domain/rejection.ts'
import { solvingDeadline } from '../clocks.ts'
import { handlerError, holding, receiver, teamError } from '../../common/assignees.ts'
import { defineHandOver } from '../../common/hand-over.ts'
import { defineCommand, type TicketDecision } from '../command.ts'
import type { Assigned, RecordedTicketEvent, TicketEvent } from '../events.ts'
import { personSchema, reasonSchema, teamSchema } from '../../common/inputs.ts'
import { helpHandedOver, without } from '../helpers.ts'
import { milestonesHandedOver, openMilestones } from '../milestones.ts'
import type { TicketState } from '../state.ts'
import { handler, leads, openStages } from '../availability.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

/** 分派/待认领: the ticket finds the one person who has it, in the queue or by somebody's hand, and that person accepts. */

const target = z
  .strictObject({
    assignee: labelled(personSchema.optional(), said('处理人', '處理人', 'Handler'), { from: 'people.handlers' }),
    team: teamSchema.optional(),
  })
  .describe('a person, or a team whose queue it joins; at least one')

export const assign = defineCommand({
  name: 'assign',
  labels: { 'zh-CN': '分派', 'zh-TW': '分派', en: 'Assign' },
  summary: "Gives an unassigned ticket to a person, or to a team's queue. An absent person's deputy gets it instead.",
  requirements: ['T6', 'X8'],
  may: { agent: 'any', ...leads },
  stages: ['assignment'],
  input: () => target.extend({ reason: reasonSchema.optional() }),
  mentions: ({ assignee, team }) => ({ people: [assignee], teams: [team] }),
  blocked: heldBySomebody,
  decide(context, { assignee, team, reason }) {
    return give(context, { assignee, team, reason: reason ?? null, manner: 'assigned' })
  },
})

export const claim = defineCommand({
  name: 'claim',
  labels: { 'zh-CN': '认领', 'zh-TW': '認領', en: 'Claim' },
  summary: 'Takes an unassigned ticket. Of two who claim at once exactly one gets it; the other is told who has it.',
  requirements: ['S9'],
  may: { agent: 'any', engineer: 'any', supervisor: 'any' },
  takes: true,
  stages: ['assignment'],
  input: () => z.strictObject({}),
  blocked: heldBySomebody,
  decide({ state, policy, act }) {
    return [assigned(state, policy, { manner: 'claimed', assignee: act.actor.id, insteadOf: null, reason: null })]
  },
})

export const release = defineCommand({
  name: 'release',
  labels: { 'zh-CN': '退回队列', 'zh-TW': '退回佇列', en: 'Release' },
  summary: "Gives the ticket back to its team's queue, with the reason.",
  requirements: ['S9'],
  may: handler,
  stages: ['assignment', 'handling'],
  input: () => z.strictObject({ reason: reasonSchema }),
  blocked: ({ state }) => (state.assignee === null ? conflict('nothing-held', { command: 'release' }) : undefined),
  decide({ state }, { reason }) {
    if (state.assignee === null) return conflict('nothing-held', { command: 'release' })
    return [...endOfWaiting(state), { type: 'released', assignee: state.assignee, reason }]
  },
})

export const reassign = defineCommand({
  name: 'reassign',
  labels: { 'zh-CN': '改派', 'zh-TW': '改派', en: 'Reassign' },
  summary: "Moves the ticket to another person or team by a lead's decision; the reason is kept.",
  requirements: ['S10', 'X8'],
  may: leads,
  stages: ['assignment', 'handling', 'verification', 'confirmation', 'closing'],
  input: () => target.extend({ reason: reasonSchema }),
  mentions: ({ assignee, team }) => ({ people: [assignee], teams: [team] }),
  decide(context, { assignee, team, reason }) {
    const { state } = context
    // Queues offer what waits for assignment: a later stage goes from person to person.
    const needsPerson = state.stage !== 'assignment' && state.stage !== 'handling'
    return give(context, { assignee, team, reason, manner: 'reassigned' }, needsPerson)
  },
})

export const handOver = defineHandOver<TicketState, TicketEvent, Policy>(
  {
    summary:
      'Moves everything one person has in this ticket, as assignee, as representative, as helper and as owner of tasks and milestones, to another.',
    requirements: ['X8'],
    may: leads,
    stages: openStages,
    blocked({ state }) {
      const { assignee, representative, tasks, helpers } = state
      const somebody =
        assignee ?? representative ?? tasks.find(({ owner }) => owner !== null)?.owner ?? helpers?.[0] ?? openMilestones(state)[0]
      return somebody ? undefined : conflict('nothing-held', { command: 'hand-over' })
    },
    moved({ state, policy }, { from, assignee, insteadOf, reason }) {
      const events: TicketEvent[] = []
      if (state.assignee === from) events.push(assigned(state, policy, { manner: 'handed-over', assignee, insteadOf, reason }))
      if (state.representative === from || state.tasks.some(({ owner }) => owner === from)) {
        events.push({ type: 'representative-changed', from, to: assignee, reason })
      }
      const to = { assignee, insteadOf, reason }
      return [...events, ...helpHandedOver(state, from, to), ...milestonesHandedOver(state, from, to)]
    },
  },
  ({ submittedAt }) => submittedAt,
)

export const accept = defineCommand({
  name: 'accept',
  labels: { 'zh-CN': '接单确认', 'zh-TW': '接單確認', en: 'Accept' },
  summary: 'The assignee confirms having received the ticket and starts work.',
  requirements: ['T6'],
  may: { agent: 'own', engineer: 'own', supervisor: 'own' },
  stages: ['assignment'],
  input: () => z.strictObject({}),
  decide: ({ state }) => [{ type: 'accepted', assignee: state.assignee }],
})

export const transitions: Transitions<'assigned' | 'released' | 'representative-changed' | 'accepted'> = {
  assigned: (state, event) => ({
    assignee: event.assignee,
    team: event.team,
    assignedAt: state.assignedAt ?? (event.assignee === null ? null : event.at),
    // A new handler in the midst of the work accepts it first; a hand-over and a late stage keep their place.
    stage: (event.manner === 'reassigned' || event.manner === 'handed-up') && state.stage === 'handling' ? 'assignment' : state.stage,
    ...without(state, event.assignee),
  }),
  released: () => ({ assignee: null, stage: 'assignment' }),
  'representative-changed': (state, event) => ({
    representative: state.representative === event.from ? event.to : state.representative,
    tasks: state.tasks.map((task) => (task.owner === event.from ? { ...task, owner: event.to } : task)),
  }),
  // Where neither intake nor triage came before, who takes it up keeps in touch.
  accepted: (state) => ({ stage: 'handling', representative: state.representative ?? state.assignee }),
}

function give(
  { state, policy, act }: TicketDecision,
  to: {
    readonly assignee: string | undefined
    readonly team: string | undefined
    readonly reason: string | null
    readonly manner: Assigned['manner']
  },
  needsPerson = false,
): TicketEvent[] | Rejection {
  const got = to.assignee === undefined ? { assignee: null, insteadOf: null } : receiver(to.assignee, act.directory)
  const required = { path: 'assignee', code: 'required' } as const
  const unfit = invalidIf(
    to.assignee === undefined && (needsPerson || to.team === undefined) ? required : undefined,
    to.assignee === undefined ? undefined : (handlerError('assignee', to.assignee, act.directory) ?? samePerson('assignee', got, state)),
    to.team === undefined ? undefined : teamError('team', to.team, act.directory),
  )
  if (unfit) return unfit
  // What the old handler waited for is no longer waited for.
  const interrupted = state.stage === 'handling' ? endOfWaiting(state) : []
  return [...interrupted, assigned(state, policy, { manner: to.manner, ...got, reason: to.reason }, to.team)]
}

function samePerson(path: string, got: Pick<Assigned, 'assignee' | 'insteadOf'>, state: TicketState): FieldError | undefined {
  const { assignee, insteadOf } = got
  if (assignee === null || assignee !== state.assignee) return undefined
  return { path, code: 'same-person', params: holding({ assignee, insteadOf }) }
}

/** Until when it is to be solved, once all that the same act did has counted: the end of a wait, another type. */
export function sayingDeadline(
  event: RecordedTicketEvent,
  after: TicketState,
  policy: Pick<Policy, 'clocks' | 'deadline'>,
): RecordedTicketEvent {
  // Of older tickets it is on record as it was decided.
  if (event.type !== 'assigned' || policy.deadline === undefined) return event
  return { ...event, deadline: solvingDeadline(after, policy)?.dueAt ?? null }
}

/** The ticket as it changes hands: from whoever has it, in its team unless another is named, with the deadline it has. */
export function assigned(
  state: TicketState,
  policy: Policy,
  to: Pick<Assigned, 'manner' | 'assignee' | 'insteadOf' | 'reason'>,
  team = state.team,
): TicketEvent<'assigned'> {
  return { type: 'assigned', ...to, team, previous: state.assignee, deadline: solvingDeadline(state, policy)?.dueAt ?? null }
}

function heldBySomebody({ state }: TicketDecision): Rejection | undefined {
  return state.assignee === null ? undefined : held(state, state.assignee)
}

export function held(state: TicketState, holder: string): Rejection {
  return conflict('already-held', { number: state.number, holder })
}

import { z } from 'zod'
import { instantSchema, type Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { milestonePromised, mostMilestones } from '../../domain/milestones.ts'
import { conflict, forbidden, invalid, invalidIf, type Rejection } from '../../domain/rejection.ts'
import type { Act } from '../act.ts'
import { aheadError } from '../common/ahead.ts'
import { receiver } from '../common/assignees.ts'
import { longText, personSchema, reasonSchema } from '../common/inputs.ts'
import type { Staffed } from '../common/places.ts'
import { openStages, serviceDesk, unresolvedStages } from './availability.ts'
import { defineCommand } from './command.ts'
import { ownerError } from './coordination.ts'
import type { TicketEvent } from './events.ts'
import type { Milestone, TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 里程碑: what a department is to reach, by whom and until when (R9). Each is a promise with a clock of its own, where the profile times them. */

/** Who sees that departments do what the meeting gave them. */
const coordinators = { ...serviceDesk, 'department-lead': 'any' } as const

const milestoneIdSchema = labelled(
  z.int().min(1).max(mostMilestones).describe('number of the milestone'),
  said('里程碑', '里程碑', 'Milestone'),
  {
    from: 'ticket.milestones',
  },
)

export const reportMilestone = defineCommand({
  name: 'report-milestone',
  labels: said('完成里程碑', '完成里程碑', 'Report milestone'),
  summary: 'Says that a milestone is reached, and what came of it. Its owner does, or who leads; whoever coordinates hears it.',
  requirements: ['R9'],
  may: { ...coordinators, engineer: 'part', quality: 'part' },
  stages: openStages,
  input: () =>
    z.strictObject({
      milestone: milestoneIdSchema,
      result: labelled(longText.describe('what was reached'), said('完成情况', '完成情況', 'Result')),
    }),
  blocked({ state, act: { actor } }) {
    const open = openMilestones(state)
    if (open.some((milestone) => mayReport(milestone, actor))) return undefined
    return open[0] ? notTheirs(open[0]) : noneOpen(state)
  },
  decide({ state, act: { actor } }, { milestone: id, result }) {
    const milestone = openMilestone(state, id)
    if (!milestone) return unknownMilestone(state)
    if (!mayReport(milestone, actor)) return notTheirs(milestone)
    return [{ type: 'milestone-reached', milestone: id, result }]
  },
})

export const moveMilestone = defineCommand({
  name: 'move-milestone',
  labels: said('调整里程碑', '調整里程碑', 'Move milestone'),
  summary:
    'Gives a milestone another due instant, another owner of the department, or both, and says why. Its promise is made anew; a broken one stays broken.',
  requirements: ['R9', 'X8'],
  may: coordinators,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      milestone: milestoneIdSchema,
      dueAt: labelled(instantSchema.optional().describe('until when; absent: as before'), said('完成期限', '完成期限', 'Due')),
      owner: labelled(personSchema.optional(), said('责任人', '負責人', 'Owner')).describe(
        'id of a person of the department; absent: as before',
      ),
      reason: reasonSchema,
    }),
  mentions: ({ owner }) => ({ people: [owner] }),
  blocked: ({ state }) => noneOpen(state),
  decide(context, { milestone: id, dueAt, owner, reason }) {
    const { state, act } = context
    const milestone = openMilestone(state, id)
    if (!milestone) return unknownMilestone(state)
    const unfit = invalidIf(
      dueAt === undefined ? undefined : aheadError('dueAt', dueAt, context),
      owner === undefined ? undefined : ownerError('owner', owner, milestone.department, act.directory),
    )
    if (unfit) return unfit
    const got = owner === undefined ? { assignee: milestone.owner, insteadOf: null } : receiver(owner, act.directory)
    const becomes = { owner: got.assignee, dueAt: dueAt ?? milestone.dueAt }
    if (becomes.owner === milestone.owner && becomes.dueAt === milestone.dueAt)
      return invalid({ path: dueAt === undefined ? 'owner' : 'dueAt', code: 'nothing-to-change' })
    return [moved(milestone, { ...becomes, insteadOf: got.insteadOf, reason })]
  },
})

export const dropMilestone = defineCommand({
  name: 'drop-milestone',
  labels: said('取消里程碑', '取消里程碑', 'Drop milestone'),
  summary: 'Says that a milestone is needed no more, and why.',
  requirements: ['R9'],
  may: coordinators,
  stages: openStages,
  input: () => z.strictObject({ milestone: milestoneIdSchema, reason: reasonSchema }),
  blocked: ({ state }) => noneOpen(state),
  decide: ({ state }, { milestone: id, reason }) =>
    openMilestone(state, id) ? [{ type: 'milestone-dropped', milestone: id, reason }] : unknownMilestone(state),
})

/** The open milestones of somebody, which go to another with all that they have (X8). */
export function milestonesHandedOver(
  state: TicketState,
  from: string,
  to: { readonly assignee: string; readonly insteadOf: string | null; readonly reason: string },
): TicketEvent[] {
  const { assignee: owner, insteadOf, reason } = to
  return openMilestones(state)
    .filter((milestone) => milestone.owner === from)
    .map((milestone) => moved(milestone, { owner, dueAt: milestone.dueAt, insteadOf, reason }))
}

export function openMilestones({ milestones = [] }: Pick<TicketState, 'milestones'>): Milestone[] {
  return milestones.filter(({ state }) => state === 'open')
}

/** Whether somebody has one to reach. */
export function hasMilestone(state: TicketState, { id }: { readonly id: string }): boolean {
  return openMilestones(state).some(({ owner }) => owner === id)
}

/** Whom the ladder of a clock speaks to: of that of a milestone its owner and its department. */
export function staffedFor<S extends Staffed & Pick<TicketState, 'milestones'>>(state: S, clock: string): S {
  const id = milestonePromised(clock)?.milestone
  const milestone = state.milestones?.find((one) => one.id === id)
  return milestone ? { ...state, assignee: milestone.owner, team: milestone.department } : state
}

function openMilestone(state: TicketState, id: number): Milestone | undefined {
  return openMilestones(state).find((milestone) => milestone.id === id)
}

function noneOpen(state: TicketState): Rejection | undefined {
  return openMilestones(state).length === 0 ? conflict('no-milestone') : undefined
}

function unknownMilestone(state: TicketState): Rejection {
  return invalid({ path: 'milestone', code: 'not-a-choice', params: { choices: openMilestones(state).map(({ id }) => String(id)) } })
}

function mayReport(milestone: Milestone, actor: Act['actor']): boolean {
  return isOwn(milestone, actor) || Object.keys(coordinators).some((role) => actor.roles.some((one) => one === role))
}

function notTheirs({ owner }: Milestone): Rejection {
  return forbidden('not-yours', { command: 'report-milestone', holder: owner })
}

function isOwn({ owner }: Milestone, { id, standsInFor = [] }: Act['actor']): boolean {
  return owner === id || standsInFor.includes(owner)
}

function moved(
  { id, dueAt: previousDueAt, owner: previousOwner }: Milestone,
  to: { readonly owner: string; readonly dueAt: Instant; readonly insteadOf: string | null; readonly reason: string },
): TicketEvent<'milestone-moved'> {
  return { type: 'milestone-moved', milestone: id, previousOwner, previousDueAt, ...to }
}

export const transitions: Transitions<'milestone-moved' | 'milestone-reached' | 'milestone-dropped'> = {
  'milestone-moved': (state, { milestone, owner, dueAt }) => changed(state, milestone, { owner, dueAt }),
  'milestone-reached': (state, { milestone, at }) => ({ ...changed(state, milestone, { state: 'done' }), settledAt: at }),
  'milestone-dropped': (state, { milestone, at }) => ({ ...changed(state, milestone, { state: 'dropped' }), settledAt: at }),
}

function changed({ milestones = [] }: TicketState, id: number, change: Partial<Milestone>): Pick<TicketState, 'milestones'> {
  return { milestones: milestones.map((one) => (one.id === id ? { ...one, ...change } : one)) }
}

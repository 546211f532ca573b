import { z } from 'zod'
import { byWhen } from '../../domain/calendar/local-days.ts'
import { dayOrInstantSchema, plus } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict, forbidden, invalid, invalidIf, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { mostActions } from '../../domain/reviews/actions.ts'
import { aheadError } from '../common/ahead.ts'
import { missingError, receiver, staffError } from '../common/assignees.ts'
import { longText, personSchema, reasonSchema, shortText } from '../common/inputs.ts'
import type { Act } from '../act.ts'
import { defineCommand, isOrStandsFor, leading, notLeading, type Deciding } from './command.ts'
import type { ReviewEvent } from './events.ts'
import { openActions, type ActionState, type ReviewState } from './state.ts'

/** 改进措施清单: what is done about it, by whom and until when; each is tracked until it is carried out. */

const actionSchema = labelled(
  z.int().min(1).max(999).describe('number of the action, as the list has it'),
  said('改进措施', '改善措施', 'Action'),
)
const ownerLabel = said('责任人', '負責人', 'Owner')
const dueSchema = labelled(
  dayOrInstantSchema.describe("until when: an instant, or a day of the profile's zone, until the end of which it is"),
  said('完成期限', '完成期限', 'Due'),
)

export const addAction = defineCommand({
  name: 'add-action',
  labels: said('新增改进措施', '新增改善措施', 'Add action'),
  summary: 'Decides an improvement action: what, by whom, until when. Its owner is told, and reminded.',
  requirements: ['T17'],
  may: leading,
  stages: ['actions', 'effect'],
  input: () =>
    z.strictObject({
      text: labelled(shortText.describe('what is to be done'), said('措施内容', '措施內容', 'What is done')),
      owner: labelled(personSchema.describe('who sees that it is done'), ownerLabel),
      dueAt: dueSchema,
    }),
  mentions: ({ owner }) => ({ people: [owner] }),
  blocked: (context) =>
    notLeading(context) ?? (context.state.actions.length < mostActions ? undefined : conflict('actions-full', { limit: mostActions })),
  decide(context, { text, owner, dueAt: given }) {
    const { state, policy, act } = context
    const dueAt = byWhen(given, policy.zone)
    return (
      invalidIf(ownerError(owner, act), aheadError('dueAt', dueAt, context)) ?? [
        { type: 'action-added', action: state.actions.length + 1, text, ...owned(owner, act), dueAt },
      ]
    )
  },
})

/** Who may not report an action hears whose it is to. */
const notTheirAction = 'not-your-action'

export const reportAction = defineCommand({
  name: 'report-action',
  labels: said('上报措施完成', '回報措施完成', 'Report action'),
  summary: 'Reports an action as carried out, with what proves it. With the last one the effect begins to be measured.',
  requirements: ['T17'],
  may: leading,
  stages: ['actions'],
  input: () =>
    z.strictObject({
      action: actionSchema,
      text: labelled(longText.describe('what was done'), said('完成说明', '完成說明', 'What was done')),
      links: labelled(
        z
          .array(z.url({ protocol: /^https?$/ }).max(2_000))
          .max(10)
          .default([])
          .describe('where it can be seen'),
        said('佐证链接', '佐證連結', 'Links'),
      ),
    }),
  notOwn: notTheirAction,
  blocked: (context) => (ownsSome(context) || !notLeading(context) ? undefined : forbidden(notTheirAction)),
  decide(context, { action: id, text, links }) {
    const { state } = context
    const action = openOf(state, id)
    if ('kind' in action) return action
    const refusal = isOrStandsFor(context.act.actor, action.owner) ? undefined : notLeading(context)
    if (refusal) return forbidden(notTheirAction, { holder: action.owner })
    return [{ type: 'action-reported', action: id, text, links }, ...completion(context, id)]
  },
})

export const rescheduleAction = defineCommand({
  name: 'reschedule-action',
  labels: said('调整措施期限', '調整措施期限', 'Reschedule action'),
  summary: 'Sets another due date for an action, and says why. The former one stays on record.',
  requirements: ['T17'],
  may: leading,
  stages: ['actions'],
  input: () => z.strictObject({ action: actionSchema, dueAt: dueSchema, reason: reasonSchema }),
  blocked: notLeading,
  decide(context, { action: id, dueAt: given, reason }) {
    const dueAt = byWhen(given, context.policy.zone)
    const action = openOf(context.state, id)
    return endedOr(action, aheadError('dueAt', dueAt, context)) ?? [{ type: 'action-rescheduled', action: id, dueAt, reason }]
  },
})

export const reassignAction = defineCommand({
  name: 'reassign-action',
  labels: said('更换责任人', '更換負責人', 'Reassign action'),
  summary: 'Gives an action to somebody else, and says why.',
  requirements: ['T17'],
  may: leading,
  stages: ['actions'],
  input: () =>
    z.strictObject({
      action: actionSchema,
      owner: labelled(personSchema.describe('who sees that it is done'), ownerLabel),
      reason: reasonSchema,
    }),
  mentions: ({ owner }) => ({ people: [owner] }),
  blocked: notLeading,
  decide({ state, act }, { action: id, owner, reason }) {
    const action = openOf(state, id)
    const refusal = endedOr(action, ownerError(owner, act))
    if (refusal) return refusal
    const given = owned(owner, act)
    if ('owner' in action && action.owner === given.owner)
      return invalid({ path: 'owner', code: 'same-person', params: { person: given.owner } })
    return [{ type: 'action-reassigned', action: id, ...given, reason }]
  },
})

export const dropAction = defineCommand({
  name: 'drop-action',
  labels: said('取消措施', '取消措施', 'Drop action'),
  summary: 'Drops an action that is not carried out, and says why.',
  requirements: ['T17'],
  may: leading,
  stages: ['actions'],
  input: () => z.strictObject({ action: actionSchema, reason: reasonSchema }),
  blocked: notLeading,
  decide(context, { action: id, reason }) {
    const action = openOf(context.state, id)
    if ('kind' in action) return action
    // Where none was carried out, others have to be found: there is no effect to look at.
    const isDone = context.state.actions.some(({ state }) => state === 'done')
    return [{ type: 'action-dropped', action: id, reason }, ...(isDone ? completion(context, id) : [])]
  },
})

/** With the last of its open actions nothing is left to do, and the effect begins to be measured. */
function completion({ state, policy, act }: Deciding, ended: number): ReviewEvent[] {
  if (openActions(state).some(({ id }) => id !== ended)) return []
  return [{ type: 'actions-completed', checkAt: plus(act.at, policy.reviews.effectAfter) }]
}

/** The action that is still to be carried out; or why there is none of that number. */
function openOf(state: ReviewState, id: number): ActionState | Rejection {
  const open = openActions(state)
  const found = open.find((action) => action.id === id)
  if (found) return found
  if (state.actions.some((action) => action.id === id)) return conflict('action-ended', { action: id })
  return invalid({ path: 'action', code: 'no-such-entry', params: { given: id, choices: open.map((action) => `${action.id}`) } })
}

/** What is wrong with the number of an action beside what else is wrong; an action that has ended is refused whatever else is. */
function endedOr(action: ActionState | Rejection, ...others: readonly (FieldError | undefined)[]): Rejection | undefined {
  if (!('kind' in action)) return invalidIf(...others)
  return action.kind === 'invalid' ? invalidIf(...(action.errors ?? []), ...others) : action
}

/** Whether some action that is open is theirs. */
function ownsSome({ state, act }: Deciding): boolean {
  return openActions(state).some(({ owner }) => isOrStandsFor(act.actor, owner))
}

function ownerError(owner: string, { directory }: Act): FieldError | undefined {
  return staffError('owner', owner, directory) ?? missingError('owner', owner, directory)
}

function owned(given: string, { directory }: Act): { readonly owner: string; readonly insteadOf?: string } {
  const { assignee, insteadOf } = receiver(given, directory)
  return { owner: assignee, ...(insteadOf !== null && { insteadOf }) }
}

import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { routeFor } from '../../domain/profile/routing.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { invalid } from '../../domain/rejection.ts'
import type { Ask } from '../process.ts'
import { factsOf } from '../common/facts.ts'
import { defineCommand } from './command.ts'
import type { RecordedTicketEvent } from './events.ts'
import { personSchema, teamSchema } from '../common/inputs.ts'
import { assigned, held } from './stages/assignment.ts'
import type { TicketState } from './state.ts'

/** 自动派单: where the profile says so, a ticket that comes to be assigned is given to the best of its team by itself (S7, T6). */

/** What the ticket asks: who of the team can take it. */
export const dispatchQuestion = z.strictObject({ number: z.string(), team: teamSchema, skills: z.array(z.string()) })

export const dispatch = defineCommand({
  name: 'dispatch',
  labels: { 'zh-CN': '自动派单', 'zh-TW': '自動派單', en: 'Dispatch' },
  summary: 'Gives the ticket to the best candidate of its team; with none it stays in the queue and the lead hears of it.',
  requirements: ['S7', 'T6'],
  may: {},
  stages: ['assignment'],
  input: () =>
    z.strictObject({
      team: teamSchema.describe('whose people were looked at'),
      candidates: labelled(
        z
          .array(
            z.strictObject({
              assignee: labelled(personSchema, said('处理人', '處理人', 'Handler'), { from: 'people.handlers' }),
              insteadOf: labelled(personSchema.nullable(), said('被代理人', '被代理人', 'Standing in for')),
              skills: labelled(z.int().min(0), said('符合的技能数', '符合的技能數', 'Matching skills')),
              inHand: labelled(z.int().min(0), said('在手工单数', '手上工單數', 'Tickets in hand')),
            }),
          )
          .max(20)
          .describe('best first'),
        said('候选人', '候選人', 'Candidates'),
      ),
    }),
  decide({ state, policy }, { team, candidates }) {
    if (state.assignee !== null) return held(state, state.assignee)
    // It went to another queue while this one was looked at.
    if (state.team !== team) return invalid({ path: 'team', code: 'not-a-choice', params: { choices: [state.team] } })
    const { assignee, insteadOf } = candidates[0] ?? { assignee: null, insteadOf: null }
    return [{ ...assigned(state, policy, { manner: 'dispatched', assignee, insteadOf, reason: null }), candidates }]
  },
})

/**
 * A ticket asks when it comes to be assigned and nobody has it: by the path, or by being sent to a team's queue. One that
 * somebody gave back does not: the queue offers it to those who choose for themselves.
 */
export function asks(event: RecordedTicketEvent | null, state: TicketState, policy: Policy): Ask[] {
  if (policy.dispatch === undefined || state.stage !== 'assignment' || state.assignee !== null) return []
  if (event !== null && !comesToBeAssigned(event)) return []
  return [{ kind: dispatch.name, question: { number: state.number, team: state.team, skills: routeFor(policy, factsOf(state)).skills } }]
}

function comesToBeAssigned(event: RecordedTicketEvent): boolean {
  switch (event.type) {
    case 'intake-reviewed':
    case 'diagnosed':
    case 'review-meeting-recorded':
    case 'reopened':
      return event.stage === 'assignment'
    case 'assigned':
      return event.assignee === null && event.manner !== 'dispatched'
    default:
      return false
  }
}

import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict, invalid, type FieldError } from '../../domain/rejection.ts'
import type { Act } from '../act.ts'
import { handlerError, holding, receiver, teamError } from '../common/assignees.ts'
import { longText, personSchema, teamSchema } from '../common/inputs.ts'
import { own } from '../../domain/own.ts'
import { handler } from './availability.ts'
import { defineCommand } from './command.ts'
import { assigned } from './stages/assignment.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'
import { endOfWaiting } from './waiting.ts'

/** 升级处理: who cannot solve it hands the ticket up, to a supervisor or to an expert group, with the problem and what was tried (Q4). */

export const handUp = defineCommand({
  name: 'hand-up',
  labels: said('升级处理', '升級處理', 'Hand up'),
  summary:
    'Hands the ticket up to a supervisor, or to the queue of an expert group, with the problem and what was tried. Its promises go on as they are.',
  requirements: ['Q4', 'X8'],
  may: handler,
  stages: ['assignment', 'handling'],
  input: () =>
    z.strictObject({
      supervisor: labelled(personSchema.optional(), said('接手主管', '接手主管', 'Supervisor'), { from: 'people.handlers' }).describe(
        'id of a supervisor; this or `team`',
      ),
      team: teamSchema.optional().describe('id of the expert group whose queue it joins; another one than has it now'),
      problem: labelled(longText.describe('what the problem is'), said('问题说明', '問題說明', 'Problem')),
      tried: labelled(longText.describe('what was tried, and what came of it'), said('已尝试的措施', '已嘗試的措施', 'What was tried')),
    }),
  mentions: ({ supervisor, team }) => ({ people: [supervisor], teams: [team] }),
  blocked: ({ state }) => (state.assignee === null ? conflict('nobody-has-it') : undefined),
  decide({ state, policy, act }, { supervisor, team, problem, tried }) {
    if (supervisor !== undefined && team !== undefined)
      return invalid({ path: 'team', code: 'one-of-two', params: { other: 'supervisor' } })
    const error = supervisor === undefined ? groupError(team, state, act) : superiorError(supervisor, state, act)
    if (error) return invalid(error)
    const got = supervisor === undefined ? { assignee: null, insteadOf: null } : receiver(supervisor, act.directory)
    const given = assigned(state, policy, { manner: 'handed-up', ...got, reason: null }, team)
    return [{ type: 'handed-up', problem, tried, to: got.assignee, team: given.team }, ...endOfWaiting(state), given]
  },
})

function groupError(team: string | undefined, state: TicketState, { directory }: Act): FieldError | undefined {
  if (team === undefined) return { path: 'supervisor', code: 'one-of-two', params: { other: 'team' } }
  return teamError('team', team, directory) ?? (team === state.team ? { path: 'team', code: 'same-team' } : undefined)
}

function superiorError(supervisor: string, state: TicketState, { directory }: Act): FieldError | undefined {
  const error = handlerError('supervisor', supervisor, directory)
  // Of those who can be given work, only some can be given this.
  if (error?.code === 'cannot-handle') return noSuperior(String(error.params?.['person'] ?? supervisor))
  if (error) return error
  const got = receiver(supervisor, directory)
  if (got.assignee === state.assignee) return { path: 'supervisor', code: 'same-person', params: holding(got) }
  const roles = own(directory.people, supervisor)?.roles ?? []
  return roles.includes('supervisor') ? undefined : noSuperior(supervisor)
}

function noSuperior(person: string): FieldError {
  return { path: 'supervisor', code: 'cannot-handle', params: { person, roles: ['supervisor'] } }
}

export const transitions: Transitions<'handed-up'> = {
  'handed-up': () => ({}),
}

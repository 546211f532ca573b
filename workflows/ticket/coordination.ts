import { z } from 'zod'
import { instantSchema } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { mostMilestones } from '../../domain/milestones.ts'
import { own } from '../../domain/own.ts'
import type { Directory } from '../../domain/people.ts'
import { conflict, invalidIf, type FieldError } from '../../domain/rejection.ts'
import { aheadError } from '../common/ahead.ts'
import { isColleagueIn, missingError, receiver, teamError } from '../common/assignees.ts'
import { longText, personSchema, shortText, teamSchema, wordSchema } from '../common/inputs.ts'
import { serviceDesk, unresolvedStages } from './availability.ts'
import { defineCommand } from './command.ts'
import type { TicketEvent } from './events.ts'
import type { Milestone } from './state.ts'
import type { Transitions } from './transitions.ts'

/**
 * 协调会: where several departments are needed customer service leads a meeting, which gives each of them its duty and its milestones (R9). The
 * ticket stays with who has it.
 */

const mostDepartments = 12

const milestoneSchema = z.strictObject({
  what: labelled(shortText.describe('what is to be reached'), said('里程碑', '里程碑', 'Milestone')),
  owner: labelled(personSchema, said('责任人', '負責人', 'Owner')),
  dueAt: labelled(instantSchema.describe('until when'), said('完成期限', '完成期限', 'Due')),
})

const dutySchema = z.strictObject({
  department: labelled(teamSchema, said('部门', '部門', 'Department'), { from: 'teams' }),
  duty: labelled(shortText.describe('for what the department answers'), said('职责', '職責', 'Duty')),
  milestones: labelled(
    z.array(milestoneSchema).max(mostMilestones).default([]).describe('what it is to reach, and until when'),
    said('里程碑', '里程碑', 'Milestones'),
  ),
})

export const recordCoordination = defineCommand({
  name: 'record-coordination',
  labels: said('记录协调会', '記錄協調會', 'Record coordination meeting'),
  summary:
    'Records a coordination meeting 协调会 of several departments, led by customer service: who took part, the minutes, and of each department its duty and milestones. Each milestone has an owner and is timed; an absent owner’s deputy gets it.',
  requirements: ['R9', 'X8'],
  may: serviceDesk,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      participants: labelled(z.array(wordSchema).min(1).max(50).describe('who took part'), said('参会人员', '與會人員', 'Participants')),
      duties: labelled(
        z.array(dutySchema).min(1).max(mostDepartments).describe('what each department does; one that had a duty has this one'),
        said('部门职责', '部門職責', 'Duties of the departments'),
      ),
      minutes: labelled(longText.describe('the minutes'), said('会议纪要', '會議紀錄', 'Minutes')),
    }),
  mentions: ({ duties }) => ({
    people: duties.flatMap(({ milestones }) => milestones.map(({ owner }) => owner)),
    teams: duties.map(({ department }) => department),
  }),
  decide(context, { participants, duties, minutes }) {
    const { state, act } = context
    const had = state.milestones ?? []
    const departments = new Set([...(state.duties ?? []), ...duties].map(({ department }) => department))
    if (departments.size > mostDepartments) return conflict('departments-full', { limit: mostDepartments })
    const asked = duties.flatMap(({ department, milestones }, at) =>
      milestones.map((milestone, nth) => ({ ...milestone, department, path: `duties[${at}].milestones[${nth}]` })),
    )
    if (had.length + asked.length > mostMilestones) return conflict('milestones-full', { limit: mostMilestones })
    const unfit = invalidIf(
      ...duties.flatMap(({ department }, at) => [
        teamError(`duties[${at}].department`, department, act.directory),
        duties.findIndex((one) => one.department === department) < at
          ? ({ path: `duties[${at}].department`, code: 'named-twice' } as const)
          : undefined,
      ]),
      ...asked.flatMap(({ path, owner, department, dueAt }) => [
        ownerError(`${path}.owner`, owner, department, act.directory),
        aheadError(`${path}.dueAt`, dueAt, context),
      ]),
    )
    if (unfit) return unfit
    return [
      { type: 'coordinated', participants, minutes, duties: duties.map(({ department, duty }) => ({ department, duty })) },
      ...asked.map(({ department, what, owner, dueAt }, at): TicketEvent<'milestone-set'> => {
        const { assignee, insteadOf } = receiver(owner, act.directory)
        return { type: 'milestone-set', milestone: had.length + at + 1, department, what, owner: assignee, insteadOf, dueAt }
      }),
    ]
  },
})

/** Why a milestone of that department cannot be theirs: they are unknown or away, do not work here, or belong to another department. */
export function ownerError(path: string, owner: string, department: string, directory: Directory): FieldError | undefined {
  const missing = missingError(path, owner, directory)
  if (missing) return missing
  if (!isColleagueIn(owner, directory)) return { path, code: 'not-staff', params: { person: owner } }
  return own(directory.people, owner)?.teams.includes(department)
    ? undefined
    : { path, code: 'not-of-team', params: { person: owner, team: department } }
}

export const transitions: Transitions<'coordinated' | 'milestone-set'> = {
  coordinated: ({ duties = [] }, event) => ({
    duties: [...duties.filter(({ department }) => !event.duties.some((one) => one.department === department)), ...event.duties],
  }),
  'milestone-set': ({ milestones = [] }, { milestone: id, department, what, owner, dueAt }) => ({
    milestones: [...milestones, { id, department, what, owner, dueAt, state: 'open' } satisfies Milestone],
  }),
}

import { z } from 'zod'
import { interventionCauses } from '../../domain/interventions.ts'
import { event, perhaps, perhapsWho, said, when, whoever, words } from './ticket-event-members.ts'
import { dutySchema } from './ticket-schemas.ts'

const milestoneNumber = z.int().min(1).describe('number of the milestone')

/** Events between those who work on a ticket together. */
export const colleagueEventSchemas = {
  'helper-added': event('helper-added', {
    helper: whoever('who helps'),
    duty: said('with what'),
    insteadOf: perhapsWho('the absent person who was named, and whose deputy helps'),
  }),
  'helper-removed': event('helper-removed', { helper: whoever('who helps no more'), reason: perhaps('why') }),
  queried: event('queried', { question: said('what the service desk is asked') }),
  'query-answered': event('query-answered', { answer: said('what it answered') }),
  'handed-up': event('handed-up', {
    problem: said('what the problem is'),
    tried: said('what was tried'),
    to: perhapsWho('the supervisor who got it; null: it joined the queue of the team'),
    team: said('id of the team that has it from now on'),
  }),
  intervened: event('intervened', {
    cause: z.enum(interventionCauses).describe('what gave rise to it'),
    reason: said('why'),
  }),
  'intervention-closed': event('intervention-closed', {
    outcome: said('what came of it'),
    intervention: z.int().min(0).describe('sequence number of the event that began it'),
    openedBy: whoever('who opened it; absent: on record from before that was said').optional(),
  }),
  'handed-off-listed': event('handed-off-listed', { silentSince: when('when whoever works on it last did something') }),
  coordinated: event('coordinated', {
    participants: words('who took part in the coordination meeting'),
    minutes: said('the minutes'),
    duties: z.array(dutySchema).describe('what each department does'),
  }),
  'milestone-set': event('milestone-set', {
    milestone: milestoneNumber,
    department: said('id of the team whose it is'),
    what: said('what is to be reached'),
    owner: whoever('who sees that it is reached'),
    insteadOf: perhapsWho('the absent person who was named, and whose deputy got it'),
    dueAt: when('until when'),
  }),
  'milestone-moved': event('milestone-moved', {
    milestone: milestoneNumber,
    owner: whoever('who sees that it is reached'),
    previousOwner: whoever('who did before'),
    insteadOf: perhapsWho('the absent person who was named, and whose deputy got it'),
    dueAt: when('until when'),
    previousDueAt: when('until when it was before'),
    reason: said('why'),
  }),
  'milestone-reached': event('milestone-reached', { milestone: milestoneNumber, result: said('what was reached') }),
  'milestone-dropped': event('milestone-dropped', { milestone: milestoneNumber, reason: said('why') }),
}

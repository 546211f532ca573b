import { z } from 'zod'
import { instantSchema } from '../../../../domain/instant.ts'
import { labelled } from '../../../../domain/labelled.ts'
import { said } from '../../../../domain/labels.ts'
import { isSystem } from '../../../../domain/people.ts'
import { aheadError } from '../../../../workflows/common/ahead.ts'
import { canHandle, handlerError, personError, receiver, teamError } from '../../../../workflows/common/assignees.ts'
import { defineBirth } from '../../../../workflows/common/birth.ts'
import { numberSchema, wordSchema, personSchema, teamSchema } from '../../../../workflows/common/inputs.ts'
import type { Act } from '../../../../workflows/act.ts'
import type { Lent, LoanEvent } from './events.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** How a loan begins. */

export const deviceLabel = said('设备', '設備', 'Device')
export const untilLabel = said('归还期限', '歸還期限', 'Due back')

const lendingSchema = z.strictObject({
  device: labelled(wordSchema.describe('what is lent'), deviceLabel),
  until: labelled(instantSchema.describe('until when'), untilLabel),
  parent: labelled(numberSchema.optional().describe('number of what it belongs to'), said('所属流程', '所屬流程', 'Belongs to')),
  assignee: labelled(
    personSchema.optional().describe('who sees that it comes back; default: who lends it, if they handle work'),
    said('负责人', '負責人', 'Responsible'),
  ),
  requester: labelled(personSchema.optional().describe('the customer who has it, if they sign in'), said('借用人', '借用人', 'Borrower')),
  team: teamSchema.describe('whose device it is'),
})

export type Lending = z.output<typeof lendingSchema>

export const birth = defineBirth<LoanState, LoanEvent, LoanPolicy, Lending>({
  input: lendingSchema,
  mentions: ({ assignee, team }) => ({ people: [assignee], teams: [team] }),
  requester: { path: 'requester', of: ({ requester }) => requester },
  parent: { path: 'parent', of: ({ parent }) => parent },
  check(context, { until, assignee, requester, team }) {
    const { act, parent } = context
    const { actor, directory } = act
    // What another loan has lent in its place is lent, whatever time it is by now: it stays with whom that had, and where it belonged.
    const byPeople = !isSystem(actor)
    return [
      byPeople ? aheadError('until', until, context) : undefined,
      byPeople && parent?.ended ? { path: 'parent', code: 'parent-ended', params: { number: parent.number } } : undefined,
      byPeople && assignee !== undefined ? handlerError('assignee', assignee, directory) : undefined,
      requester === undefined ? undefined : personError('requester', requester, directory),
      teamError('team', team, directory),
    ]
  },
  initial: (number, lentAt) => ({
    version: 0,
    number,
    stage: 'lent',
    promises: [],
    parent: null,
    requester: null,
    assignee: null,
    team: '',
    lentAt,
    returnedAt: null,
    calendar: { id: '', version: 0 },
    received: false,
    replacements: 0,
    refusals: 0,
  }),
  // Whose the ticket is, theirs is what is lent for it.
  first({ policy: { calendar }, act, parent: of }, { device, until, parent, requester = of?.requester ?? null, team, ...given }) {
    return {
      type: 'lent',
      device,
      until,
      parent: parent ?? null,
      ...handlerOf(given.assignee, requester, act),
      requester,
      team,
      calendar: { id: calendar.calendar.id, version: calendar.version },
    }
  },
})

/** Who sees that it comes back: who was named or stands in for them, or who lends it, if they handle work and do not lend it to themselves. */
function handlerOf(named: string | undefined, requester: string | null, { actor, directory }: Act): Pick<Lent, 'assignee' | 'insteadOf'> {
  if (named === undefined) return { assignee: canHandle(actor) && actor.id !== requester ? actor.id : null }
  const { assignee, insteadOf } = receiver(named, directory)
  return { assignee, ...(insteadOf !== null && { insteadOf }) }
}

import { z } from 'zod'
import { instantSchema } from '../../../../domain/instant.ts'
import { labelled } from '../../../../domain/labelled.ts'
import { said } from '../../../../domain/labels.ts'
import { own } from '../../../../domain/own.ts'
import { wordSchema, personSchema, teamSchema } from '../../../../workflows/common/inputs.ts'
import type { Birth } from '../../../../workflows/process.ts'
import type { LoanEvent } from './events.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** How a loan begins. */

export const deviceLabel = said('设备', '設備', 'Device')
export const untilLabel = said('归还期限', '歸還期限', 'Due back')

const lendingSchema = z.strictObject({
  device: labelled(wordSchema.describe('what is lent'), deviceLabel),
  until: labelled(instantSchema.describe('until when'), untilLabel),
  parent: labelled(
    wordSchema.optional().describe('number of the ticket or loan it belongs to'),
    said('所属工单', '所屬工單', 'Belongs to'),
  ),
  assignee: labelled(
    personSchema.optional().describe('who sees that it comes back; default: who lends it'),
    said('负责人', '負責人', 'Responsible'),
  ),
  requester: labelled(personSchema.optional().describe('the customer who has it, if they sign in'), said('借用人', '借用人', 'Borrower')),
  team: teamSchema.describe('whose device it is'),
})

export const birth: Birth<LoanState, LoanEvent, LoanPolicy> = {
  input: lendingSchema,
  mentions(input) {
    const { assignee, requester, team } = lendingSchema.parse(input)
    return { people: [assignee, requester].filter((id) => id !== undefined), teams: [team] }
  },
  check(input, _, { directory }) {
    const { assignee, requester, team } = lendingSchema.parse(input)
    const people = { assignee, requester }
    return [
      ...(['assignee', 'requester'] as const).flatMap((path) => {
        const given = people[path]
        return given === undefined || own(directory.people, given) ? [] : [{ path, code: 'unknown-person', params: { given } } as const]
      }),
      ...(directory.teams.includes(team) ? [] : [{ path: 'team', code: 'unknown-team', params: { given: team } } as const]),
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
    representative: null,
    team: '',
    lentAt,
    returnedAt: null,
    calendar: { id: '', version: 0 },
    received: false,
    replacements: 0,
    refusals: 0,
  }),
  first(input, { calendar }, { actor }) {
    const { device, until, parent, assignee, requester, team } = lendingSchema.parse(input)
    return {
      type: 'lent',
      device,
      until,
      parent: parent ?? null,
      assignee: assignee ?? (actor.roles.length === 0 ? null : actor.id),
      requester: requester ?? null,
      team,
      calendar: { id: calendar.calendar.id, version: calendar.version },
    }
  },
}

/** The process that the loan is to belong to. */
export function parentOf(input: unknown): string | null {
  return lendingSchema.parse(input).parent ?? null
}

/** What is lent. */
export function deviceOf(input: unknown): string {
  return lendingSchema.parse(input).device
}

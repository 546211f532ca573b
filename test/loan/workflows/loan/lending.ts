import { z } from 'zod'
import { instantSchema } from '../../../../domain/instant.ts'
import { own } from '../../../../domain/own.ts'
import { wordSchema, personSchema, teamSchema } from '../../../../workflows/common/inputs.ts'
import type { Birth } from '../../../../workflows/process.ts'
import type { LoanEvent } from './events.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** How a loan begins. */

const lendingSchema = z.strictObject({
  device: wordSchema.describe('what is lent'),
  until: instantSchema.describe('until when'),
  parent: wordSchema.optional().describe('number of the ticket or loan it belongs to'),
  assignee: personSchema.optional().describe('who sees that it comes back; default: who lends it'),
  requester: personSchema.optional().describe('the customer who has it, if they sign in'),
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

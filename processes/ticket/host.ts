import { openContact } from '../../db/contact-vault.ts'
import { happenedSince } from '../../db/events.ts'
import { findTicket, findTickets, type Ticket } from '../../db/tickets.ts'
import { withMilestones } from '../../domain/milestones.ts'
import { isStillSo } from '../../domain/notices/still-so.ts'
import type { OwnSubject } from '../subject.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { stagesOf } from '../../domain/profile/stages.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { handOver } from '../../workflows/ticket/stages/assignment.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import type { Submission } from '../../workflows/ticket/submission.ts'
import type { Hosting } from '../hosting.ts'
import { answer } from './answers.ts'
import { ticketFigures } from './figures/index.ts'
import type { NewTicket } from './form.ts'
import { policyOf } from './policy.ts'
import { prepare } from './preparing.ts'
import { ticketTable } from './table.ts'

/** The ticket 工单, as the product keeps it. */
export const ticket: Hosting<TicketState, TicketEvent, Policy, NewTicket, Submission> = {
  process: ticketProcess,
  plural: 'tickets',
  table: ticketTable,
  stagesIn: stagesOf,
  policyOf: (readers, { profile, profileVersion, state: { type, submittedAt } }) =>
    policyOf(readers, { profile, profileVersion, type, submittedAt }),
  handOver,
  prepare,
  async reveal({ db, keys }, number, seen) {
    if (seen !== null && (await happenedSince(db, number, seen, corrected))) return null
    const ticket = await findTicket(db, number)
    return ticket ? openContact(keys, number, ticket.contactSealed) : null
  },
  async subjects(db, numbers) {
    return (await findTickets(db, numbers)).map((ticket) => ticket && subjectOf(ticket))
  },
  figures: ticketFigures,
  answer,
}

const corrected: TicketEvent['type'] = 'corrected'

/** What notices tell of a ticket. */
function subjectOf({ contactSealed, ...ticket }: Ticket): OwnSubject {
  const { number, state, customerName, customerCompany, customerAccount, channel, contactMasked } = ticket
  return {
    ...ticket,
    ...(state.language && { language: state.language }),
    customer: { customerName, customerCompany, customerAccount, channel, contactMasked, contact: { number, sealed: contactSealed } },
    promises: state.promises,
    clocksIn: ({ clocks }) => withMilestones(clocks, state.milestones),
    stagesIn: stagesOf,
    isStillSo: (kind, notice, now) => isStillSo(kind, notice, state, now),
  }
}

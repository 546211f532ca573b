import type { z } from 'zod'
import type { Actor } from '../../domain/people.ts'
import { isOnlyCustomer } from '../access/access.ts'
import type { Questions } from '../batches.ts'
import type { ContactMarks } from '../../processes/ticket/sealing.ts'
import type { similarSchema } from '../views/ticket-schemas.ts'

/** An open ticket of the same customer: perhaps the same problem, told again. */
type SimilarTicket = z.output<typeof similarSchema>

/** Open tickets of this customer, newest first; for a customer only those they registered themselves. */
export async function similarTickets(
  { openTicketsOf }: Pick<Questions, 'openTicketsOf'>,
  { everyForm }: ContactMarks,
  account: string | null,
  caller: Actor,
): Promise<SimilarTicket[]> {
  const tickets = await openTicketsOf({ contactKeys: everyForm, account })
  return tickets
    .filter(({ requester }) => !isOnlyCustomer(caller) || requester === caller.id)
    .map(({ number, title, stage, type, priority, submittedAt }) => ({ number, title, stage, type, priority, submittedAt }))
}

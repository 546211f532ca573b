import { contactKeyHmacs } from '../db/contact-vault.ts'
import { contactKeys, type Customer } from '../domain/customer.ts'
import type { Actor } from '../domain/people.ts'
import { isOnlyCustomer } from './access.ts'
import type { Context } from './deps.ts'

/** An open ticket of the same customer: perhaps the same problem, told again. */
export interface SimilarTicket {
  readonly number: string
  readonly title: string
  readonly stage: string
  readonly type: string
  readonly priority: string
  readonly submittedAt: string
}

/** Open tickets of this customer, newest first; for a customer only those they registered themselves. */
export async function similarTickets(
  { keys, openTicketsOf }: Pick<Context, 'keys' | 'openTicketsOf'>,
  customer: Customer,
  caller: Actor,
): Promise<SimilarTicket[]> {
  const tickets = await openTicketsOf({
    contactKeys: contactKeys(customer).flatMap((key) => contactKeyHmacs(keys, key)),
    account: customer.account,
  })
  return tickets
    .filter(({ requester }) => !isOnlyCustomer(caller) || requester === caller.id)
    .map(({ number, title, stage, type, priority, submittedAt }) => ({ number, title, stage, type, priority, submittedAt }))
}

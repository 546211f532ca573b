import { openContact } from '../../db/contact-vault.ts'
import { correctedSince } from '../../db/events.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Contact } from '../../domain/customer.ts'
import { permission } from '../../workflows/engine.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { actorOn, visible } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Answer } from '../http/idempotency.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { StepRequest } from '../commands/request.ts'
import { stepView } from '../views/step.ts'

/** So long an answer that was lost on its way is asked for again; later it is another look, to be put on record as such. */
const sameLookMs = 10 * 60_000

/**
 * The contact in clear, for whoever has just put on record that they look at it. The same key again shows it while that is
 * plainly the same look: its caller still may, it was minutes ago, and the customer was not corrected since. Otherwise null:
 * nobody sees by an old key what they could not reveal now, nor a contact that no event says they looked at.
 */
export async function contactShown(
  context: Pick<Context, 'db' | 'keys' | 'clock' | 'stoodInForBy'>,
  { number, command, caller }: Pick<StepRequest, 'number' | 'command' | 'caller'>,
  answer: Answer,
): Promise<Contact | null> {
  const { db, keys, clock } = context
  const ticket = visible(await findTicket(db, number), caller, number)
  if (answer.replayed) {
    const { version, events } = stepView({ ...answer, customer: null })
    const at = Date.parse(events.at(-1)?.at ?? '')
    const actor = await withStoodInFor(context, caller, ticket.assignee)
    const lately = clock.now().getTime() - at <= sameLookMs
    if (!lately || permission(ticketProcess, command, ticket.state, { actor: actorOn(ticket, actor) })) return null
    if (await correctedSince(db, number, version)) return null
  }
  return openContact(keys, number, ticket.contactSealed)
}

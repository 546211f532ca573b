import { headOf } from '../../db/heads.ts'
import type { Contact } from '../../domain/customer.ts'
import { permission } from '../../workflows/engine.ts'
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
  { host, number, command, caller }: Pick<StepRequest, 'host' | 'number' | 'command' | 'caller'>,
  answer: Answer,
): Promise<Contact | null> {
  const { db, clock } = context
  if (!host.reveal) throw new Error(`${command.name} is to show a contact, and nobody knows of whom`)
  if (!answer.replayed) return host.reveal(context, number, null)
  const head = visible(await headOf(db, number), caller, number)
  const { version, events } = stepView({ ...answer, customer: null })
  const at = Date.parse(events.at(-1)?.at ?? '')
  const actor = await withStoodInFor(context, caller, head.assignee)
  const lately = clock.now().getTime() - at <= sameLookMs
  if (!lately || permission(host.process, command, head.state, { actor: actorOn(head, actor) })) return null
  return host.reveal(context, number, version)
}

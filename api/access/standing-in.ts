import type { Actor } from '../../domain/people.ts'
import { isOnlyCustomer } from './access.ts'
import type { Context } from '../deps.ts'

/**
 * The caller, and for whom they stand in where that matters: what `own` allows, a deputy may do with what the absent person
 * has in hand (X8). Whoever has the ticket themselves needs no more.
 */
export async function withStoodInFor(
  { stoodInForBy }: Pick<Context, 'stoodInForBy'>,
  { id, roles, teams }: Actor,
  assignee: string | null,
): Promise<Actor> {
  const actor = { id, roles, teams }
  if (assignee === id || isOnlyCustomer(actor)) return actor
  const standsInFor = await stoodInForBy(id)
  return standsInFor.length === 0 ? actor : { ...actor, standsInFor }
}

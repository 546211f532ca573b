import { holdersOf, queueMailsTo, type QueuedMails } from '../db/queued-mails.ts'
import { instantOf } from '../domain/instant.ts'
import type { Role } from '../domain/people.ts'
import type { World } from './hosting.ts'

/** Mails to whoever holds a role: they have no place over a team, by which a notice would find them. */
export interface RoleMails extends Omit<QueuedMails, 'to'> {
  readonly roles: readonly Role[]
}

/**
 * Puts one for each into the outbox, once however often this is done; how many there are. Where nobody holds the roles, whoever answers for
 * all gets it: what is in it is nothing for who looks after the machine.
 */
export async function queueForRoles({ db, clock, log }: World, { roles, ...mails }: RoleMails): Promise<number> {
  const holders = await holdersOf(db, roles)
  const to = holders.length > 0 ? holders : await holdersOf(db, ['management'])
  if (to.length === 0) log.warn({ number: mails.number, roles }, 'nobody holds a role that gets this mail, and nobody is of the management')
  await queueMailsTo(db, { ...mails, to }, instantOf(clock.now().getTime()))
  return to.length
}

import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import type { Database } from './schema.ts'
import type { NoticesTable } from './tables/notices.ts'
import { plannedEachTime, statement, statementFor } from './statement.ts'

/**
 * The outbox, as delivery works on it: what may go out now. Notices are claimed in a short statement of their own, for a while (the
 * lease); then each is sent outside any transaction, and marked (notice-outcomes.ts). Who dies in between loses the lease, and the
 * notice is claimed again.
 */

/** A notice in hand until `claimedUntil`. */
export interface ClaimedNotice {
  readonly id: number
  readonly process: string
  readonly seq: number
  readonly kind: string
  readonly recipientKind: NoticesTable['recipientKind']
  readonly recipientId: string | null
  readonly params: Readonly<Record<string, string | number>>
  readonly attempts: number
  readonly firstFailedAt: Instant | null
  readonly claimedUntil: Instant
  /** Why it may not go as it was meant to: to the customer's own address, or to those in `passedOver`. */
  readonly cause: NoticeCause | null
  readonly passedOver: readonly string[]
  readonly createdAt: Instant
  /** Who has heard of the same event by a notice of the same kind to another recipient: somebody may be handler and lead. */
  readonly heard: readonly string[]
}

/**
 * Takes the next notices that may go out now, `most` at most, of which no two are of one ticket and recipient. Of one ticket
 * they go in order: one waits while an earlier one is unsent, in hand or waiting for another try. Two exceptions, so that a
 * ticket does not fall silent: what quiet hours hold, and what has failed since before `stuckSince`, delays its own
 * recipient's alone. What goes to many at once is not among them, and delays none (bulk-notices.ts).
 *
 * `offset 0` has Postgres look at one notice after another until one may go. Without it, it finds out for all that are queued
 * which may go, and throws away all but the first few.
 */
export async function claimNotices(
  db: Kysely<Database>,
  { now, until, stuckSince, most }: { readonly now: Instant; readonly until: Instant; readonly stuckSince: Instant; readonly most: number },
): Promise<ClaimedNotice[]> {
  return claim(most)(db, [until, now, stuckSince])
}

/** Texts, so that a test can ask by which indexes they are answered. */
export const claimText = (most: number) => `
  with going as (
    select id from notices as next
    where status = 'queued' and not bulk and due_at <= $2 and gathered_for is null
      and not exists (
        select from notices as earlier
        where earlier.status = 'queued' and not earlier.bulk and earlier.process = next.process and (earlier.seq, earlier.id) < (next.seq, next.id)
          and (${sameRecipient('earlier', 'next')} or not exists (
            select from notices as delaying
            where delaying.status = 'queued' and not delaying.bulk and delaying.process = earlier.process
              and (delaying.seq, delaying.id) <= (earlier.seq, earlier.id) and ${sameRecipient('delaying', 'earlier')}
              and (delaying.held_until > $2 or delaying.first_failed_at < $3)))
        offset 0)
    order by due_at, id limit ${most}
    for update skip locked)
  update notices set claimed_until = $1 from going where notices.id = going.id
  returning notices.id, process, seq, kind, recipient_kind, recipient_id, params, attempts, first_failed_at, claimed_until,
    cause, passed_over, created_at, array(
      select unnest(told.reached || coalesce(told.gathered_for, '{}')) from notices as told
      where told.process = notices.process and told.seq = notices.seq and told.kind = notices.kind and told.id <> notices.id
        and told.recipient_kind <> 'customer' and (told.status = 'sent' or told.gathered_for is not null)) as heard`
const claim = statementFor<ClaimedNotice>(claimText)

function sameRecipient(one: string, other: string): string {
  return `(${one}.recipient_kind = ${other}.recipient_kind and ${one}.recipient_id is not distinct from ${other}.recipient_id)`
}

/**
 * Holds what stands behind a notice that is held, for the same recipient: it cannot be claimed before, and thousands of them
 * would be looked at in vain for every one that can. What waits for a digest has it with it there.
 */
export async function holdFollowers(db: Kysely<Database>, now: Instant): Promise<void> {
  await followersHeld(db, [now])
}

const followersHeld = statement(`
  update notices set held_until = leader.held_until, held_priority = leader.held_priority, gathered_for = leader.gathered_for
  from (select id, process, seq, recipient_kind, recipient_id from notices where status = 'queued' and not bulk and due_at <= $1 offset 0) as due,
    lateral (
      select held_until, held_priority, gathered_for from notices as held
      where held.status = 'queued' and not held.bulk and held.process = due.process and (held.seq, held.id) < (due.seq, due.id)
        and ${sameRecipient('held', 'due')} and held.held_until > $1
      limit 1) as leader
  where notices.id = due.id`)

/** Sets free what quiet hours hold of processes whose priority has changed since: quiet hours may not hold it any more. */
export async function releaseReprioritised(db: Kysely<Database>, now: Instant): Promise<void> {
  await reprioritisedReleased(db, [now])
}

/** A fixed text, so that a test can ask by which indexes it is answered. */
export const releaseText = `
  update notices set held_until = null, held_priority = null from processes as head
  where status = 'queued' and held_until > $1 and head.number = notices.process
    and gathered_for is null and head.priority is distinct from notices.held_priority`
const reprioritisedReleased = plannedEachTime(releaseText)

/**
 * Has what quiet hours hold of whatever may reach this person looked at again: they have chosen other hours. That is what is for them or
 * for a team of theirs; and anything, where they hold a place over a team, are an admin or stand in for somebody.
 */
export async function reconsiderHeld(db: Kysely<Database>, person: string, now: Instant): Promise<void> {
  await heldReconsidered(db, [person, now])
}

const heldReconsidered = statement(`
  update notices set held_until = null, held_priority = null
  where status = 'queued' and held_until > $2 and gathered_for is null and recipient_kind in ('person', 'team', 'role') and (
    (recipient_kind = 'person' and recipient_id = $1)
    or (recipient_kind = 'team' and recipient_id in (select team from memberships where person = $1))
    or exists (select from teams where $1 in (lead, supervisor, department_head))
    or exists (select from people where id = $1 and roles @> '{admin}')
    or exists (select from absences where deputy = $1 and absent_from <= $2 and (absent_until is null or absent_until > $2)))`)

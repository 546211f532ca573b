import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { json, storable } from './json.ts'
import type { Database } from './schema.ts'
import type { NoticesTable, Said } from './tables/notices.ts'
import { fewLines, statement, statementFor, statementForLines } from './statement.ts'

/**
 * The outbox, as delivery works on it. Notices are claimed in a short statement of their own, for a while (the lease); then
 * each is sent outside any transaction, and marked. Who dies in between loses the lease, and the notice is claimed again.
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
 * recipient's alone.
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

const claim = statementFor<ClaimedNotice>(
  (most) => `
  with going as (
    select id from notices as next
    where status = 'queued' and due_at <= $2 and gathered_for is null
      and not exists (
        select from notices as earlier
        where earlier.status = 'queued' and earlier.process = next.process and (earlier.seq, earlier.id) < (next.seq, next.id)
          and (${sameRecipient('earlier', 'next')} or not exists (
            select from notices as delaying
            where delaying.status = 'queued' and delaying.process = earlier.process
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
        and told.recipient_kind <> 'customer' and (told.status = 'sent' or told.gathered_for is not null)) as heard`,
)

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
  from (select id, process, seq, recipient_kind, recipient_id from notices where status = 'queued' and due_at <= $1 offset 0) as due,
    lateral (
      select held_until, held_priority, gathered_for from notices as held
      where held.status = 'queued' and held.process = due.process and (held.seq, held.id) < (due.seq, due.id)
        and ${sameRecipient('held', 'due')} and held.held_until > $1
      limit 1) as leader
  where notices.id = due.id`)

/** Sets free what quiet hours hold of tickets whose priority has changed since: quiet hours may not hold it any more. */
export async function releaseReprioritised(db: Kysely<Database>, now: Instant): Promise<void> {
  await reprioritisedReleased(db, [now])
}

const reprioritisedReleased = statement(`
  update notices set held_until = null, held_priority = null from tickets
  where status = 'queued' and held_until > $1 and tickets.number = notices.process
    and gathered_for is null and tickets.priority is distinct from notices.held_priority`)

/** Has everything that quiet hours hold of colleagues looked at again: somebody has chosen other hours. */
export async function reconsiderHeld(db: Kysely<Database>, now: Instant): Promise<void> {
  await db
    .updateTable('notices')
    .set({ heldUntil: null, heldPriority: null })
    .where('status', '=', 'queued')
    .where('recipientKind', 'in', ['person', 'role', 'team'])
    .where('heldUntil', '>', now)
    .where('gatheredFor', 'is', null)
    .execute()
}

/** A notice that is to stand in the next digest of these people. */
export interface Gathering {
  readonly notice: ClaimedNotice
  readonly people: readonly string[]
  readonly until: Instant
}

/** Has notices wait for a digest. */
export async function gatherNotices(db: Kysely<Database>, gatherings: readonly Gathering[]): Promise<void> {
  await gathered(gatherings)(db, [
    json(gatherings.map(({ notice: { id, claimedUntil }, people, until }) => ({ id, claimedUntil, people, until }))),
  ])
}

const gathered = statementForLines(
  (most) => `
  update notices set gathered_for = g.people, held_until = g.until, held_priority = null, claimed_until = null
  from ${fewLines(1, 'g', 'id bigint, "claimedUntil" timestamptz, people text[], until timestamptz', most)}
  where notices.id = g.id and notices.status = 'queued' and notices.claimed_until = g."claimedUntil"`,
)

export interface Sending {
  readonly notice: ClaimedNotice
  readonly at: Instant
  readonly channel: 'email' | 'relay'
  /** Ids of people; empty for the customer. */
  readonly reached: readonly string[]
  /** The customer's address, masked. */
  readonly address: string | null
  readonly messageId: string
  readonly providerId: string | null
  readonly said: Said
  /** What did not go quite right. */
  readonly remark: string | null
}

/** They were sent, whoever holds their leases by now. */
export async function markSent(db: Kysely<Database>, sendings: readonly Sending[]): Promise<void> {
  await sent(sendings)(db, [json(sendings.map(({ notice: { id }, ...sending }) => ({ id, ...sending })))])
}

const sentColumns = `id bigint, at timestamptz, channel text, reached text[], address text, "messageId" text, "providerId" text,
    said jsonb, remark text`

const sent = statementForLines(
  (most) => `
  update notices set status = 'sent', attempts = attempts + 1, sent_at = s.at, tried_at = s.at, channel = s.channel,
    reached = s.reached, address = s.address, message_id = s."messageId", provider_id = s."providerId", said = s.said,
    last_error = coalesce(s.remark, case when notices.cause is not null then notices.last_error end),
    cause = case when notices.status = 'queued' then notices.cause end, retry_at = null, claimed_until = null
  from ${fewLines(1, 's', sentColumns, most)}
  where notices.id = s.id and notices.status in ('queued', 'dead')`,
)

/** Nobody is to get it: for that cause, or because nobody wants it. */
export async function markMuted(db: Kysely<Database>, notice: ClaimedNotice, at: Instant, cause: NoticeCause | null): Promise<void> {
  await ours(db, notice).set({ status: 'muted', cause, triedAt: at, claimedUntil: null, retryAt: null }).execute()
}

/**
 * Mail does not reach its reader: it is claimed again at once, and goes to somebody else. `people` are the colleagues whom it
 * went past; none of them where it was the customer's own address.
 */
export async function passOver(
  db: Kysely<Database>,
  notice: ClaimedNotice,
  {
    at,
    cause,
    error,
    people,
  }: { readonly at: Instant; readonly cause: NoticeCause; readonly error: string; readonly people: readonly string[] },
): Promise<void> {
  await ours(db, notice)
    .set({
      passedOver: [...new Set([...notice.passedOver, ...people])],
      cause,
      lastError: storable(error),
      attempts: notice.attempts + 1,
      firstFailedAt: null,
      triedAt: at,
      retryAt: null,
      // Whoever gets it instead may be in another digest.
      gatheredFor: null,
      digest: null,
      heldUntil: null,
      heldPriority: null,
      claimedUntil: null,
    })
    .execute()
}

/** Given up, until somebody retries it. `counts`: a mail server was asked. What went wrong before stays, where nothing else is said. */
export async function markDead(
  db: Kysely<Database>,
  notice: ClaimedNotice,
  {
    at,
    cause,
    error,
    counts,
  }: { readonly at: Instant; readonly cause: NoticeCause; readonly error: string | null; readonly counts: boolean },
): Promise<void> {
  await ours(db, notice)
    .set({
      status: 'dead',
      cause,
      ...(error !== null && { lastError: storable(error) }),
      triedAt: at,
      claimedUntil: null,
      retryAt: null,
      ...(counts && { attempts: notice.attempts + 1 }),
    })
    .execute()
}

/** A notice that is to wait until then, at its ticket's priority. */
export interface Hold {
  readonly notice: ClaimedNotice
  readonly until: Instant
  readonly priority: string
}

/** Holds them. What of their tickets stands behind them for the same recipients is left to {@link holdFollowers}. */
export async function holdNotices(db: Kysely<Database>, holds: readonly Hold[]): Promise<void> {
  await held(holds)(db, [json(holds.map(({ notice: { id, claimedUntil }, until, priority }) => ({ id, claimedUntil, until, priority })))])
}

const held = statementForLines(
  (most) => `
  update notices set held_until = hold.until, held_priority = hold.priority, claimed_until = null, gathered_for = null, digest = null
  from ${fewLines(1, 'hold', 'id bigint, "claimedUntil" timestamptz, until timestamptz, priority text', most)}
  where notices.id = hold.id and notices.status = 'queued' and notices.claimed_until = hold."claimedUntil"`,
)

/** It failed for a while, and is tried again. */
export async function markFailed(
  db: Kysely<Database>,
  notice: ClaimedNotice,
  { at, error, retryAt }: { readonly at: Instant; readonly error: string; readonly retryAt: Instant },
): Promise<void> {
  await ours(db, notice)
    .set({
      attempts: notice.attempts + 1,
      firstFailedAt: notice.firstFailedAt ?? at,
      triedAt: at,
      retryAt,
      lastError: storable(error),
      claimedUntil: null,
    })
    .execute()
}

/** Puts it back as it was: it was not tried, or what went wrong was not its fault. */
export async function putBack(db: Kysely<Database>, notice: ClaimedNotice, error?: string): Promise<void> {
  await ours(db, notice)
    .set({ claimedUntil: null, ...(error !== undefined && { lastError: storable(error) }) })
    .execute()
}

/** Takes it out of its digest and puts it back: it is for others by now. */
export async function release(db: Kysely<Database>, notice: ClaimedNotice): Promise<void> {
  await ours(db, notice).set({ gatheredFor: null, digest: null, heldUntil: null, heldPriority: null, claimedUntil: null }).execute()
}

/** The notice, as long as nobody else has claimed it since. */
function ours(db: Kysely<Database>, { id, claimedUntil }: ClaimedNotice) {
  return db.updateTable('notices').where('id', '=', id).where('status', '=', 'queued').where('claimedUntil', '=', claimedUntil)
}

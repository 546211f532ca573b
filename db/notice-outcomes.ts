import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { json, storable } from './json.ts'
import type { ClaimedNotice } from './notices.ts'
import type { Database } from './schema.ts'
import { fewLines, statementForLines } from './statement.ts'
import type { Said } from './tables/notices.ts'

/** What becomes of a notice that is claimed. Each is marked by its lease: whoever has lost it marks nothing, but that it was sent. */

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
  await ours(db, notice)
    .set({ ...atLarge, status: 'muted', cause, triedAt: at, retryAt: null })
    .execute()
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
      ...atLarge,
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
      ...atLarge,
      status: 'dead',
      cause,
      ...(error !== null && { lastError: storable(error) }),
      triedAt: at,
      retryAt: null,
      ...(counts && { attempts: notice.attempts + 1 }),
    })
    .execute()
}

/** A notice that is to wait until then, at its process' priority; null: it has none. */
export interface Hold {
  readonly notice: ClaimedNotice
  readonly until: Instant
  readonly priority: string | null
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
  await ours(db, notice).set(atLarge).execute()
}

/** Neither held nor in a digest nor in hand: what was not sent stood in no mail. */
const atLarge = { gatheredFor: null, digest: null, heldUntil: null, heldPriority: null, claimedUntil: null }

/** The notice, as long as nobody else has claimed it since. */
function ours(db: Kysely<Database>, { id, claimedUntil }: ClaimedNotice) {
  return db.updateTable('notices').where('id', '=', id).where('status', '=', 'queued').where('claimedUntil', '=', claimedUntil)
}

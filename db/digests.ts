import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { ClaimedNotice } from './notices.ts'
import type { Database } from './schema.ts'
import { plannedEachTime, statement } from './statement.ts'

/** Digests: what a person was told lately, what more there is, and the notices that go out together. */

/** What somebody was told since some instant. */
export interface ToldLately {
  /** Mails; a digest is one. */
  mails: number
  readonly digestAt: Instant | null
}

export async function toldSince(db: Kysely<Database>, person: string, since: Instant): Promise<ToldLately> {
  const [told] = await lately(db, [person, since])
  return { mails: told?.mails ?? 0, digestAt: told?.digestAt ?? null }
}

const lately = statement<{ readonly mails: number; readonly digestAt: Instant | null }>(`
  select count(distinct message_id)::int as mails, max(sent_at) filter (where digest is not null) as digest_at from notices
  where status = 'sent' and sent_at > $2::timestamptz and reached @> array[$1::text]`)

/** How many notices to a recipient may go out now, counted up to `most`. */
export async function countDue(
  db: Kysely<Database>,
  { recipientKind, recipientId }: Pick<ClaimedNotice, 'recipientKind' | 'recipientId'>,
  now: Instant,
  most: number,
): Promise<number> {
  const [due] = await countedDue(db, [recipientKind, recipientId, now, most])
  return due?.count ?? 0
}

const countedDue = statement<{ readonly count: number }>(`
  select count(*)::int as count from (
    select from notices
    where status = 'queued' and recipient_kind = $1 and recipient_id = $2 and coalesce(held_until, created_at) <= $3::timestamptz
    limit $4::int) as due`)

/** When the digest goes out in which notices to these people are gathered; null when none is. */
export async function digestOf(db: Kysely<Database>, people: readonly string[], now: Instant): Promise<Instant | null> {
  const [waiting] = await gathered(db, [people.toSorted(), now])
  return waiting?.until ?? null
}

const gathered = statement<{ readonly until: Instant | null }>(`
  select min(held_until) as until from notices
  where status = 'queued' and gathered_for = $1::text[] and digest is null and held_until > $2::timestamptz`)

/** Notices that go out in one mail. */
export interface ClaimedDigest {
  readonly id: string
  readonly people: readonly string[]
  /** The most urgent first, what knows no urgency last; of one process in their order. */
  readonly notices: readonly ClaimedNotice[]
}

/**
 * Takes what is to go out in one digest, `most` notices at most and the most urgent first, and names it `id`; or a digest that was
 * named before and not sent, as it was: a repeat is the same mail.
 */
export async function claimDigest(
  db: Kysely<Database>,
  { id, now, until, most }: { readonly id: string; readonly now: Instant; readonly until: Instant; readonly most: number },
): Promise<ClaimedDigest | undefined> {
  const claimed = await claim(db, [now, until, id, most])
  const [first] = claimed
  if (!first) return undefined
  const notices = claimed.toSorted(
    (a, b) => a.priorityRank - b.priorityRank || compare(a.process, b.process) || a.seq - b.seq || a.id - b.id,
  )
  return { id: first.digest, people: first.gatheredFor, notices }
}

interface ClaimedMember extends ClaimedNotice {
  readonly gatheredFor: readonly string[]
  readonly digest: string
  readonly priorityRank: number
}

/** What comes to a digest while it waits goes with it, even if it was to wait longer itself. */
const claim = plannedEachTime<ClaimedMember>(`
  with
    due as (
      select gathered_for, digest from notices
      where status = 'queued' and gathered_for is not null and due_at <= $1::timestamptz
      order by due_at, id limit 1),
    -- Whoever comes second must not take the rest of it for a digest of its own; there is another round.
    mine as (select * from due where pg_try_advisory_xact_lock(hashtextextended(concat(gathered_for, digest), 0))),
    members as (
      select one.id, coalesce(head.priority_rank, 1000) as priority_rank
      from mine as due join notices as one on one.gathered_for = due.gathered_for and one.digest is not distinct from due.digest
        left join processes as head on head.number = one.process
      where one.status = 'queued' and coalesce(greatest(one.retry_at, one.claimed_until), '-infinity') <= $1::timestamptz
      order by priority_rank, one.process, one.seq, one.id limit $4::int
      for update of one skip locked)
  update notices set claimed_until = $2::timestamptz, digest = coalesce(notices.digest, $3::text)
  from members where notices.id = members.id
  returning notices.id, process, seq, kind, recipient_kind, recipient_id, params, attempts, first_failed_at, claimed_until,
    cause, passed_over, created_at, '{}'::text[] as heard, gathered_for, digest, priority_rank`)

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { ClaimedNotice } from './notices.ts'
import type { Database } from './schema.ts'
import { statementFor } from './statement.ts'

/**
 * The outbox of what goes to many at once: one notice for each person. They have no order among themselves or with others: ten thousand about one
 * report wait for nobody, and nothing waits for them.
 */

/** Takes the next that may go out now, `most` at most. */
export async function claimBulkNotices(
  db: Kysely<Database>,
  { now, until, most }: { readonly now: Instant; readonly until: Instant; readonly most: number },
): Promise<ClaimedNotice[]> {
  return claim(most)(db, [until, now])
}

const present = '(absent_from <= $2 and (absent_until is null or absent_until > $2))'

/**
 * Who stands in for somebody has heard of it where they get one of their own, or one that is for somebody else for whom they stand in. That is
 * found by the rows of those few; not by whom the event has reached, which may be all of ten thousand.
 */
export const claimBulkText = (most: number) => `
  with going as (
    select id from notices
    where status = 'queued' and bulk and due_at <= $2 and gathered_for is null
    order by due_at, id limit ${most}
    for update skip locked)
  update notices set claimed_until = $1 from going where notices.id = going.id
  returning notices.id, process, seq, kind, recipient_kind, recipient_id, params, attempts, first_failed_at, claimed_until,
    cause, passed_over, created_at, array(
      with recursive standing_in as (
        select deputy from absences where person = notices.recipient_id and ${present}
        union select next.deputy from absences as next join standing_in on next.person = standing_in.deputy where ${present})
      select deputy from standing_in where deputy is not null and exists (
        select from notices as told
        where told.process = notices.process and told.seq = notices.seq and told.kind = notices.kind and told.recipient_kind = 'person'
          and (told.recipient_id = standing_in.deputy or told.recipient_id in (
            select person from absences where deputy = standing_in.deputy and person < notices.recipient_id and ${present})))) as heard`

const claim = statementFor<ClaimedNotice>(claimBulkText)

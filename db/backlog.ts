import { sql, type Kysely } from 'kysely'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import type { Clock } from '../runtime/clock.ts'
import { backlog, type Source } from '../runtime/metrics.ts'
import type { Database } from './schema.ts'

/** Work that is left, as the rows show it. Each `oldest…` is the instant since when; null where there is none. */
export interface Backlog {
  readonly noticesDue: number
  readonly noticesHeld: number
  readonly noticesDead: number
  readonly oldestNotice: Instant | null
  readonly unstarted: number
  readonly oldestUnstarted: Instant | null
  readonly requestsUnderWay: number
  readonly requestsUnanswered: number
  readonly oldestRequest: Instant | null
  readonly unsettled: number
  readonly oldestUnsettled: Instant | null
}

/** Counts what is left, in one statement on partial indexes: their size is that of the backlog, not of the tables. */
export async function readBacklog(db: Kysely<Database>, now: Instant): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    select * from
      (select count(*) filter (where not held) as notices_due, count(*) filter (where held) as notices_held,
          min(since) filter (where not held) as oldest_notice
        from (select coalesce(held_until > ${now}, false) as held, greatest(created_at, held_until) as since
          from notices where status = 'queued') as queued) as notices,
      (select count(*) as notices_dead from notices where status = 'dead') as dead,
      (select count(*) as unstarted, min(started_at) as oldest_unstarted from processes where workflow_started_at is null) as unstarted,
      (select count(*) filter (where swept_at is null) as requests_under_way, count(*) filter (where swept_at is not null) as requests_unanswered,
          min(created_at) filter (where swept_at is null) as oldest_request
        from requests where status = 'pending') as pending,
      (select count(*) as unsettled, min(due_at) as oldest_unsettled
        from promises where state = 'running' and due_at <= ${now}) as deadlines`.execute(db)
  const [row] = rows
  if (!row) throw new Error('an aggregate gave no row')
  return row
}

/** So long the figures are good for every scraper: however many there are, the database is asked a few times a minute. */
const keptMs = 5_000

/** The backlog as gauges. At most one question to the database is under way at a time. */
export function backlogSource({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }): Source {
  let known: { readonly at: number; readonly left: Backlog } | undefined
  let asking: Promise<Backlog> | undefined

  async function ask(now: number): Promise<Backlog> {
    try {
      const left = await readBacklog(db, instantOf(now))
      known = { at: now, left }
      return left
    } finally {
      asking = undefined
    }
  }

  return {
    name: 'postgres',
    async read() {
      const now = clock.now().getTime()
      const fresh = known !== undefined && now - known.at < keptMs ? known.left : undefined
      show(fresh ?? (await (asking ??= ask(now))), now)
    },
    forget() {
      const { notices, requests, ...single } = backlog
      for (const gauge of [notices, requests]) gauge.reset()
      // Reset, a gauge without labels would say 0: that all is well.
      for (const gauge of Object.values(single)) gauge.remove()
    },
  }
}

function show(left: Backlog, now: number): void {
  const age = (since: Instant | null) => (since === null ? 0 : Math.max(0, now - epochMs(since)) / 1_000)
  backlog.notices.set({ state: 'due' }, left.noticesDue)
  backlog.notices.set({ state: 'held' }, left.noticesHeld)
  backlog.notices.set({ state: 'dead' }, left.noticesDead)
  backlog.noticeAge.set(age(left.oldestNotice))
  backlog.unstarted.set(left.unstarted)
  backlog.unstartedAge.set(age(left.oldestUnstarted))
  backlog.requests.set({ state: 'under-way' }, left.requestsUnderWay)
  backlog.requests.set({ state: 'unanswered' }, left.requestsUnanswered)
  backlog.requestAge.set(age(left.oldestRequest))
  backlog.deadlines.set(left.unsettled)
  backlog.deadlineAge.set(age(left.oldestUnsettled))
}

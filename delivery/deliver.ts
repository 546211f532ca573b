import { randomUUID } from 'node:crypto'
import { claimDigest } from '../db/digests.ts'
import { putBack } from '../db/notice-outcomes.ts'
import { claimBulkNotices } from '../db/bulk-notices.ts'
import { claimNotices, holdFollowers, releaseReprioritised } from '../db/notices.ts'
import { instantOf } from '../domain/instant.ts'
import { together } from '../runtime/batching.ts'
import { noticeAttempts } from '../runtime/metrics.ts'
import { Outage } from './outage.ts'
import { outcomes, type Outcome } from './outcome.ts'
import { createSender, type Delivering } from './send.ts'

/** What a round came to. */
export type Round = Readonly<Record<Outcome, number>>

/**
 * How a worker stops. First it takes nothing more in hand, and what it has goes out in peace; what takes too long is then cut off, put back as
 * it was and sent by the next worker. So nothing is lost; and twice comes only what the mail server took in the moment of the cut, under the
 * same Message-ID.
 */
export interface Stop {
  readonly begun: AbortSignal
  readonly cut: AbortSignal
}

/** So many processes' notices at once: enough to keep a mail server busy, few enough not to be taken for a flood. */
const processesAtOnce = 8
/** So many of those places may go to what is for many at once, while nothing else is to be sent. */
const bulkAtOnce = 2
/** So long does a round go on with only that: then all places are free again for whatever has come. */
const bulkRoundMs = 5_000
/** A lease ends this much after the transport has lost patience: time to mark what came of it, and for clocks to disagree. */
const leaseSpareMs = 40_000
/** So long a failing notice keeps the others of its process in order; longer would be silence. */
const orderKeptMs = 3_600_000
/** How soon a priority that has risen takes effect on what is held: that looks at all of it, which may be a night's notices. */
const releaseEveryMs = 10_000
/** A mail of so many lines can still be read, and made within a lease; what is more follows in the next one at once. */
const mostInDigest = 1_000

/**
 * Delivery: each call is one round, which sends everything that may go out now. Between rounds it remembers only whether
 * the mail server can be reached; while it cannot, a round tries a single mail, and nothing counts as that mail's failure.
 */
export function createDelivery(delivering: Delivering): (stop: Stop) => Promise<Round> {
  const { db, clock, log, transport } = delivering
  const lease = transport.patienceMs + leaseSpareMs
  for (const outcome of outcomes) noticeAttempts.inc({ outcome }, 0)
  let releasedAt = Number.NEGATIVE_INFINITY
  const now = () => clock.now().getTime()
  const outage = new Outage(log)
  const sender = createSender(delivering, outage)

  // What the lanes ask at the same time goes to the database in one statement.
  const claim = together(async (lanes: readonly undefined[]) => {
    const notices = await claimNotices(db, {
      now: instantOf(now()),
      until: instantOf(now() + lease),
      stuckSince: instantOf(now() - orderKeptMs),
      most: lanes.length,
    })
    return lanes.map((_, lane) => notices[lane])
  })

  const claimBulk = together(async (lanes: readonly undefined[]) => {
    const notices = await claimBulkNotices(db, { now: instantOf(now()), until: instantOf(now() + lease), most: lanes.length })
    return lanes.map((_, lane) => notices[lane])
  })

  return async (stop) => {
    const begun = performance.now()
    const counts = { sent: 0, held: 0, muted: 0, dead: 0, failed: 0, diverted: 0, unreachable: 0, cut: 0 }
    sender.begin()
    const next = async ({ bulkToo = true } = {}): Promise<Outcome | undefined> => {
      if (stop.begun.aborted) return undefined
      // What has come meanwhile goes first.
      const notice = (await claim(undefined)) ?? (bulkToo ? await claimBulk(undefined) : undefined)
      if (!notice) return undefined
      if (outage.lasts(now())) {
        // Another one has just found the server away: this one need not try.
        await putBack(db, notice)
        return undefined
      }
      return count(await sender.alone(notice, stop.cut))
    }
    const nextDigest = async (): Promise<Outcome | undefined> => {
      if (stop.begun.aborted) return undefined
      const digest = await claimDigest(db, { id: randomUUID(), now: instantOf(now()), until: instantOf(now() + lease), most: mostInDigest })
      return digest && sender.together(digest, stop.cut, count)
    }
    const count = (outcome: Outcome): Outcome => {
      counts[outcome] += 1
      noticeAttempts.inc({ outcome })
      return outcome
    }
    const lane = async (nth: number) => {
      const mayBulk = () => nth < bulkAtOnce && performance.now() - begun < bulkRoundMs
      while (!outage.isOn && (await next({ bulkToo: mayBulk() })) !== undefined);
    }
    if (!outage.lasts(now())) await lookAtHeld()
    // One mail finds out whether the server is back, before the others follow.
    while (outage.isOn && !outage.lasts(now())) {
      const outcome = (await next()) ?? (await nextDigest())
      if (outcome === undefined || outcome === 'unreachable') return counts
    }
    // Before the others, which ask whether a digest waits that they are to join.
    while (!outage.isOn && (await nextDigest()) !== undefined);
    // Mostly there is nothing, and one question is enough to know.
    if (outage.isOn || (await next()) === undefined) return counts
    // Every lane ends before the round does, also when one of them finds the database away.
    const lanes = await Promise.allSettled(Array.from({ length: processesAtOnce }, (_, nth) => lane(nth)))
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    return counts
  }

  async function lookAtHeld(): Promise<void> {
    // A clock that was set back must not put it off.
    if (Math.abs(now() - releasedAt) >= releaseEveryMs) {
      releasedAt = now()
      await releaseReprioritised(db, instantOf(releasedAt))
    }
    await holdFollowers(db, instantOf(now()))
  }
}

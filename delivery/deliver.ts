import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { lastAsked } from '../db/asked-of-customer.ts'
import { addressees } from '../db/addressees.ts'
import type { Addressees } from '../domain/notices/recipients.ts'
import { isDatabaseAway } from '../db/connect.ts'
import { claimDigest, type ClaimedDigest } from '../db/digests.ts'
import {
  claimNotices,
  gatherNotices,
  holdFollowers,
  holdNotices,
  markDead,
  markFailed,
  markMuted,
  markSent,
  passOver,
  putBack,
  release,
  releaseReprioritised,
  type ClaimedNotice,
  type Gathering,
  type Hold,
  type Sending,
} from '../db/notices.ts'
import type { Database } from '../db/schema.ts'
import { headOf } from '../db/heads.ts'
import { subjectsOf, type Registry } from '../processes/hosting.ts'
import { epochMs, instantOf } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { noticeAttempts } from '../runtime/metrics.ts'
import { together } from '../runtime/batching.ts'
import { digestLetter } from './digest.ts'
import { createGather } from './gathering.ts'
import { digestMailOf, mailOf, type Letter, type Mail, type MailAddress } from './mail.ts'
import { prepare, type DeliveryRecord, type Prepared, type PreparedLetter, type Preparing } from './prepare.ts'
import { Outage } from './outage.ts'
import { messageOf, withoutAddresses, type Handed, type Transport } from './transport.ts'

export interface Delivering extends Omit<Preparing, 'subjectOf' | 'exists' | 'missingOf'> {
  /** Of which types notices tell. */
  readonly processes: Registry
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly log: Logger
  readonly transport: Transport
  readonly sender: MailAddress
}

/** What a round came to. */
export type Round = Readonly<Record<Outcome, number>>
const outcomes = ['sent', 'held', 'muted', 'dead', 'failed', 'diverted', 'unreachable'] as const
export type Outcome = (typeof outcomes)[number]

/** So many tickets at once: enough to keep a mail server busy, few enough not to be taken for a flood. */
const ticketsAtOnce = 8
/** A lease ends this much after the transport has lost patience: time to mark what came of it, and for clocks to disagree. */
const leaseSpareMs = 40_000
/** Pauses after a failure: a minute, then twice as long each time, at most a quarter of an hour. */
const firstPauseMs = 60_000
const longestPauseMs = 15 * 60_000
/** A notice that fails by itself for so long, and so often, is given up. */
const patienceMs = 3 * 24 * 3_600_000
const leastAttempts = 10
/** So long a failing notice keeps the others of its ticket in order; longer would be silence. */
const orderKeptMs = 3_600_000
/** How soon a priority that has risen takes effect on what is held: that looks at all of it, which may be a night's notices. */
const releaseEveryMs = 10_000
/** A mail of so many lines can still be read, and made within a lease; what is more follows in the next one at once. */
const mostInDigest = 1_000
/** How old what is known of people may be in a long round. */
const worldKeptMs = 5_000

/**
 * Delivery: each call is one round, which sends everything that may go out now. Between rounds it remembers only whether
 * the mail server can be reached; while it cannot, a round tries a single mail, and nothing counts as that mail's failure.
 */
export function createDelivery(delivering: Delivering): (ending?: AbortSignal) => Promise<Round> {
  const { db, clock, log, transport, sender } = delivering
  const lease = transport.patienceMs + leaseSpareMs
  for (const outcome of outcomes) noticeAttempts.inc({ outcome }, 0)
  let releasedAt = Number.NEGATIVE_INFINITY
  let world: { readonly read: Promise<Addressees>; readonly at: number } | undefined
  const now = () => clock.now().getTime()
  const outage = new Outage(log)

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
  const hold = noted((holds: readonly Hold[]) => holdNotices(db, holds))
  const noteSent = noted((sendings: readonly Sending[]) => markSent(db, sendings))
  const noteGathered = noted((gatherings: readonly Gathering[]) => gatherNotices(db, gatherings))
  const gather = createGather(db)
  const preparing = {
    ...delivering,
    exists: async (number: string) => (await headOf(db, number)) !== undefined,
    subjectOf: together((numbers: readonly string[]) => subjectsOf(db, delivering.processes, numbers)),
    missingOf: (number: string) => lastAsked(db, number),
  }

  return async (ending = new AbortController().signal) => {
    const counts = { sent: 0, held: 0, muted: 0, dead: 0, failed: 0, diverted: 0, unreachable: 0 }
    world = undefined
    const next = async (): Promise<Outcome | undefined> => {
      if (ending.aborted) return undefined
      const notice = await claim(undefined)
      if (!notice) return undefined
      if (outage.lasts(now())) {
        // Another one has just found the server away: this one need not try.
        await putBack(db, notice)
        return undefined
      }
      return count(await settled(notice, ending))
    }
    const nextDigest = async (): Promise<Outcome | undefined> => {
      if (ending.aborted) return undefined
      const digest = await claimDigest(db, { id: randomUUID(), now: instantOf(now()), until: instantOf(now() + lease), most: mostInDigest })
      return digest && settledTogether(digest, ending, count)
    }
    const count: Count = (outcome) => {
      counts[outcome] += 1
      noticeAttempts.inc({ outcome })
      return outcome
    }
    const lane = async () => {
      while (!outage.isOn && (await next()) !== undefined);
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
    const lanes = await Promise.allSettled(Array.from({ length: ticketsAtOnce }, lane))
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

  async function settled(notice: ClaimedNotice, ending: AbortSignal): Promise<Outcome> {
    const prepared = await put(notice)
    if (prepared.kind !== 'send') return set(notice, prepared)
    const { letter, to, record } = prepared
    const digestAt = record.reached.length === 0 ? null : await gather(notice, record.reached, instantOf(now()))
    if (digestAt !== null) {
      await noteGathered({ notice, people: record.reached.toSorted(), until: digestAt })
      return 'held'
    }
    const mail = mailOf(notice, letter, { from: sender, to, date: clock.now() })
    const handed = await transport.send(mail, ending)
    return came(handed, mail, [{ notice, record, said: mail.text, letter }])
  }

  /** Everything of a digest in one mail; what is no more for these people, or not for now, is left out of it. */
  async function settledTogether({ id, people, notices }: ClaimedDigest, ending: AbortSignal, count: Count): Promise<Outcome> {
    const told: (Told & { readonly prepared: PreparedLetter })[] = []
    for (const notice of notices) {
      const prepared = await put(notice)
      if (prepared.kind !== 'send') count(await set(notice, prepared))
      else if (String(prepared.record.reached.toSorted()) !== String(people)) await release(db, notice)
      else told.push({ notice, prepared, letter: prepared.letter, record: prepared.record, said: said(prepared.letter) })
    }
    const [first] = told
    if (!first) return 'held'
    const { to, letter } = first.prepared
    const names = to.map(({ name }) => name).join(letter.language === 'en' ? ', ' : '、')
    const entries = told.map(({ prepared }) => ({ ticket: prepared.ticket, letter: prepared.letter }))
    const mail = digestMailOf(id, digestLetter(entries, names, letter.language), { from: sender, to, date: clock.now() })
    const handed = await transport.send(mail, ending)
    const outcome = await came(handed, mail, told)
    for (const _ of told) count(outcome)
    return outcome
  }

  /** Whatever is wrong with one notice must not stop the others; listed as dead it is seen, and can be tried again. */
  async function put(notice: ClaimedNotice): Promise<Prepared> {
    try {
      return await prepare(preparing, notice, await known(), instantOf(now()))
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      log.error({ err: error, ...named(notice) }, 'a notice could not be put together')
      return { kind: 'dead', cause: 'broken', error: withoutAddresses(messageOf(error)) }
    }
  }

  async function set(notice: ClaimedNotice, prepared: Exclude<Prepared, { kind: 'send' }>): Promise<Outcome> {
    switch (prepared.kind) {
      case 'hold':
        await hold({ notice, until: prepared.until, priority: prepared.priority })
        return 'held'
      case 'muted':
        await markMuted(db, notice, instantOf(now()), prepared.cause ?? null)
        return 'muted'
      case 'dead':
        log.warn({ ...named(notice), cause: prepared.cause }, 'a notice was given up')
        await markDead(db, notice, { at: instantOf(now()), cause: prepared.cause, error: prepared.error ?? null, counts: false })
        return 'dead'
    }
  }

  /** What became of a mail, on record of each notice that stood in it. */
  async function came(handed: Handed, mail: Mail, told: readonly Told[]): Promise<Outcome> {
    const at = now()
    if (handed.kind !== 'unreachable') outage.ends()
    switch (handed.kind) {
      case 'taken': {
        const sendings = told.map(({ notice, record, letter, said: text }) => ({
          notice,
          at: instantOf(at),
          ...record,
          messageId: mail.messageId,
          providerId: handed.providerId,
          said: { language: letter.language, subject: letter.subject, text },
          remark: handed.remark,
        }))
        const [only] = sendings
        // All that stood in a mail are marked at once or not at all: a repeat is the same mail.
        await (only && sendings.length === 1 ? noteSent(only) : markSent(db, sendings))
        return 'sent'
      }
      case 'permanent':
        for (const { notice, record } of told) {
          log.warn({ ...named(notice), words: handed.words }, 'the mail server refused a notice; somebody else is asked')
          await diverted(notice, record.reached, { at, cause: 'refused', error: handed.words })
        }
        return 'diverted'
      case 'temporary': {
        let outcome: Outcome = 'failed'
        // All of a digest together: a part of it would be another mail.
        const attempts = Math.max(...told.map(({ notice }) => notice.attempts))
        for (const { notice, record } of told) outcome = await failed(notice, record.reached, { words: handed.words, at, attempts })
        return outcome
      }
      case 'unreachable':
        outage.found(handed.words, at)
        for (const { notice } of told) await putBack(db, notice, handed.words)
        return 'unreachable'
    }
  }

  async function failed(
    notice: ClaimedNotice,
    readers: readonly string[],
    { words: error, at, attempts }: { readonly words: string; readonly at: number; readonly attempts: number },
  ): Promise<Outcome> {
    const since = notice.firstFailedAt === null ? at : epochMs(notice.firstFailedAt)
    if (at - since >= patienceMs && notice.attempts + 1 >= leastAttempts) {
      log.warn({ ...named(notice), words: error }, 'a notice could not be sent for three days; somebody else is asked')
      return diverted(notice, readers, { at, cause: 'gave-up', error })
    }
    const pause = Math.min(firstPauseMs * 2 ** Math.min(attempts, 10), longestPauseMs)
    await markFailed(db, notice, { at: instantOf(at), error, retryAt: instantOf(at + pause) })
    return 'failed'
  }

  /** Mail does not reach the readers: whoever else can see to it gets it next, as long as there is somebody. */
  async function diverted(
    notice: ClaimedNotice,
    readers: readonly string[],
    { at, ...why }: { readonly at: number; readonly cause: NoticeCause; readonly error: string },
  ): Promise<Outcome> {
    await passOver(db, notice, { at: instantOf(at), ...why, people: readers })
    return 'diverted'
  }

  async function known(): Promise<Addressees> {
    if (world === undefined || now() - world.at > worldKeptMs) world = { read: addressees(db, instantOf(now())), at: now() }
    return world.read
  }
}

type Count = (outcome: Outcome) => Outcome

/** A notice that stands in a mail, with its own words. */
interface Told {
  readonly notice: ClaimedNotice
  readonly record: DeliveryRecord
  readonly letter: Letter
  readonly said: string
}

/** What a notice in a digest would have said by itself. */
function said({ remarks, text }: Letter): string {
  return [...remarks, text].join('\n\n')
}

/** Notes of several lanes go together; where one of them cannot be written, the others still are. */
function noted<N>(write: (notes: readonly N[]) => Promise<void>): (note: N) => Promise<void> {
  return together(
    async (notes: readonly N[]) => {
      await write(notes)
      return notes.map(() => undefined)
    },
    { apart: (error) => !isDatabaseAway(error) },
  )
}

function named({ process, seq, kind }: ClaimedNotice) {
  return { number: process, seq, kind }
}

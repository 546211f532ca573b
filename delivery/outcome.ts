import type { Kysely } from 'kysely'
import { isDatabaseAway } from '../db/connect.ts'
import { markFailed, markSent, passOver, putBack, type Sending } from '../db/notice-outcomes.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Database } from '../db/schema.ts'
import { epochMs, instantOf } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { together } from '../runtime/batching.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import type { Letter, Mail } from './mail.ts'
import type { Outage } from './outage.ts'
import type { DeliveryRecord } from './letter.ts'
import type { Handed } from './transport.ts'

/** What becomes of a notice that is taken in hand. */
export const outcomes = ['sent', 'held', 'muted', 'dead', 'failed', 'diverted', 'unreachable', 'cut'] as const
export type Outcome = (typeof outcomes)[number]

/** A notice that stands in a mail, with its own words. */
export interface Told {
  readonly notice: ClaimedNotice
  readonly record: DeliveryRecord
  readonly letter: Letter
  readonly said: string
}

/** Pauses after a failure: a minute, then twice as long each time, at most a quarter of an hour. */
const firstPauseMs = 60_000
const longestPauseMs = 15 * 60_000
/** A notice that fails by itself for so long, and so often, is given up. */
const patienceMs = 3 * 24 * 3_600_000
const leastAttempts = 10

interface Recording {
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly log: Logger
}

/** Puts what became of a mail on record of each notice that stood in it. */
export function createRecord(
  { db, clock, log }: Recording,
  outage: Outage,
): (handed: Handed, mail: Mail, told: readonly Told[]) => Promise<Outcome> {
  const noteSent = noted((sendings: readonly Sending[]) => markSent(db, sendings))

  return async (handed, mail, told) => {
    const at = clock.now().getTime()
    if (handed.kind !== 'unreachable' && handed.kind !== 'cut') outage.ends()
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
      case 'cut':
        // It is nobody's fault, and must not wait for the end of its lease.
        for (const { notice } of told) await putBack(db, notice)
        return 'cut'
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
}

/** Notes of several lanes go together; where one of them cannot be written, the others still are. */
export function noted<N>(write: (notes: readonly N[]) => Promise<void>): (note: N) => Promise<void> {
  return together(
    async (notes: readonly N[]) => {
      await write(notes)
      return notes.map(() => undefined)
    },
    { apart: (error) => !isDatabaseAway(error) },
  )
}

/** A notice as the log names it. */
export function named({ process, seq, kind }: ClaimedNotice) {
  return { number: process, seq, kind }
}

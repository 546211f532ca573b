import type { Kysely } from 'kysely'
import { lastAsked } from '../db/asked-of-customer.ts'
import { addressees } from '../db/addressees.ts'
import type { Addressees } from '../domain/notices/recipients.ts'
import { isDatabaseAway } from '../db/connect.ts'
import type { ClaimedDigest } from '../db/digests.ts'
import { gatherNotices, holdNotices, markDead, markMuted, release, type Gathering, type Hold } from '../db/notice-outcomes.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Database } from '../db/schema.ts'
import { headOf } from '../db/heads.ts'
import type { Registry } from '../processes/hosting.ts'
import { subjectsOf } from '../processes/subject.ts'
import { instantOf } from '../domain/instant.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { together } from '../runtime/batching.ts'
import { digestLetter } from './digest.ts'
import { createGather } from './gathering.ts'
import { digestMailOf, mailOf, type Letter, type MailAddress } from './mail.ts'
import { createRecord, named, noted, type Outcome, type Told } from './outcome.ts'
import type { Outage } from './outage.ts'
import { listed, type PreparedLetter } from './letter.ts'
import { prepare, type Prepared, type Preparing } from './prepare.ts'
import { messageOf, withoutAddresses, type Transport } from './transport.ts'

export interface Delivering extends Omit<Preparing, 'subjectOf' | 'exists' | 'askedOf'> {
  /** Of which types notices tell. */
  readonly processes: Registry
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly log: Logger
  readonly transport: Transport
  readonly sender: MailAddress
}

/** How old what is known of people may be in a long round. */
const worldKeptMs = 5_000

/** Sends what was claimed, or finds that it is not for now, and puts on record what came of it. */
export interface Sender {
  /** What is known of people is asked anew. */
  begin(): void
  alone(notice: ClaimedNotice, cut: AbortSignal): Promise<Outcome>
  /** Everything of a digest in one mail; what is no more for these people, or not for now, is left out of it. `count` hears of each notice. */
  together(digest: ClaimedDigest, cut: AbortSignal, count: Count): Promise<Outcome>
}

export function createSender(delivering: Delivering, outage: Outage): Sender {
  const { db, clock, log, transport, sender } = delivering
  let world: { readonly read: Promise<Addressees>; readonly at: number } | undefined
  const now = () => clock.now().getTime()
  const hold = noted((holds: readonly Hold[]) => holdNotices(db, holds))
  const noteGathered = noted((gatherings: readonly Gathering[]) => gatherNotices(db, gatherings))
  const gather = createGather(db)
  const onRecord = createRecord(delivering, outage)
  const preparing = {
    ...delivering,
    exists: async (number: string) => (await headOf(db, number)) !== undefined,
    subjectOf: together((numbers: readonly string[]) => subjectsOf(db, delivering.processes, numbers)),
    askedOf: (number: string) => lastAsked(db, number),
  }

  return {
    begin() {
      world = undefined
    },
    alone,
    together: inDigest,
  }

  async function alone(notice: ClaimedNotice, cut: AbortSignal): Promise<Outcome> {
    const prepared = await put(notice)
    if (prepared.kind !== 'send') return set(notice, prepared)
    const { letter, to, record } = prepared
    const digestAt = record.reached.length === 0 ? null : await gather(notice, record.reached, instantOf(now()))
    if (digestAt !== null) {
      await noteGathered({ notice, people: record.reached.toSorted(), until: digestAt })
      return 'held'
    }
    const mail = mailOf(notice, letter, { from: sender, to, date: clock.now() })
    const handed = await transport.send(mail, cut)
    return onRecord(handed, mail, [{ notice, record, said: mail.text, letter }])
  }

  async function inDigest({ id, people, notices }: ClaimedDigest, cut: AbortSignal, count: Count): Promise<Outcome> {
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
    const names = listed(to, letter.language)
    const entries = told.map(({ prepared }) => ({ subject: prepared.subject, letter: prepared.letter }))
    const mail = digestMailOf(id, digestLetter(entries, names, letter.language), { from: sender, to, date: clock.now() })
    const handed = await transport.send(mail, cut)
    const outcome = await onRecord(handed, mail, told)
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

  async function known(): Promise<Addressees> {
    if (world === undefined || now() - world.at > worldKeptMs) world = { read: addressees(db, instantOf(now())), at: now() }
    return world.read
  }
}

type Count = (outcome: Outcome) => Outcome

/** What a notice in a digest would have said by itself. */
function said({ remarks, text }: Letter): string {
  return [...remarks, text].join('\n\n')
}

import type { Kysely } from 'kysely'
import type { Keys } from '../db/contact-vault.ts'
import { sealContactsAtRest } from '../db/contacts-at-rest.ts'
import { deletePendingRequests, deleteRequestsDoneBefore, markSwept, pendingRequests } from '../db/requests.ts'
import { unstartedProcesses, type UnstartedProcess } from '../db/started-workflows.ts'
import type { Database } from '../db/schema.ts'
import { instantOf } from '../domain/instant.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { startRounds } from '../runtime/rounds.ts'

/** What the sweeper asks of workflows. */
export interface SweptProcesses {
  /** Names of the types that are known here. */
  readonly types: readonly string[]
  /** Starts the workflow of a process whose intake is written; a running one stays as it is. */
  start(process: UnstartedProcess): Promise<void>
  /** Brings the rows of a process up to what its workflow knows, and with them the answers of its requests; false: nobody was asked. */
  catchUp(number: string): Promise<boolean>
}

interface Sweeping {
  readonly db: Kysely<Database>
  readonly keys: Keys
  readonly processes: SweptProcesses
  readonly clock: Clock
  readonly log: Logger
}

export interface SweepTimes {
  /** From one round to the next. */
  readonly everyMs: number
  /** An intake's own gateway starts it at once; later than this it has died or found Temporal away. */
  readonly intakeGraceMs: number
  /** A gateway waits 20 s for its Update; later than this it no longer writes the answer. */
  readonly requestGraceMs: number
}

/** Often enough that a ticket taken in while Temporal was away starts within seconds of its return. */
const usualTimes: SweepTimes = { everyMs: 5_000, intakeGraceMs: 5_000, requestGraceMs: 30_000 }
/** How long the key of an answered request is remembered. */
const answersKeptMs = 30 * 24 * 3_600_000
/** A request of which its process knows nothing a day later was never accepted. */
const questionsKeptMs = 24 * 3_600_000
/** One that could not be asked comes again after the others. */
const silenceMs = 60_000
/** One round stays short beside the work it shares the process with. */
const batchSize = 200

/**
 * Finishes what a gateway left: starts processes that were accepted while Temporal was away, and writes the answers of
 * requests whose gateway died between Update and commit. It never carries out a command that was not accepted. It also
 * seals what older releases left in clear, and forgets what has had its time.
 */
export function startSweeper(sweeping: Sweeping, times: SweepTimes = usualTimes): { stop(): Promise<void> } {
  const silent: Silent = new Map()
  return startRounds(times.everyMs, () => sweep(sweeping, times, silent))
}

/** Processes that could not be asked lately, and until when they are left alone, in milliseconds since the epoch. */
type Silent = Map<string, number>

/** One round. Whatever fails is logged and tried again in the next. */
export async function sweep(sweeping: Sweeping, times: SweepTimes = usualTimes, silent: Silent = new Map()): Promise<void> {
  const { db, clock, log } = sweeping
  const now = clock.now().getTime()
  const attempt = async (what: string, work: () => Promise<unknown>) =>
    work().catch((err: unknown) => log.warn({ err }, `sweep: ${what} failed; the next round tries again`))
  await attempt('starting accepted tickets', () => startUnstarted(sweeping, now - times.intakeGraceMs))
  await attempt('finishing interrupted requests', () => finishInterrupted(sweeping, silent, now, now - times.requestGraceMs))
  await attempt('sealing contact data that stands in clear', () => sealContacts(sweeping))
  await attempt('forgetting old answers', () => deleteRequestsDoneBefore(db, instantOf(now - answersKeptMs)))
}

async function startUnstarted({ db, processes, log }: Sweeping, before: number): Promise<void> {
  const { types } = processes
  for (const process of await unstartedProcesses(db, { types, olderThan: instantOf(before), limit: batchSize })) {
    const { number } = process
    // One that cannot be started must not keep others from it.
    await processes.start(process).then(
      () => log.info({ number }, 'started what was accepted while Temporal was away'),
      (err: unknown) => log.warn({ err, number }, 'sweep: a process could not be started; the next round tries again'),
    )
  }
}

/** What releases before left in clear, and what an API of such a release still brings. */
async function sealContacts({ db, keys, log }: Sweeping): Promise<void> {
  let sealed = 0
  for (let after: string | null = ''; after !== null;) {
    const round = await sealContactsAtRest(db, keys, { after, limit: batchSize })
    sealed += round.sealed
    if (round.unreadable.length > 0)
      log.warn(
        { numbers: round.unreadable },
        'contact data of tickets stands in clear, and no key of BIHUAN_KEY opens what is sealed beside it',
      )
    after = round.last
  }
  if (sealed > 0) log.info({ tickets: sealed }, 'sealed contact data that stood in clear in the rows of tickets')
}

async function finishInterrupted({ db, processes, log }: Sweeping, silent: Silent, now: number, before: number): Promise<void> {
  for (const [number, until] of silent) if (until <= now) silent.delete(number)
  const pending = await pendingRequests(db, instantOf(before), batchSize, [...silent.keys()])
  // A registration without an answer was not accepted: its ticket and its answer are written at once.
  const asked = new Set<string | null>([null])
  for (const number of new Set(pending.flatMap(({ ticket }) => (ticket === null ? [] : [ticket])))) {
    const actIds = pending.filter(({ ticket }) => ticket === number).map(({ id }) => id)
    try {
      if (await processes.catchUp(number)) asked.add(number)
      else silent.set(number, now + silenceMs)
      log.info({ number, actIds, known: asked.has(number) }, 'asked a process what became of requests without an answer')
    } catch (err) {
      silent.set(number, now + silenceMs)
      log.warn({ err, number, actIds }, 'sweep: the process did not answer')
    }
  }
  // What is still pending of those was not accepted, or not yet: its caller may send the key again at any time. Nothing is known of
  // what nobody could be asked about, however old it is: it may have been accepted before everything went away.
  const known = pending.filter(({ ticket }) => asked.has(ticket))
  const longAgo = instantOf(now - questionsKeptMs)
  await deletePendingRequests(
    db,
    known.filter(({ createdAt }) => createdAt < longAgo).map(({ id }) => id),
  )
  await markSwept(
    db,
    known.map(({ id }) => id),
    instantOf(now),
  )
}

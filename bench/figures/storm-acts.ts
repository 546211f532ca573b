import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { instantOf } from '../../domain/instant.ts'
import { backlogGone } from '../harness/backlog.ts'
import type { Figure } from '../harness/figure.ts'
import { quantile, rounded, timed } from '../harness/rounds.ts'
import { allStarted } from '../harness/started.ts'
import { changeStormCalendar, installStorm, minuteMs, secondMs, stormId } from '../harness/storm-office.ts'
import { contact, inHand, register, update, type Desk } from '../harness/tickets.ts'

/**
 * People's acts while ten thousand promises that broke in the same second are settled, and a new version of their calendar with
 * them; half of the acts are on tickets of the storm. Beside the same acts before it; and again after the worker was killed in its middle.
 */
export const stormActs: Figure = async ({ world, say, report, quick }) => {
  const count = quick ? 300 : 10_000
  const office = await world.database('storm-acts')
  let worker = await world.worker(office)
  const api = await world.api(office)
  const desk: Desk = { ...office, url: api.url }
  const rows = new pg.Client({ connectionString: office.databaseUrl })
  await rows.connect()
  try {
    // Long enough for all of them to be taken in, and begun, before.
    const opens = Math.ceil((Date.now() + minuteMs + count * (quick ? 400 : 60)) / minuteMs) * minuteMs
    const due = opens + secondMs
    await installStorm(office, opens, [{ id: 'missed', at: '0%', times: 1, to: ['lead'] }])
    say('preparing tickets')
    const others: string[] = []
    await timed(20, 20, async () => others.push(await inHand(desk)))
    say(`registering ${count} tickets that are all due at ${instantOf(due)}`)
    const numbers: string[] = []
    await timed(count, 20, async () => numbers.push(await register(desk, { profile: stormId, assignee: 'engineer-wang' })))
    say('waiting for their workflows')
    await allStarted(office)
    await backlogGone(world, office.namespace, taskQueue)

    let acts = 0
    /** One act after another, a few a second as an office gives them, until `over`. */
    const acting = async (over: () => boolean): Promise<number[]> => {
      const taken: number[] = []
      const underWay = new Set<Promise<void>>()
      while (!over()) {
        acts += 1
        const one =
          acts % 2 === 0 ? () => update(desk, others[acts % others.length] ?? '') : () => contact(desk, numbers[(acts * 37) % count] ?? '')
        const began = performance.now()
        const done = one()
          // An act without an answer took at least as long as the API waits.
          .catch((error: unknown) => say(`an act failed: ${String(error).slice(0, 200)}`))
          .then(() => void taken.push(performance.now() - began))
          .finally(() => underWay.delete(done))
        underWay.add(done)
        await sleep(pauseMs)
      }
      await Promise.all(underWay)
      return taken
    }
    if (Date.now() > due - calmMs) throw new Error('the machine was too slow: the deadlines passed while the tickets were registered')
    const calmUntil = Date.now() + calmMs
    say('acts without a storm')
    const calm = await acting(() => Date.now() > calmUntil)
    say(`the storm comes at ${instantOf(due)}`)
    await sleep(due - Date.now())
    await changeStormCalendar(office, opens)

    let settled = 0
    let over = false
    const watching = (async () => {
      while (settled < count * 2 && Date.now() - due < patienceMs) {
        await sleep(500)
        settled = await settledIn(rows, due)
      }
      over = true
    })()
    const during = await acting(() => settled >= count || over)
    const halfAt = (Date.now() - due) / secondMs
    say(`${settled} of ${count * 2} after ${halfAt.toFixed(0)} s; the worker is killed`)
    process.kill(worker.identity.pid, 'SIGKILL')
    await worker.stop()
    worker = await world.worker(office)
    const after = await acting(() => over)
    await watching
    const seconds = (Date.now() - due) / secondMs
    if (settled < count * 2) throw new Error(`only ${settled} of ${count * 2} were settled`)
    const mails = await mailsTo(rows, 'engineer-chen')
    say(`all settled after ${seconds.toFixed(0)} s; ${mails} mails to the lead`)
    for (const [name, ours] of [
      ['storm.acts', during],
      ['storm.acts.restarted', after],
    ] as const)
      for (const share of [0.5, 0.95, 0.99]) {
        const [storm, baseline] = [quantile(ours, share), quantile(calm, share)]
        report({
          name: `${name}.p${rounded(share * 100)}`,
          unit: 'ms',
          ours: rounded(storm),
          baseline: rounded(baseline),
          ratio: rounded(baseline / storm),
          deadlines: count,
          acts: ours.length,
          secondsUntilSettled: rounded(seconds),
        })
      }
  } finally {
    await rows.end()
    for (const part of [api, worker]) await part.stop()
  }
}

const taskQueue = 'bihuan'
/** Between two acts. */
const pauseMs = 200
const calmMs = 20_000
const patienceMs = 30 * minuteMs

/** Promises found broken, and tickets that count by the new calendar. */
async function settledIn(rows: pg.Client, due: number): Promise<number> {
  const { rows: counted } = await rows.query<{ settled: string }>(
    `select (select count(*) from events where type = 'promise-broken' and occurred_at = $1)
      + (select count(*) from tickets where calendar = $2 and calendar_version > 1) as settled`,
    [instantOf(due), stormId],
  )
  return Number(counted[0]?.settled)
}

async function mailsTo(rows: pg.Client, person: string): Promise<number> {
  const { rows: counted } = await rows.query<{ mails: string }>(
    `select count(distinct message_id) as mails from notices where reached @> array[$1] and status = 'sent'`,
    [person],
  )
  return Number(counted[0]?.mails)
}

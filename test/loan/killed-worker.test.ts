import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDealings } from '../../db/dealings.ts'
import { killNow, startProcess, type StartedProcess } from '../../runtime/processes.ts'
import { serviceEnvironment } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { peopleOf, walkedTo, type People } from '../support/walk.ts'
import { bundleWithLoans } from './bundle.ts'
import { lend, toldOf } from './lending.ts'
import { migrations, processes } from './processes/index.ts'

/** A worker that keeps loans, killed. */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal({ kept: { processes, migrations, bundle: await bundleWithLoans() } })
  people = await peopleOf(office)
  await office.stopWorker()
}, 120_000)
afterAll(async () => {
  await kill()
  await office.close()
})

it('FAULT-3: a worker is killed right after a device came back: its ticket is told once all the same', async () => {
  await startWorker()
  const told: { readonly ticket: string; readonly loan: string }[] = []
  for (const _ of [1, 2, 3]) {
    const ticket = await walkedTo('handling', people)
    const loan = await lend(people, { parent: ticket })
    told.push({ ticket, loan })
    // Whoever writes the ticket's rows waits for this, and so what it is told cannot be done before the worker is dead.
    await office.db.transaction().execute(async (trx) => {
      await sql`select number from tickets where number = ${ticket} for update`.execute(trx)
      expect((await people.engineer.post(`/api/loans/${loan}/give-back`, { condition: '完好' })).status).toBe(200)
      expect(await openDealings(office.db, loan)).toMatchObject([{ kind: 'tell', target: ticket }])
      await kill()
      expect(await openDealings(office.db, loan)).toHaveLength(1)
    })
    await startWorker()
  }
  for (const { ticket, loan } of told) {
    await until(async () => ((await toldOf(people, ticket, loan)).length > 0 ? true : undefined))
    expect(await toldOf(people, ticket, loan)).toMatchObject([{ actor: 'system', remark: '完好' }])
  }
})

let running: StartedProcess | undefined

async function kill() {
  if (running) killNow(running.identity)
  await running?.exited
}

async function startWorker(): Promise<void> {
  const started = await startProcess({
    command: process.execPath,
    args: ['--import', 'tsx', fileURLToPath(new URL('worker.ts', import.meta.url))],
    env: serviceEnvironment(office.config),
    logFile: join(office.config.dataDir, 'loans.log'),
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    channel: true,
  })
  running = started
  await new Promise<void>((resolve, reject) => {
    started.child.once('message', () => resolve())
    void started.exited.then((end) => reject(new Error(`the worker ended (${end})`)))
  })
}

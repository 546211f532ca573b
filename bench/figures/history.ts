import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '@temporalio/client'
import pg from 'pg'
import { bareLife } from '../baseline/bare.ts'
import type { Figure } from '../harness/figure.ts'
import { withPair } from '../harness/pair.ts'
import { median, rounded, timed } from '../harness/rounds.ts'
import { inHand, stepsOfLife, wholeLife } from '../harness/tickets.ts'
import type { Office } from '../harness/world.ts'

/** What a life leaves: events and bytes in Temporal's history, bytes in Postgres; and a worker's memory for a ticket it keeps. */
export const history: Figure = async ({ world, say, report, quick }) => {
  await withPair(world, 'history', async ({ office, desk, worker, bare, bareWorker }) => {
    const lives = quick ? 10 : 40
    const before = await bytesOfRows(office)
    await timed(lives, 10, () => wholeLife(desk))
    const rows = ((await bytesOfRows(office)) - before) / lives
    const handles = await Promise.all(Array.from({ length: lives }, () => bareLife(bare, bareSteps)))
    const described = async (namespace: string, ids: readonly string[]) => {
      const { workflow } = new Client({ connection: bare.client.connection, namespace })
      return Promise.all(ids.map((id) => workflow.getHandle(id).describe()))
    }
    const ours = await described(office.namespace, await numbersIn(office))
    const baseline = await described(world.namespace, handles)
    const figure = (name: string, unit: string, mine: number, bares: number) =>
      report({ name: `history.${name}`, unit, ours: rounded(mine), baseline: rounded(bares), ratio: rounded(mine / bares), lives })
    const steps = { updatesOurs: stepsOfLife, updatesBaseline: bareSteps }
    say(`a life of ours is ${steps.updatesOurs} Updates, of the baseline ${steps.updatesBaseline}`)
    figure(
      'events',
      'events/life',
      median(ours.map(({ historyLength }) => historyLength)),
      median(baseline.map(({ historyLength }) => historyLength)),
    )
    figure('temporal', 'bytes/life', median(ours.map(sizeOf)), median(baseline.map(sizeOf)))
    report({
      name: 'history.postgres',
      unit: 'bytes/life',
      ours: rounded(rows),
      baseline: 0,
      ratio: 0,
      lives,
      includes: 'indexes and dead rows',
    })

    // As many as fit into the cache, in the hands of their engineers.
    const kept = quick ? 40 : 300
    say(`keeping ${kept} tickets and ${kept} bare workflows in memory`)
    const memory = async (pid: number, keep: () => Promise<unknown>) => {
      const empty = residentBytes(pid)
      await timed(kept, 20, keep)
      await sleep(settleMs)
      return (residentBytes(pid) - empty) / kept
    }
    const ofTicket = await memory(worker.identity.pid, () => inHand(desk))
    const ofBare = await memory(bareWorker.identity.pid, async () => {
      const handle = await bare.start(bareSteps)
      await handle.query('__temporal_workflow_metadata')
    })
    report({
      name: 'history.memory',
      unit: 'bytes/cached workflow',
      ours: rounded(ofTicket),
      baseline: rounded(ofBare),
      ratio: rounded(ofTicket / ofBare),
      kept,
    })
  })
}

const bareSteps = 6
const settleMs = 2_000

function sizeOf({ historySize }: { readonly historySize?: number }): number {
  return historySize ?? 0
}

async function bytesOfRows({ databaseUrl }: Office): Promise<number> {
  const [row] = await query<{ bytes: string }>(
    databaseUrl,
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  return Number(row?.bytes)
}

async function numbersIn({ databaseUrl }: Office): Promise<string[]> {
  return (await query<{ number: string }>(databaseUrl, 'select number from tickets')).map(({ number }) => number)
}

async function query<R extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<R>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Memory of a process that is not swapped out; Linux only. */
function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1_024
}

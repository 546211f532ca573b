import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Office } from './world.ts'

/** Returns when the workflow of every ticket taken in so far is noted as started. */
export async function allStarted({ databaseUrl }: Pick<Office, 'databaseUrl'>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    while ((await client.query('select from tickets where workflow_started_at is null limit 1')).rowCount !== 0) await sleep(pauseMs)
  } finally {
    await client.end()
  }
}

const pauseMs = 100

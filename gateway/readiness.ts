import type { Kysely } from 'kysely'
import { missingMigrations } from '../db/migrate.ts'
import type { Database } from '../db/schema.ts'
import type { Gateway } from './gateway.ts'

/** Whether a process can do its work, and what it lacks. What is away is named; why is for the log, since reasons name hosts. */
export interface Readiness {
  readonly status: 'ok' | 'not ready' | 'stopping'
  readonly postgres: 'ok' | 'away'
  readonly temporal: 'ok' | 'away'
  /** `missing`: this version needs `bihuan migrate` first. */
  readonly migrations: 'ok' | 'missing' | 'unknown'
}

interface Probed {
  readonly db: Kysely<Database>
  readonly gateway: Pick<Gateway, 'reachable'>
  /** Whether the process has been told to end: it finishes what it has, and wants nothing new. */
  readonly stopping?: () => boolean
}

/** Asks Postgres and Temporal. Answers within two seconds, whatever hangs: longer waits look like a hanging service to whoever probes. */
export function createReadiness({ db, gateway, stopping = () => false }: Probed): () => Promise<Readiness> {
  return async () => {
    const [migrations, temporal] = await Promise.all([within(probeMs, askPostgres()), gateway.reachable()])
    const postgres = migrations === 'unknown' ? 'away' : 'ok'
    const ready = migrations === 'ok' && temporal.ok
    return {
      status: stopping() ? 'stopping' : ready ? 'ok' : 'not ready',
      postgres,
      temporal: temporal.ok ? 'ok' : 'away',
      migrations,
    }
  }

  /** One query tells both whether the database answers and what it lacks. */
  async function askPostgres(): Promise<Readiness['migrations']> {
    try {
      return (await missingMigrations(db)).length === 0 ? 'ok' : 'missing'
    } catch {
      return 'unknown'
    }
  }
}

const probeMs = 2_000

function within(ms: number, asked: Promise<Readiness['migrations']>): Promise<Readiness['migrations']> {
  return Promise.race([asked, new Promise<'unknown'>((resolve) => setTimeout(() => resolve('unknown'), ms).unref())])
}

import type { Kysely } from 'kysely'
import { missingForTypes, type KeptType } from '../db/kept-types.ts'
import { missingMigrations } from '../db/migrate.ts'
import type { Database } from '../db/schema.ts'
import type { Gateway } from './gateway.ts'

/** Whether a process can do its work, and what it lacks. What is away is named; why is for the log, since reasons name hosts. */
export interface Readiness {
  readonly status: 'ok' | 'not ready' | 'stopping'
  readonly postgres: 'ok' | 'away'
  readonly temporal: 'ok' | 'away'
  /** `missing`: this version, with the types that it keeps, needs `bihuan migrate` first. */
  readonly migrations: 'ok' | 'missing' | 'unknown'
}

interface Probed {
  readonly db: Kysely<Database>
  /** The types that it keeps. */
  readonly processes: readonly KeptType[]
  readonly gateway: Pick<Gateway, 'reachable'>
  /** Whether the process has been told to end: it finishes what it has, and wants nothing new. */
  readonly stopping?: () => boolean
}

/** Asks Postgres and Temporal. Answers within two seconds, whatever hangs: longer waits look like a hanging service to whoever probes. */
export function createReadiness({ db, processes, gateway, stopping = () => false }: Probed): () => Promise<Readiness> {
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

  /** What tells whether the database answers tells what it lacks. */
  async function askPostgres(): Promise<Readiness['migrations']> {
    try {
      const missing = [...(await missingMigrations(db)), ...(await missingForTypes(db, processes))]
      return missing.length === 0 ? 'ok' : 'missing'
    } catch {
      return 'unknown'
    }
  }
}

const probeMs = 2_000

function within(ms: number, asked: Promise<Readiness['migrations']>): Promise<Readiness['migrations']> {
  return Promise.race([asked, new Promise<'unknown'>((resolve) => setTimeout(() => resolve('unknown'), ms).unref())])
}

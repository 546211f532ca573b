import { Socket } from 'node:net'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'
import { statementName } from './statement.ts'

export interface ConnectOptions {
  /** Most connections at once. Postgres allows 100 by default, for every process together. */
  readonly poolSize?: number
  /** How long to wait for a free or new connection before the database counts as away. */
  readonly connectTimeoutMs?: number
  /** How long one statement may run; 0 for no limit. */
  readonly statementTimeoutMs?: number
  /** Name in `pg_stat_activity`. */
  readonly applicationName?: string
  /** Told of a connection that broke; the pool opens another one by itself. */
  readonly onBrokenConnection?: (error: Error) => void
}

/**
 * A database handle with its pool. Opens no connection yet: the first query does, and rejects with an error that
 * {@link isDatabaseAway} knows when there is no server. `destroy()` closes it.
 */
export function connect(url: string, options: ConnectOptions = {}): Kysely<Database> {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000
  const pool = new pg.Pool({
    connectionString: url,
    stream: () => impatientSocket(statementTimeoutMs),
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: statementTimeoutMs,
    // A transaction that its process forgot would hold its ticket's lock for ever.
    idle_in_transaction_session_timeout: 15_000,
    application_name: options.applicationName ?? 'bihuan',
    types: valueTypes(),
  })
  // The pool listens to a connection only while it is idle. One that breaks under a query is an event of its own besides
  // the query's error, and an error event that nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', (error) => options.onBrokenConnection?.(error)))
  pool.on('error', () => {})
  pool.on('connect', prepareStatements)
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** Has the connection's fixed statements prepared, by their names. */
function prepareStatements(client: pg.PoolClient): void {
  const { query } = client
  Object.defineProperty(client, 'query', {
    value(...args: readonly unknown[]): unknown {
      const [text, values] = args
      const name = typeof text === 'string' ? statementName(text) : undefined
      return Reflect.apply(query, client, name === undefined ? args : [{ name, text, values }])
    },
  })
}

/**
 * A connection to a server that hangs, or to a network that swallows everything, would keep its query waiting for ever:
 * the server ends a statement that takes too long, but only while it lives. Ending the connection, not just the query,
 * keeps a transaction left open on it from catching what others send. (Idle connections leave the pool sooner.)
 */
function impatientSocket(statementTimeoutMs: number): Socket {
  const socket = new Socket()
  if (statementTimeoutMs === 0) return socket
  const silenceMs = statementTimeoutMs + 5_000
  return socket.setTimeout(silenceMs, () => {
    socket.destroy(Object.assign(new Error(`the database has not said a word for ${silenceMs / 1_000} s`), { code: 'ETIMEDOUT' }))
  })
}

/**
 * Whether an error means that the database could not be reached or went away under the query: answer 503, nothing is
 * known to have happened, the same request may come again. Not for errors of the query itself.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // No socket file: a server on this machine that does not run.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true
  if (awayCodes.has(code) || code.startsWith('08') || awayMessages.test(error.message)) return true
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true
  return isDatabaseAway(error.cause)
}

const awayCodes: ReadonlySet<string> = new Set([
  // The way to the server.
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout, too_many_connections
  ...['57P01', '57P02', '57P03', '57P05', '53300'],
])

/** What pg and its pool say without a code. */
const awayMessages =
  /^Connection terminated|^timeout exceeded when trying to connect|not queryable|^timeout expired$|^Cannot use a pool after calling end|^Query read timeout|^driver has already been destroyed/

const oid = { bigint: 20, date: 1082, timestamptz: 1184 } as const

/** As pg parses, but instants are canonical text, dates stay dates, and whole numbers are numbers. */
function valueTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides()
  types.setTypeParser(oid.timestamptz, instant)
  types.setTypeParser(oid.bigint, wholeNumber)
  types.setTypeParser(oid.date, (text) => text)
  return types
}

/** `2023-10-01 06:30:00+00` → `2023-10-01T06:30:00.000Z`. Postgres' infinities stay as they are. */
function instant(text: string): string {
  if (text.endsWith('infinity')) return text
  // A year below 100 in another form than this is taken for one of our days.
  return new Date(text.startsWith('00') ? `${text.slice(0, 10)}T${text.slice(11)}:00` : text).toISOString()
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is more than a number can hold`)
  return value
}

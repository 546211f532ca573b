import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { madeOnce } from '../domain/memory.ts'
import type { Draft, ProcessState, Recorded } from '../workflows/process.ts'
import { noteDealings, wantDealings } from './dealings.ts'
import { json } from './json.ts'
import type { ProfileOf, ProcessTable } from './process-table.ts'
import { commonColumns, inPostgres } from './column-names.ts'
import { teamOfRow } from './heads.ts'
import { nextDueAt, projectedRows, type NoticesOf } from './projected-rows.ts'
import type { RequestIdentity, StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
import { inTransaction } from './transaction.ts'
import { rowLists, rowParts } from './write-rows.ts'

/** Everything that a registration writes. */
export interface ProcessIntake<S extends ProcessState = ProcessState, E extends Draft = Draft, F extends ProfileOf = ProfileOf> {
  /** Of which type it is. */
  readonly of: { readonly table: ProcessTable<S, E, F>; readonly process: { readonly notices: NoticesOf<S, E> } }
  readonly request: RequestIdentity
  readonly number: string
  /** What the form says beyond the state. */
  readonly form: F
  readonly state: S
  readonly event: Recorded<E>
  /** When its workflow is to be woken first. */
  readonly wakeAt: Instant | null
  readonly response: StoredResponse
}

/**
 * Writes new processes of one type with their first events and their requests with the answers, in one statement (one transaction where
 * they concern others), which is whole or not at all; the numbers of those written. A request that is done, or whose key serves another, is left out with its process.
 */
export async function writeIntakes(
  db: Kysely<Database>,
  table: ProcessTable,
  intakes: readonly ProcessIntake[],
): Promise<ReadonlySet<string>> {
  // In one order everywhere: two processes that are sent the same requests wait for each other's rows, but not in a circle.
  const sorted = intakes.toSorted((a, b) => (a.request.id < b.request.id ? -1 : 1))
  const ordered = amongEachOther(table, sorted)
  const rows = ordered.map(({ of, number, event, state }) => [number, projectedRows(table, [event], state, of.process.notices)] as const)
  const { search, beside } = table
  const besides = beside ? ordered.map(({ number, form }) => beside.lines(number, form)) : []
  const write = async (on: Kysely<Database>): Promise<ReadonlySet<string>> => {
    const written = await writing(table)(on, [
      json(ordered.map(requestLine)),
      json(ordered.map((intake) => rowLine(table, intake))),
      ...rowLists(rows),
      ...(search ? [json(ordered.map(({ number, form }) => search.line(number, form)))] : []),
      ...Array.from({ length: beside?.kinds ?? 0 }, (_, kind) => json(besides.flatMap((lines) => lines[kind] ?? []))),
    ])
    const numbers = new Set(written.map(({ number }) => number))
    for (const { number, event } of ordered) if (numbers.has(number)) await noteDealings(on, number, [event])
    return numbers
  }
  return wantDealings(ordered.map(({ event }) => event)) ? inTransaction(db, write) : write(db)
}

/** Those that are written together know of each other. */
function amongEachOther({ beside }: ProcessTable, intakes: readonly ProcessIntake[]): readonly ProcessIntake[] {
  if (!beside || intakes.length < 2) return intakes
  const [first] = intakes
  const forms = first?.of.table.beside?.among(intakes.map(({ form }) => form)) ?? []
  return intakes.map((intake, at) => ({ ...intake, form: forms[at] ?? intake.form }))
}

function requestLine({ request, number, event, response }: ProcessIntake) {
  return {
    id: request.id,
    caller: request.caller,
    key: request.key,
    route: request.route,
    body_hash: request.bodyHash,
    ticket: number,
    response_status: response.status,
    response: response.body,
    created_at: request.createdAt,
    done_at: event.at,
  }
}

/** The new row, by the names of its columns. */
function rowLine({ columns }: ProcessTable, { request, number, form, state, wakeAt }: ProcessIntake): Record<string, unknown> {
  const own = Object.entries(columns).flatMap(([name, column]): [string, unknown][] =>
    'made' in column ? [] : [[inPostgres(name), 'ofState' in column ? column.ofState(state) : column.ofForm(form)]],
  )
  return {
    ...Object.fromEntries(own),
    number,
    profile: form.profile,
    profile_version: form.profileVersion,
    stage: state.stage,
    next_due_at: nextDueAt(state),
    wake_at: wakeAt,
    version: state.version,
    state,
    request_id: request.id,
  }
}

/** Those that a new row has; its workflow is not started yet. */
const common = commonColumns.filter((column) => column !== 'workflowStartedAt').map(inPostgres)

const writing = madeOnce((table: ProcessTable) => statement<{ readonly number: string }>(textFor(table)))

function textFor(table: ProcessTable): string {
  const { name, columns, search, beside } = table
  const own = Object.entries(columns).flatMap(([column, how]) => ('made' in how ? [] : [inPostgres(column)]))
  const inserted = [...common, ...own]
  return `
  with
    request as (
      insert into requests as request (id, caller, key, route, body_hash, ticket, status, response_status, response, created_at, done_at)
      select id, caller, key, route, body_hash, ticket, 'done', response_status, response, created_at, done_at
      from jsonb_populate_recordset(null::requests, $1::jsonb)
      on conflict (caller, key) do update set status = excluded.status, response_status = excluded.response_status,
        response = excluded.response, done_at = excluded.done_at, ticket = excluded.ticket
      where request.id = excluded.id and request.status = 'pending'
      returning id),
    base as (
      insert into ${name} (${inserted.join(', ')})
      select ${inserted.map((column) => `t.${column}`).join(', ')}
      from jsonb_populate_recordset(null::${name}, $2::jsonb) as t join request on request.id = t.request_id
      returning number, 0 as version, ${teamOfRow(table)} as team),
    ${[rowParts(3, { begins: true }), ...(search ? [search.insert(8)] : []), ...(beside ? [beside.insert(search ? 9 : 8)] : [])].join(',')}
  select number from base`
}

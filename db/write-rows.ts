import { bulkKinds } from '../domain/notices/kinds.ts'
import { json } from './json.ts'
import type { ProjectedRows, StepResponse } from './projected-rows.ts'
import { fewLines } from './statement.ts'

/**
 * The inserts that intake and projection share, as parts of one statement: a step then costs one round trip and is whole
 * or not at all. Each part reads `base (number, version, team)`, the locked or just inserted tickets, and leaves out what
 * the rows have already, that is everything up to `base.version`. Their lists are the parameters from `first` on,
 * {@link rowLists}; a line says whose it is by `process`, unless there is one ticket only. Of one that `begins` nothing can be there:
 * a first event of its number is another process's, perhaps of another type, and the statement fails.
 */
export function rowParts(first: number, { begins = false } = {}): string {
  const lines = (at: number, name: string, columns: string) => `
      from base, jsonb_to_recordset($${first + at}::jsonb) as ${name} (process text, seq int, ${columns})
      where ${name}.seq > base.version and coalesce(${name}.process, base.number) = base.number`
  return `
    write_events as (
      insert into events (process, seq, type, at, occurred_at, actor, request_id, stage, data, promises)
      select base.number, e.seq, e.type, e.at, e."occurredAt", e.actor, e."requestId", e.stage, e.data, e.promises
      ${lines(0, 'e', 'type text, at timestamptz, "occurredAt" timestamptz, actor text, "requestId" text, stage text, data jsonb, promises jsonb')}
      ${begins ? '' : 'on conflict do nothing'}),
    write_promises as (
      insert into promises (process, clock, cycle, started_at, due_at, paused_minutes, state, stopped_at, recorded_late, provisional, seq)
      select base.number, p.clock, p.cycle, p."startedAt", p."dueAt", p."pausedMinutes", p.state, p."stoppedAt", p."recordedLate", p.provisional, p.seq
      ${lines(1, 'p', 'clock text, cycle int, "startedAt" timestamptz, "dueAt" timestamptz, "pausedMinutes" float8, state text, "stoppedAt" timestamptz, "recordedLate" bool, provisional bool')}
      on conflict (process, clock, cycle) do update set started_at = excluded.started_at, due_at = excluded.due_at,
        paused_minutes = excluded.paused_minutes, state = excluded.state, stopped_at = excluded.stopped_at,
        recorded_late = excluded.recorded_late, provisional = excluded.provisional, seq = excluded.seq),
    write_assignments as (
      insert into assignments (process, seq, at, manner, assignee, team, previous, reason, by)
      select base.number, a.seq, a.at, a.manner, a.assignee, coalesce(a.team, base.team), a.previous, a.reason, a.by
      ${lines(2, 'a', 'at timestamptz, manner text, assignee text, team text, previous text, reason text, by text')}
      on conflict do nothing),
    write_contacts as (
      insert into contacts (process, seq, type, at, occurred_at, channel, direction, reached, text, by)
      select base.number, c.seq, c.type, c.at, c."occurredAt", c.channel, c.direction, c.reached, c.text, c.by
      ${lines(3, 'c', 'type text, at timestamptz, "occurredAt" timestamptz, channel text, direction text, reached bool, text text, by text')}
      on conflict do nothing),
    write_notices as (
      insert into notices (process, seq, kind, recipient_kind, recipient_id, params, created_at, bulk)
      select base.number, n.seq, n.kind, n."recipientKind", n."recipientId", n.params, n.at, n.kind in (${bulkKinds.map((kind) => `'${kind}'`).join(', ')})
      ${lines(4, 'n', 'kind text, "recipientKind" text, "recipientId" text, params jsonb, at timestamptz')}
      on conflict do nothing)`
}

/** The parameters of {@link rowParts}: the lines of one ticket, or of several by their numbers. */
export function rowLists(rows: ProjectedRows | readonly (readonly [number: string, rows: ProjectedRows])[]): string[] {
  return lineKinds.map((kind) =>
    json('events' in rows ? rows[kind] : rows.flatMap(([process, own]) => own[kind].map((line) => ({ process, ...line })))),
  )
}

const lineKinds = ['events', 'promises', 'assignments', 'contacts', 'notices'] as const satisfies readonly (keyof ProjectedRows)[]

/** An answer for the row of a request. */
export interface Answer {
  readonly id: string
  readonly status: number
  readonly body: StepResponse
  readonly doneAt: string
}

/**
 * Stores answers with those requests that still wait for one, as `write_answered (id)`. Worded so that Postgres goes to
 * each request by its id: without the limit it expects a hundred and reads the whole table, and by `= 'pending'` it goes
 * through the sweeper's index of all that is, or was lately, pending.
 */
export function answerPart(at: number, most: number): string {
  return `
    write_answered as (
      update requests set status = 'done', response_status = a.status, response = a.body, done_at = a."doneAt", ticket = base.number
      from base, ${fewLines(at, 'a', 'id text, status int, body jsonb, "doneAt" timestamptz', most)}
      where requests.id = a.id and requests.status <> 'done'
      returning requests.id)`
}

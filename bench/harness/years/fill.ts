import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Database } from '../../../db/schema.ts'
import { instantOf } from '../../../domain/instant.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { copiesOf, firstDay, type Copy } from './copies.ts'
import { seedNumber, writeSeeds } from './seeds.ts'

/**
 * Fills a database with fourteen months of a desk: so many tickets that have ended, and some that have not. A few hundred lives are lived by
 * the process and written by the product; their rows are copied with other numbers, customers and instants, in the order in which they
 * would have been recorded, so that ranges of rows are ranges of time as in life.
 */
export async function fillYears(db: Kysely<Database>, databaseUrl: string, profileId: string, finished: number): Promise<Profile> {
  const profile = await writeSeeds(db, profileId, instantOf(Date.now()))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`set synchronous_commit = off`)
    for (const table of tables) await client.query(`create temp table seed_${table} as table ${table}`)
    await client.query(`truncate tickets, ticket_search, events, promises, assignments, contacts, notices, requests, notes`)
    const seeds = await seedsIn(client)
    const copies = copiesOf(new Map([...seeds].map(([number, events]) => [number, lifetimeOf(events)])), finished)
    await copyTickets(client, copies)
    await copyEvents(client, copies, seeds)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
  return profile
}

const tables = ['tickets', 'events', 'promises'] as const

interface SeedEvent {
  readonly seq: number
  readonly type: string
  readonly at: number
  readonly occurredAt: number
  readonly actor: string
  readonly requestId: string | null
  readonly stage: string
  readonly data: Text
  readonly promises: Text
}

/** A JSON text around the instants in it. */
interface Text {
  readonly pieces: readonly string[]
  readonly instants: readonly number[]
}

async function seedsIn(client: pg.Client): Promise<Map<string, SeedEvent[]>> {
  const { rows } = await client.query<Omit<SeedEvent, 'data' | 'promises'> & { process: string; data: string; promises: string }>(
    `select process, seq, type, extract(epoch from at)::float8 * 1000 as at, extract(epoch from occurred_at)::float8 * 1000 as "occurredAt",
      actor, request_id as "requestId", stage, data::text, promises::text from seed_events order by process, seq`,
  )
  const seeds = new Map<string, SeedEvent[]>()
  for (const { process, data, promises, ...event } of rows)
    seeds.set(process, [...(seeds.get(process) ?? []), { ...event, data: textOf(data), promises: textOf(promises) }])
  return seeds
}

function lifetimeOf(events: readonly SeedEvent[]) {
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last) throw new Error('a life has events')
  return { begins: first.at, ends: last.at }
}

const instantIn = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/

function textOf(json: string): Text {
  const parts = json.split(instantIn)
  return {
    pieces: parts.filter((_, place) => place % 2 === 0),
    instants: parts.filter((_, place) => place % 2 === 1).map((at) => Date.parse(at)),
  }
}

function shifted({ pieces, instants }: Text, shift: number): string {
  let text = pieces[0] ?? ''
  for (const [place, instant] of instants.entries()) text += `"${instantOf(instant + shift)}"${pieces[place + 1] ?? ''}`
  return text
}

/** Tickets and promises have nothing in JSON that anybody reckons with. A customer comes back five times, on average. */
async function copyTickets(client: pg.Client, copies: readonly Copy[]): Promise<void> {
  await client.query('create temp table copies (number text, seed text, shift interval, customer text)')
  await client.query(
    `insert into copies select number, seed, make_interval(secs => shift), 'customer-' || hashtext(number) % $4
    from unnest($1::text[], $2::text[], $3::float8[]) as copy (number, seed, shift)`,
    [
      copies.map(({ number }) => number),
      copies.map(({ seed }) => seedNumber(seed)),
      copies.map(({ shift }) => shift / 1_000),
      Math.ceil(copies.length / 5),
    ],
  )
  await copyRows(
    client,
    'tickets',
    {
      number: 'copies.number',
      request_id: `'copy-' || copies.number`,
      contact_keys: 'array[copies.customer]',
      ...moved('submitted_at', 'assigned_at', 'closed_at', 'next_due_at'),
    },
    'number',
    'seed.submitted_at + copies.shift, copies.number',
  )
  await copyRows(
    client,
    'promises',
    { process: 'copies.number', ...moved('started_at', 'due_at', 'stopped_at') },
    'process',
    'coalesce(seed.stopped_at, seed.started_at) + copies.shift',
  )
}

function moved(...columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, `seed.${column} + copies.shift`]))
}

async function copyRows(
  client: pg.Client,
  table: string,
  changed: Readonly<Record<string, string>>,
  key: string,
  order: string,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
    where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum`,
    [table],
  )
  const names = rows.map(({ name }) => name)
  await client.query(
    `insert into ${table} (${names.join(', ')}) select ${names.map((name) => changed[name] ?? `seed.${name}`).join(', ')}
    from copies join seed_${table} as seed on seed.${key} = copies.seed order by ${order}`,
  )
}

/** Hour by hour, in each in the order of recording. */
async function copyEvents(client: pg.Client, copies: readonly Copy[], seeds: ReadonlyMap<string, readonly SeedEvent[]>): Promise<void> {
  const hours: { copy: Copy; event: SeedEvent }[][] = []
  for (const copy of copies)
    for (const event of seeds.get(seedNumber(copy.seed)) ?? [])
      (hours[Math.floor((event.at + copy.shift - firstDay) / hourMs)] ??= []).push({ copy, event })
  let batch: { copy: Copy; event: SeedEvent }[] = []
  for (const hour of hours) {
    batch.push(...(hour ?? []).toSorted((one, other) => one.event.at + one.copy.shift - other.event.at - other.copy.shift))
    if (batch.length < atOnce) continue
    await insertEvents(client, batch)
    batch = []
  }
  await insertEvents(client, batch)
}

const hourMs = 3_600_000
/** Rows of one statement. */
const atOnce = 5_000

async function insertEvents(client: pg.Client, batch: readonly { copy: Copy; event: SeedEvent }[]): Promise<void> {
  const column = <T>(of: (one: { copy: Copy; event: SeedEvent }) => T) => batch.map(of)
  await client.query(
    `insert into events (process, seq, type, at, occurred_at, actor, request_id, stage, data, promises)
    select process, seq, type, to_timestamp(at), to_timestamp(occurred), actor, request, stage, data::jsonb, promises::jsonb
    from unnest($1::text[], $2::int[], $3::text[], $4::float8[], $5::float8[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
      as event (process, seq, type, at, occurred, actor, request, stage, data, promises)`,
    [
      column(({ copy }) => copy.number),
      column(({ event }) => event.seq),
      column(({ event }) => event.type),
      column(({ copy, event }) => (event.at + copy.shift) / 1_000),
      column(({ copy, event }) => (event.occurredAt + copy.shift) / 1_000),
      column(({ event }) => event.actor),
      column(({ event }) => event.requestId),
      column(({ event }) => event.stage),
      column(({ copy, event }) => shifted(event.data, copy.shift)),
      column(({ copy, event }) => shifted(event.promises, copy.shift)),
    ],
  )
}

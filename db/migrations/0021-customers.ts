import { sql, type Kysely } from 'kysely'

/** The directory of customers, and to whose entry a ticket belongs. Tickets of before are brought in by the worker, which has the keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table customers (
    id text collate "C" primary key, kind text collate "C" not null,
    name text, company text, organisation text collate "C" references customers, external_id text collate "C", login text collate "C",
    accounts text[] collate "C" not null default '{}', contacts jsonb not null default '[]', sealed_by text[] collate "C" not null default '{}',
    tier text collate "C", tags text[] collate "C" not null default '{}', internal boolean not null default false,
    text text not null default '', terms tsvector not null default '', made_from text collate "C",
    created_at timestamptz(3) not null, changed_at timestamptz(3) not null, erased_at timestamptz(3), version integer not null default 1)`,
  'create index customers_newest on customers (created_at desc, id desc)',
  'create index customers_members on customers (organisation) where organisation is not null',
  'create index customers_terms on customers using gin (terms)',
  'create index customers_tags on customers using gin (tags)',
  'create index customers_sealed_by on customers (sealed_by)',
  `create table customer_keys (
    key text collate "C" not null, customer text collate "C" not null references customers,
    sole boolean not null, first boolean not null, primary key (customer, key))`,
  'create index customer_keys_by_key on customer_keys (key)',
  // Of any number of registrations of one customer who is new, one makes the entry; the others find it.
  'create unique index customer_keys_first on customer_keys (key) where first',
  `create table customer_log (
    id bigint generated always as identity primary key, customer text collate "C" not null references customers,
    at timestamptz(3) not null, by text collate "C" not null, act text collate "C" not null, details jsonb not null)`,
  'create index customer_log_of on customer_log (customer, id)',
  'alter table tickets add column customer_entry text collate "C" references customers, add column entry_found text collate "C"',
  'create index tickets_of_customer on tickets (customer_entry, submitted_at desc, number desc) where customer_entry is not null',
  'create index tickets_without_entry on tickets (submitted_at, number) where entry_found is null',
]

import { sql, type Kysely } from 'kysely'

const id = 'text collate "C"'

/** The table of loans. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table loans (
        number ${id} primary key, profile ${id} not null, profile_version integer not null, stage ${id} not null,
        version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3),
        workflow_started_at timestamptz(3), request_id ${id} not null,
        device text not null, parent ${id}, assignee ${id}, requester ${id}, team ${id} not null,
        lent_at timestamptz(3) not null, returned_at timestamptz(3),
        calendar ${id} generated always as (state -> 'calendar' ->> 'id') stored,
        calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored)`,
    )
    .execute(db)
}

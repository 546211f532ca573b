import { sql, type Kysely } from 'kysely'

/** How often a caller has done what is limited by the day, since when. One row a caller and kind, however often it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table allowances (
        caller text not null references people,
        kind text not null,
        since timestamptz not null,
        used integer not null,
        primary key (caller, kind)
      )`,
    )
    .execute(db)
}

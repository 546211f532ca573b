import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { madeOnce } from '../domain/memory.ts'
import { hasEndedText, type Headed } from './heads.ts'
import type { ProcessTable } from './process-table.ts'
import type { Database, Head } from './schema.ts'
import { statement } from './statement.ts'

/** Which processes have a workflow, as far as the rows know. */

/** What it takes to start a workflow. */
export type UnstartedProcess = Pick<Head, 'number' | 'processType' | 'profile' | 'profileVersion' | 'startedAt' | 'version' | 'state'>

/** Processes begun before `olderThan` whose workflow is not known to run, oldest first: Temporal was away, or the gateway died. */
export async function unstartedProcesses(
  db: Kysely<Database>,
  { types, olderThan, limit }: { readonly types: readonly string[]; readonly olderThan: Instant; readonly limit: number },
): Promise<UnstartedProcess[]> {
  return db
    .selectFrom('processes')
    .select(['number', 'processType', 'profile', 'profileVersion', 'startedAt', 'version', 'state'])
    .where('processType', 'in', types)
    .where('workflowStartedAt', 'is', null)
    .where('startedAt', '<', olderThan)
    .orderBy('startedAt')
    .limit(limit)
    .execute()
}

/**
 * Notes that workflows run, of processes of a type by their numbers. One whose row does not say when to wake it is woken now, and
 * tells, unless it has ended: the row may be of a release that woke nobody. It need not be flushed to disk: what is lost is started again, which leaves a
 * workflow that runs as it is.
 */
export async function markWorkflowsStarted(db: Kysely<Database>, type: Headed, numbers: readonly string[], at: Instant): Promise<void> {
  await markingOf(type)(db, [numbers, at])
}

const markingOf = madeOnce(({ process: { stages }, table }: Headed) =>
  statement(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  update ${table.name} set workflow_started_at = $2::timestamptz,
    wake_at = coalesce(wake_at, case when ${hasEndedText(stages)} then null else $2::timestamptz end)
  from unflushed where number = any($1::text[]) and workflow_started_at is null`),
)

/**
 * Forgets that the workflows of processes were started that have not ended, or have still something to do with others, so that the
 * sweeper starts each that does not run, from its rows. For a Temporal that has lost them; one that has them keeps them as they are. Of all
 * processes, or of those numbers. How many processes.
 */
export async function forgetWorkflows(
  db: Kysely<Database>,
  tables: readonly Pick<ProcessTable, 'name'>[],
  numbers?: readonly string[],
): Promise<number> {
  let forgotten = 0
  for (const { name } of tables) {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.table(name)} set workflow_started_at = null
      where workflow_started_at is not null ${numbers === undefined ? sql`` : sql`and number = any(${numbers})`}
        and (number in (select number from processes where not ended) or number in (select process from dealings where ask is not null))`.execute(
      db,
    )
    forgotten += Number(numAffectedRows)
  }
  return forgotten
}

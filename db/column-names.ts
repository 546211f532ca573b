/** What a column is called in Postgres: `nextDueAt` → `next_due_at` */
export function inPostgres(column: string): string {
  return column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What the row of every process has under the same name, written by the same rules. */
export const commonColumns = [
  'number',
  'profile',
  'profileVersion',
  'stage',
  'version',
  'state',
  'nextDueAt',
  'wakeAt',
  'workflowStartedAt',
  'requestId',
] as const
export type CommonColumns = (typeof commonColumns)[number]

/** What a column is called in Postgres: `nextDueAt` → `next_due_at` */
export function inPostgres(column: string): string {
  return column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

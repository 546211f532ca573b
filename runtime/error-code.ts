/** Whether an error is that one of the system's (`ENOENT`) or of Postgres' (`42P01`). */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

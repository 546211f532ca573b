import type { DocumentError } from '../domain/document/open.ts'

/** Says what is wrong with a document people wrote, one line each as compilers do, and lets the command end with 1. */
export function reportFaults(file: string, errors: readonly DocumentError[]): void {
  for (const line of faultLines(file, errors)) console.error(line)
  process.exitCode = 1
}

/** `week.yaml:7: week.mon[0]: "morning" is no span of time …` */
export function faultLines(file: string, errors: readonly DocumentError[]): string[] {
  return errors.map(
    ({ path, line, reason }) => `${file}:${line === undefined ? '' : `${line}:`} ${path === '' ? '' : `${path}: `}${reason}`,
  )
}

import type { DocumentError } from '../domain/document/open.ts'
import { said, type Locale } from '../domain/labels.ts'
import type { DocumentWarning } from '../domain/profile/warned.ts'

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

/** Says what a document would let people forget, one line each; `strict`: the command ends with 1. */
export function reportWarnings(file: string, warnings: readonly DocumentWarning[], locale: Locale, strict: boolean): void {
  for (const { path, line, text, remedy } of warnings)
    console.error(`${file}:${line === undefined ? '' : `${line}:`} ${warning[locale]}${path}: ${text}${semicolon[locale]}${remedy}`)
  if (strict && warnings.length > 0) process.exitCode = 1
}

const warning = said('警告：', '警告：', 'warning: ')
const semicolon = said('；', '；', '; ')

import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hasCode } from './error-code.ts'

/** Writes the whole file or nothing: a reader never sees half of it, a crash never leaves half of it. */
export function writeFileAtomically(path: string, content: string, mode: number): void {
  const staged = stage(path, content, mode)
  renameSync(staged, path)
}

/** Writes the whole file unless there is one already; says whether it did. Of several at once, one does. */
export function createFileAtomically(path: string, content: string, mode: number): boolean {
  const staged = stage(path, content, mode)
  try {
    linkSync(staged, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(staged, { force: true })
  }
}

/** The last lines of a log, for whoever has to tell why a process ended. */
export function endOf(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : '(nothing)'
}

function stage(path: string, content: string, mode: number): string {
  const staged = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(staged, content, { mode, flush: true })
  return staged
}

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { writeFileAtomically } from '../../runtime/files.ts'

export const processIdentity = z.object({ pid: z.number().int(), startedAt: z.string() })

const runFile = z.object({
  /** URL of the API. */
  api: z.string(),
  /** `host:port` */
  temporal: z.string(),
  /** URL of the UI; null when Temporal is not ours. */
  temporalUi: z.string().nullable(),
  /** URL with user and password: the file is readable by its owner alone. */
  postgres: z.string(),
  pids: z.record(z.string(), processIdentity),
})

/** Where everything is while a launcher runs on the data folder; the file is there exactly when all of it is ready. */
export type RunFile = z.infer<typeof runFile>

export function writeRunFile(path: string, content: RunFile): void {
  writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`, 0o600)
}

/** What the file says; undefined when there is none, or something else wrote it. */
export function readRunFile(path: string): RunFile | undefined {
  if (!existsSync(path)) return undefined
  try {
    return runFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

export function removeRunFile(path: string): void {
  rmSync(path, { force: true })
}

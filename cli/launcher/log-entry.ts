import { pino } from 'pino'
import { z } from 'zod'
import { own } from '../../domain/own.ts'

/** A log line as pino would have it: `level` 10 (trace) to 60 (fatal), `time` in milliseconds. */
export type LogEntry = { level: number; time: number; part: string; msg: string; [field: string]: unknown }

/** Understands the lines of our own services (pino), of Temporal (JSON) and of Postgres (text). */
export function entryOf(part: string, line: string): LogEntry {
  return fromJson(part, line) ?? (part === 'postgres' ? fromPostgres(line) : undefined) ?? plain(part, line)
}

const jsonLine = z.looseObject({
  level: z.union([z.number(), z.string()]),
  time: z.union([z.number(), z.string()]).optional(),
  msg: z.string().default(''),
})

function fromJson(part: string, line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  const parsed = jsonLine.safeParse(value)
  if (!parsed.success) return undefined
  const { level, time, ...rest } = parsed.data
  const instant = time === undefined ? Date.now() : new Date(time).getTime()
  const known = typeof level === 'number' ? level : (own(pino.levels.values, level.toLowerCase()) ?? 30)
  // Temporal warns of every poll that a stopped worker breaks off: only its errors concern the operator.
  return { ...rest, part, time: instant, level: part === 'temporal' && known < 50 ? 20 : known }
}

/** What Postgres calls ERROR is a statement that failed; whoever sent it reports it, if it matters. */
const postgresLevels: Readonly<Record<string, number>> = { WARNING: 40, ERROR: 20, FATAL: 50, PANIC: 60 }

function fromPostgres(line: string): LogEntry | undefined {
  const [, date, severity, msg] = /^(\S+ \S+) UTC \[\d+\] (\w+): (.*)$/.exec(line) ?? []
  if (date === undefined || severity === undefined) return undefined
  // Its answer to whoever asks whether it is ready yet.
  const starting = msg?.trimStart().startsWith('the database system is') ?? false
  return {
    level: starting ? 20 : (own(postgresLevels, severity) ?? 20),
    time: new Date(`${date.replace(' ', 'T')}Z`).getTime(),
    part: 'postgres',
    msg: msg?.trimStart() ?? '',
  }
}

/** Temporal and Postgres print a banner; from our own services a bare line is a crash. */
function plain(part: string, line: string): LogEntry {
  return { level: part === 'api' || part === 'worker' ? 50 : 20, time: Date.now(), part, msg: line }
}

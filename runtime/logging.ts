import { pino, type DestinationStream, type Logger } from 'pino'
import pretty from 'pino-pretty'
import type { LogLevel } from './config.ts'
import { currentTrace } from './trace.ts'

export type { Logger } from 'pino'

/**
 * The log of one part (`api`, `worker` …) on standard output: readable on a terminal, one JSON object a line elsewhere.
 * Credentials and contacts are left out wherever they stand in a logged object; never write them into the message. Lines
 * written for a request carry its trace.
 */
export function createLogger(part: string, level: LogLevel, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { part },
    redact: { paths: redacted, censor: '[redacted]' },
    mixin: () => ({ ...currentTrace() }),
  }
  if (to) return pino(options, to)
  return process.stdout.isTTY ? pino(options, pretty(readable(true))) : pino(options)
}

/** How a log object becomes a line that people read. */
export function readable(colour: boolean): pretty.PrettyOptions {
  return {
    colorize: colour,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,part',
    messageFormat: '{part}: {msg}',
    singleLine: true,
    sync: true,
  }
}

const secrets = [
  'authorization',
  'Authorization',
  'cookie',
  'password',
  'token',
  'tokens',
  'key',
  'phone',
  'email',
  'contact',
  'databaseUrl',
  'smtpUrl',
]

/** A wildcard matches one level, so each depth that our log objects have is listed. */
const redacted = ['', '*.', '*.*.'].flatMap((depth) => secrets.map((name) => `${depth}${name}`))

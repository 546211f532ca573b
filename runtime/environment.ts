import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { own } from '../domain/own.ts'

/** Reading the environment: all that is wrong with it is told at once, and no secret with it. */

export type Environment = Readonly<Record<string, string | undefined>>

/** The environment is wrong; the message names each variable, what is wrong with it and the remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads what a schema asks for.
 * @throws ConfigError
 */
export function fromEnvironment<T>(schema: z.ZodType<T>, env: Environment): T {
  const given = givenIn(env)
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw unusable(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '')
      const value = own(given, name)
      if (value === undefined) return `${name} ${own(whenMissing, name) ?? issue.message}`
      return secret.has(name) ? `${name} ${issue.message}` : `${name} is "${value}": it ${issue.message}`
    }),
  )
}

/** What to do about a variable that has no default and is not there. */
const whenMissing: Readonly<Record<string, string>> = {
  TEMPORAL_ADDRESS: 'is not set. Give the Temporal server as host:port, or run `bihuan start`, which brings its own',
  DATABASE_URL:
    'is not set. Give the Postgres database as postgres://user:password@host:5432/bihuan, or run `bihuan start`, which brings its own',
  BIHUAN_KEY: 'is not set. Every api and worker needs the same one: base64 of 32 bytes. Make one with: openssl rand -base64 32',
}

/** Values that a message must never repeat. */
const secrets = ['BIHUAN_KEY', 'BIHUAN_UI_CODEC_SECRET', 'DATABASE_URL', 'SMTP_URL'] as const
const secret: ReadonlySet<string> = new Set(secrets)

/** The names under which a variable can be given: a secret may stand in a file. */
export function namesOf(variable: string): string[] {
  return secret.has(variable) ? [variable, `${variable}_FILE`] : [variable]
}

/**
 * The variables as given: without the empty ones (compose files and CI pass `NAME=` for "not set"), and with each secret
 * that stands in a file, named by `…_FILE`, read from there.
 */
function givenIn(env: Environment): Record<string, string> {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])))
  for (const name of secrets) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    if (given[name] !== undefined) throw unusable([`${name} and ${name}_FILE are both set: leave one of them out`])
    try {
      given[name] = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).trim()
    } catch (error) {
      throw unusable([`${name}_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`])
    }
    if (given[name] === '') throw unusable([`${name}_FILE names ${file}, which is empty`])
  }
  return given
}

function unusable(problems: readonly string[]): ConfigError {
  return new ConfigError(`The environment is not usable.\n${problems.map((line) => `  - ${line}.`).join('\n')}`)
}

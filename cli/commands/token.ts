import { Command } from 'commander'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import { columns, pad } from '../terminal-text.ts'

export function tokenCommand(): Command {
  return new Command('token').description('tokens for the API').addCommand(create()).addCommand(list()).addCommand(revoke())
}

function create(): Command {
  return new Command('create')
    .description('make a token for a person and print it, this once')
    .requiredOption('--person <id>', 'whose token it is')
    .option('--label <text>', 'what it is for', 'command line')
    .option('--expires <when>', 'when it ends: a duration (P90D), an instant (2027-01-31T18:00:00+08:00), or never', 'P90D')
    .action(({ person, label, expires }: { person: string; label: string; expires: string }) =>
      onDatabase(async (db) => {
        const { findPerson } = await import('../../db/people.ts')
        const { createToken } = await import('../../db/tokens.ts')
        const end = await expiryOf(expires)
        const found = await findPerson(db, person)
        if (!found) throw new Error(`There is nobody with the id "${person}". GET /api/people lists everybody who works here.`)
        if (!found.active)
          throw new Error(
            `"${person}" is no longer active, so a token would open nothing. Set active: true with \`bihuan people install\` first.`,
          )
        console.log(await createToken(db, person, label, await now(), end))
        // Beside the token, which a script reads.
        console.error(end === null ? 'It never ends by itself: revoke it when it is no longer needed.' : `It ends ${end}.`)
      }),
    )
}

function list(): Command {
  return new Command('list')
    .description('the tokens there are, with when each was last used and until when it is valid')
    .option('--person <id>', 'of this person alone')
    .action(({ person }: { person?: string }) =>
      onDatabase(async (db) => {
        const { listTokens } = await import('../../db/tokens.ts')
        const at = await now()
        const rows = (await listTokens(db, person)).map(({ id, label, createdAt, lastUsedAt, expiresAt, revokedAt, ...whose }) => [
          id,
          whose.person,
          label,
          createdAt.slice(0, 10),
          lastUsedAt?.slice(0, 13).replace('T', ' ').concat('h') ?? 'never',
          revokedAt
            ? `revoked ${revokedAt.slice(0, 10)}`
            : expiresAt === null
              ? 'no end'
              : `${expiresAt <= at ? 'ended' : 'until'} ${expiresAt.slice(0, 10)}`,
        ])
        if (rows.length === 0) console.log('There are no tokens.')
        else for (const line of aligned([['id', 'person', 'label', 'made', 'last used (UTC)', 'valid'], ...rows])) console.log(line)
      }),
    )
}

function revoke(): Command {
  return new Command('revoke')
    .description('end tokens at once')
    .argument('[id]', 'the token, as `token list` names it')
    .option('--person <id>', 'instead: all tokens of this person')
    .action((id: string | undefined, { person }: { person?: string }) =>
      onDatabase(async (db) => {
        const { findToken, revokeTokens } = await import('../../db/tokens.ts')
        if ((id === undefined) === (person === undefined)) throw new Error('Say which token, or --person for all of a person; not both.')
        const found = id === undefined ? undefined : await findToken(db, id)
        if (id !== undefined && !found) throw new Error(`There is no token "${id}". \`bihuan token list\` shows them.`)
        const ended = await revokeTokens(db, { person: found?.person ?? person ?? '', ...(id !== undefined && { id }) }, await now())
        console.log(ended === 0 ? 'Nothing to revoke: no such token is valid.' : `Revoked: ${ended}.`)
      }),
    )
}

async function onDatabase(work: (db: Kysely<Database>) => Promise<void>): Promise<void> {
  const { databaseInUse } = await import('../database-in-use.ts')
  const { connect } = await import('../../db/connect.ts')
  const db = connect(databaseInUse(), { poolSize: 1, applicationName: 'bihuan-token' })
  try {
    await work(db)
  } finally {
    await db.destroy()
  }
}

/** When a token ends; null: never. */
async function expiryOf(text: string): Promise<Instant | null> {
  if (text === 'never') return null
  const { durationMs, durationSchema, epochMs, instantSchema, plus } = await import('../../domain/instant.ts')
  const duration = durationSchema.safeParse(text)
  const at = await now()
  const tooFar = new Error(`--expires ${text}: that is too far away. Give ten years at most (P3653D), or never.`)
  if (duration.success && durationMs(duration.data) > tenYears) throw tooFar
  const instant = duration.success ? plus(at, duration.data) : instantSchema.safeParse(text).data
  if (instant === undefined)
    throw new Error(`--expires ${text}: write a duration such as P90D, an instant such as 2027-01-31T18:00:00+08:00, or never.`)
  if (instant <= at) throw new Error(`--expires ${text}: that is over already.`)
  if (epochMs(instant) - epochMs(at) > tenYears) throw tooFar
  return instant
}

/** A slip of the keys beyond it; a token that is to last says never. */
const tenYears = 3_653 * 86_400_000

async function now(): Promise<Instant> {
  const { instantOf } = await import('../../domain/instant.ts')
  const { systemClock } = await import('../../runtime/clock.ts')
  return instantOf(systemClock.now().getTime())
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => columns(row[at] ?? '')))) ?? []
  return rows.map((row) =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

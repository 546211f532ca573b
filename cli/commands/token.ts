import { Command } from 'commander'

export function tokenCommand(): Command {
  return new Command('token').description('tokens for the API').addCommand(
    new Command('create')
      .description('make a token for a person and print it, this once')
      .requiredOption('--person <id>', 'whose token it is')
      .option('--label <text>', 'what it is for', 'command line')
      .action(async ({ person, label }: { person: string; label: string }) => {
        const { databaseInUse } = await import('../database-in-use.ts')
        const { connect } = await import('../../db/connect.ts')
        const { findPerson } = await import('../../db/people.ts')
        const { createToken } = await import('../../db/tokens.ts')
        const { instantOf } = await import('../../domain/instant.ts')
        const { systemClock } = await import('../../runtime/clock.ts')
        const db = connect(databaseInUse(), { poolSize: 1, applicationName: 'bihuan-token' })
        try {
          if (!(await findPerson(db, person))) throw new Error(`There is nobody with the id "${person}". GET /api/people lists everybody.`)
          console.log(await createToken(db, person, label, instantOf(systemClock.now().getTime())))
        } finally {
          await db.destroy()
        }
      }),
  )
}

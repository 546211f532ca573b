import { Command } from 'commander'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database up to date: DATABASE_URL, or the one of the running `bihuan start`')
    .action(async () => {
      const { databaseInUse } = await import('../database-in-use.ts')
      const { migrateToLatest } = await import('../../db/migrate.ts')
      const applied = await migrateToLatest(databaseInUse())
      console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
    })
}

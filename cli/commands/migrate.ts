import { Command } from 'commander'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database up to date and install the shipped profiles: DATABASE_URL, or the one of the running `bihuan start`')
    .action(async () => {
      const { databaseInUse } = await import('../database-in-use.ts')
      const { bringUpToDate } = await import('../bring-up-to-date.ts')
      const { migrations, installed } = await bringUpToDate(databaseInUse())
      console.log(migrations.length === 0 ? 'The database is up to date.' : `Applied: ${migrations.join(', ')}`)
      if (installed.length > 0) console.log(`Installed: ${installed.join(', ')}`)
    })
}

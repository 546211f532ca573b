import { Command } from 'commander'

export function restartWorkflowsCommand(): Command {
  return new Command('restart-workflows')
    .description('after a restore: have the workers start, from the rows, the workflow of every open ticket that does not run')
    .action(async () => {
      const { databaseInUse } = await import('../database-in-use.ts')
      const { connect } = await import('../../db/connect.ts')
      const { forgetWorkflows } = await import('../../db/started-workflows.ts')
      const { processes } = await import('../../processes/index.ts')
      const db = connect(databaseInUse(), { poolSize: 1, applicationName: 'bihuan-restart-workflows' })
      try {
        console.log(
          `Open tickets: ${await forgetWorkflows(
            db,
            processes.map(({ table }) => table),
          )}. The workers start those that do not run, 200 every few seconds.`,
        )
      } finally {
        await db.destroy()
      }
    })
}

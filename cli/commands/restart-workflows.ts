import { Command } from 'commander'

export function restartWorkflowsCommand(): Command {
  return new Command('restart-workflows')
    .description(
      'after a restore: have the workers start, from the rows, the workflow of every process that does not run and has not ended, or has still something to do with others',
    )
    .action(async () => {
      const { databaseInUse } = await import('../database-in-use.ts')
      const { connect } = await import('../../db/connect.ts')
      const { forgetWorkflows } = await import('../../db/started-workflows.ts')
      const { processes } = await import('../../processes/index.ts')
      const db = connect(databaseInUse(), { poolSize: 1, applicationName: 'bihuan-restart-workflows' })
      try {
        console.log(
          `To be looked at: ${await forgetWorkflows(
            db,
            processes.map(({ table }) => table),
          )}. The workers start those processes that do not run, 200 every few seconds.`,
        )
      } finally {
        await db.destroy()
      }
    })
}

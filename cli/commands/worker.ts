import { Command } from 'commander'

export function workerCommand(): Command {
  return new Command('worker')
    .description('run workflows and activities and send notices, against TEMPORAL_ADDRESS and DATABASE_URL')
    .action(async () => {
      const { runService } = await import('../service.ts')
      await runService('worker', async (config, log) => (await import('../../worker/main.ts')).runWorker(config, log))
    })
}

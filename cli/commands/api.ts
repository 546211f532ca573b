import { Command } from 'commander'

export function apiCommand(): Command {
  return new Command('api').description('serve the HTTP API, against TEMPORAL_ADDRESS and DATABASE_URL').action(async () => {
    const { runService } = await import('../service.ts')
    await runService('api', async (config, log) => (await import('../../api/main.ts')).runApi(config, log))
  })
}

import { Command } from 'commander'

export function startCommand(): Command {
  return new Command('start')
    .description('start everything on this machine: Postgres, Temporal, the worker and the API')
    .option('--demo-people', 'make the demo people also in a database given by DATABASE_URL')
    .option('--watch', 'start the worker and the API anew whenever a source changes')
    .action(async (options: { demoPeople?: boolean; watch?: boolean }) => {
      const { launch } = await import('../launcher/launcher.ts')
      await launch({ demoPeople: options.demoPeople ?? false, watch: options.watch ?? false })
      // Everything is stopped; a fetch that a stop broke off must not keep the process.
      process.exit(0)
    })
}

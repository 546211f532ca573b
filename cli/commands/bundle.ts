import { Command } from 'commander'

export function bundleCommand(): Command {
  return new Command('bundle')
    .description('bundle the workflows ahead, in the folder of the product, so that its workers start sooner')
    .action(async () => {
      const { prebuiltDir, workflowBundle } = await import('../../worker/bundle.ts')
      const { createLogger } = await import('../../runtime/logging.ts')
      await workflowBundle(prebuiltDir, createLogger('bundle', 'info'))
      console.log(`The bundle is in ${prebuiltDir}.`)
    })
}

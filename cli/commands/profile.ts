import { Command } from 'commander'
import type { Encoding } from '../../domain/document/encoding.ts'
import { encodingOption, readTextFile } from '../text-file.ts'

export function profileCommand(): Command {
  return new Command('profile').description('process profiles').addCommand(
    new Command('check')
      .description('say what is wrong with a profile, each with line, path and reason; ends with 1 when anything is')
      .argument('<file>', 'the profile, YAML or JSON')
      .addOption(encodingOption())
      .action(async (file: string, { encoding }: { encoding: Encoding }) => {
        const { parseProfile } = await import('../../domain/profile/load.ts')
        const result = parseProfile((await readTextFile(file, encoding)).text, { format: file.endsWith('.json') ? 'json' : 'yaml' })
        if (result.ok) {
          console.log(`${file}: good. Whether its calendar and teams are there is looked up when it is installed.`)
          return
        }
        const { reportFaults } = await import('../document-report.ts')
        reportFaults(file, result.errors)
      }),
  )
}

import { Command } from 'commander'
import type { Encoding } from '../../domain/document/encoding.ts'
import { encodingOption } from '../text-file.ts'

export function profileCommand(): Command {
  return new Command('profile').description('process profiles').addCommand(
    new Command('check')
      .description('say what is wrong with a profile, each with line, path and reason; ends with 1 when anything is')
      .argument('<file>', 'the profile, YAML or JSON; what it extends is looked for beside it, then among what ships')
      .addOption(encodingOption())
      .action(async (file: string, { encoding }: { encoding: Encoding }) =>
        (await import('../profile-check.ts')).checkFile(file, encoding),
      ),
  )
}

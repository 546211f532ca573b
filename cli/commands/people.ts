import { Command } from 'commander'
import type { Encoding } from '../../domain/document/encoding.ts'
import { encodingOption, readTextFile } from '../text-file.ts'

export function peopleCommand(): Command {
  return new Command('people').description('the people and teams of the organisation').addCommand(
    new Command('install')
      .description('add the people and teams of a document, or bring them up to date; others stay as they are')
      .argument('<file>', 'teams and people, YAML or JSON; - for standard input')
      .addOption(encodingOption())
      .action(async (file: string, { encoding }: { encoding: Encoding }) => {
        const { installOrganisation } = await import('../install-organisation.ts')
        const { databaseInUse } = await import('../database-in-use.ts')
        const { reportFaults } = await import('../document-report.ts')
        const { text } = await readTextFile(file, encoding)
        const installed = await installOrganisation(databaseInUse(), text)
        if (!installed.ok) return reportFaults(file, installed.errors)
        console.log(`Installed: ${installed.value.teams.length} teams, ${installed.value.people.length} people.`)
      }),
  )
}

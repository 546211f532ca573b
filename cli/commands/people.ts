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
        const { parseOrganisation } = await import('../../domain/organisation.ts')
        const { installOrganisation } = await import('../install-organisation.ts')
        const { databaseInUse } = await import('../database-in-use.ts')
        const { reportFaults } = await import('../document-report.ts')
        const parsed = parseOrganisation((await readTextFile(file, encoding)).text)
        const errors = parsed.ok ? await installOrganisation(databaseInUse(), parsed.value) : parsed.errors
        if (!parsed.ok || errors.length > 0) return reportFaults(file, errors)
        console.log(`Installed: ${parsed.value.teams.length} teams, ${parsed.value.people.length} people.`)
      }),
  )
}

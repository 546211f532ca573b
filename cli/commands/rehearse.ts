import { Command, Option } from 'commander'
import type { Encoding } from '../../domain/document/encoding.ts'
import { locales, type Locale } from '../../domain/labels.ts'
import { encodingOption } from '../text-file.ts'

export interface RehearseAsked {
  readonly type: string
  readonly at: string
  readonly priority?: string
  readonly channel?: string
  readonly customerLanguage?: Locale
  readonly field: Readonly<Record<string, string>>
  readonly tag: readonly string[]
  readonly by?: 'representative' | 'customer' | 'service'
  readonly assigned?: true
  readonly reach?: 'email' | 'phone'
  readonly live?: boolean
  readonly title?: string
  readonly story?: string
  readonly calendar?: string
  readonly lang?: Locale
  readonly mails: boolean
  readonly json: boolean
  readonly encoding: Encoding
  readonly api?: string
  readonly token?: string
}

export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description('show how an imagined ticket would fare by a profile: every deadline, who is told what, and each mail · 演练')
    .argument('<profile>', 'a profile file, the id of a shipped one, or that of one that is installed in the running product')
    .requiredOption('--type <type>', 'id of the type of the ticket')
    .requiredOption('--at <instant>', 'when it is registered: on the clocks of the profile, such as 2026-12-01T09:00, or with offset or Z')
    .option('--priority <priority>', 'id of its priority (default: the middle one)')
    .option('--channel <channel>', 'how the customer came (default: the first channel)')
    .addOption(
      new Option('--customer-language <language>', "in which the customer is written to (default: the profile's)").choices(locales),
    )
    .option('--field <id=value>', 'a field of its form; may be repeated', valued, {})
    .option('--tag <tag>', 'a tag that the customer has; may be repeated', (tag: string, before: readonly string[]) => [...before, tag], [])
    .addOption(new Option('--by <place>', 'who registers it').choices(['representative', 'customer', 'service']))
    .option('--assigned', 'the handler gets it at its registration')
    .addOption(new Option('--reach <way>', 'how the customer is reached').choices(['email', 'phone']))
    .option('--live', 'the customer is on the line (default: as the channel is)')
    .option('--no-live', 'they are not')
    .option('--title <text>', 'its title')
    .option('--story <file>', 'what people do: a list of acts, YAML or JSON')
    .option(
      '--calendar <calendar>',
      "a calendar file, or the id of a shipped one (default: the profile's, beside its file or of those that ship)",
    )
    .addOption(new Option('--lang <language>', "language of the page and of the mails (default: the profile's)").choices(locales))
    .option('--mails', 'each mail whole', false)
    .option('--json', 'as the API answers it', false)
    .addOption(encodingOption())
    .option('--api <url>', 'where the product runs (default: the one on this data folder)')
    .addOption(new Option('--token <token>', "whose rights it has there (default: the demo's)").env('BIHUAN_TOKEN'))
    .action(async (named: string, asked: RehearseAsked) => {
      const { printRehearsal } = await import('../rehearsal/run.ts')
      await printRehearsal(named, asked)
    })
}

function valued(given: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [id = '', ...value] = given.split('=')
  return { ...before, [id]: value.join('=') }
}

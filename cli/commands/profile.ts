import { Command, Option } from 'commander'
import type { Encoding } from '../../domain/document/encoding.ts'
import { locales } from '../../domain/labels.ts'
import { encodingOption } from '../text-file.ts'
import { asking, type Asking } from './asking.ts'
import { rehearseCommand } from './rehearse.ts'

export interface Checking extends Asking {
  readonly encoding: Encoding
  /** Warnings are errors. */
  readonly strict?: boolean
}

export function profileCommand(): Command {
  return new Command('profile')
    .description('process profiles · 流程配置')
    .addCommand(
      new Command('check')
        .description(
          'say what is wrong with a profile, each with line, path and reason, and warn of what would let a promise be forgotten; ends with 1 when anything is wrong',
        )
        .argument('<file>', 'the profile, YAML or JSON; what it extends is looked for beside it, then among what ships')
        .addOption(encodingOption())
        .addOption(new Option('--lang <language>', 'language of the reasons').choices(locales).default('en'))
        .option('--strict', 'warnings are errors · 警告视为错误')
        .option('--api <url>', 'the product whose teams, people and calendars are looked up (default: the one on this data folder)')
        .addOption(new Option('--token <token>', "whose rights it has (default: the demo's manager-gao)").env('BIHUAN_TOKEN'))
        .action(async (file: string, how: Checking) => (await import('../profile-check.ts')).checkFile(file, how)),
    )
    .addCommand(
      asking(
        new Command('show')
          .description('a profile with all that it extends, as YAML · 查看完整配置')
          .argument('<profile>', named)
          .option('--why', 'with a comment at each part: from which document it comes, and its line there'),
      ).action(async (profile: string, asked: Asking & { why?: boolean }) =>
        (await import('../profile-show.ts')).showProfile(profile, asked),
      ),
    )
    .addCommand(
      asking(
        new Command('diff')
          .description('what changes from one profile to another, in words of the process · 比较两份配置')
          .argument('<from>', named)
          .argument('<to>', named),
      ).action(async (from: string, to: string, asked: Asking) => (await import('../profile-diff.ts')).diffProfiles(from, to, asked)),
    )
    .addCommand(rehearseCommand())
    .addCommand(
      new Command('schema').description('the form of a profile as a JSON Schema, for editors · 编辑器用的 JSON Schema').action(async () => {
        const { profileJsonSchema } = await import('../../domain/profile/json-schema.ts')
        console.log(JSON.stringify(profileJsonSchema(), null, 1))
      }),
    )
}

const named = 'a file, or an id such as tech-support or tech-support@4: of the running product, else of what ships'

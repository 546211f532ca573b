import { Option, type Command } from 'commander'
import { locales, type Locale } from '../../domain/labels.ts'

/** Asks the running product, with the rights of whose token it is. */
export interface Asking {
  readonly lang: Locale
  readonly api?: string | undefined
  readonly token?: string | undefined
}

/** What every command that asks the running product can be told. */
export function asking(command: Command): Command {
  return command
    .addOption(new Option('--lang <language>', 'language of the words').choices(locales).default('zh-CN'))
    .option('--api <url>', 'where the product runs (default: the one on this data folder)')
    .addOption(new Option('--token <token>', "whose rights it has (default: the demo's manager-gao)").env('BIHUAN_TOKEN'))
}

import { Command, Option } from 'commander'
import { locales, type Locale } from '../../domain/labels.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description('play a case from intake to follow-up against the running product · 用运行中的系统演示一张工单')
    .addOption(new Option('--lang <language>', 'language of the story').choices(locales).default('zh-CN'))
    .option('--fast', 'with targets of seconds, so that promises break while you look on · 时限以秒计，看承诺按时完成与超时', false)
    .action(async ({ lang, fast }: { lang: Locale; fast: boolean }) => {
      const { playDemo } = await import('../demo/play.ts')
      await playDemo({ locale: lang, fast })
    })
}

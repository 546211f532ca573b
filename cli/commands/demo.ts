import { Command, Option } from 'commander'
import { locales, type Locale } from '../../domain/labels.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description('play a case from intake to follow-up against the running product · 用运行中的系统演示一张工单')
    .addOption(new Option('--lang <language>', 'language of the story').choices(locales).default('zh-CN'))
    .addOption(
      new Option('--profile <id>', 'whose case is played: one of those that ship · 演示哪套流程')
        .default('tech-support')
        .conflicts(['fast', 'reports']),
    )
    .option('--fast', 'with targets of seconds, so that promises break while you look on · 时限以秒计，看承诺按时完成与超时', false)
    .addOption(
      new Option('--reports', 'load three months of tickets, and make a report of each kind · 载入三个月的工单并生成各类报告')
        .default(false)
        .conflicts('fast'),
    )
    .option('--seed <text>', 'with --reports: other customers for another seed · 换一批客户', 'bihuan')
    .action(
      async ({ lang, profile, fast, reports, seed }: { lang: Locale; profile: string; fast: boolean; reports: boolean; seed: string }) => {
        if (reports) {
          const { playHistory } = await import('../demo/play-history.ts')
          await playHistory({ locale: lang, seed })
          return
        }
        const { playDemo } = await import('../demo/play.ts')
        await playDemo({ locale: lang, fast, profile })
      },
    )
}

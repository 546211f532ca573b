import { Command, Option } from 'commander'
import { asking, type Asking } from './asking.ts'

export interface ReportMade extends Asking {
  readonly profile: string
  readonly report: string
  readonly period: string
}

export interface ReportShown extends Asking {
  readonly format: 'text' | 'html' | 'pdf' | 'xlsx' | 'model'
  readonly out?: string
}

export function reportCommand(): Command {
  return new Command('report')
    .description('periodic reports · 定期报告')
    .addCommand(
      asking(new Command('make').description('makes a report of a period that is over, if it is not made · 生成报告'))
        .requiredOption('--profile <profile>', 'id of the profile')
        .requiredOption('--report <report>', 'id of the report in its profile, such as weekly')
        .requiredOption('--period <period>', 'of which time: 2026-11-30, 2026-W48, 2026-11 or 2026-Q4')
        .action(async (asked: ReportMade) => (await import('../report.ts')).makeReport(asked)),
    )
    .addCommand(
      asking(new Command('list').description('the reports there are, newest first · 报告列表')).action(async (asked: Asking) =>
        (await import('../report.ts')).listReports(asked),
      ),
    )
    .addCommand(
      asking(new Command('show').description('what a report holds · 报告内容').argument('<number>', 'its number, as the list has it'))
        .addOption(
          new Option(
            '--format <format>',
            'text: what matters most; html: the page; pdf: for print, xlsx: a workbook with the rows behind every figure, both with --out; model: everything, as data',
          )
            .choices(['text', 'html', 'pdf', 'xlsx', 'model'])
            .default('text'),
        )
        .option('--out <file>', 'writes it there')
        .action(async (number: string, asked: ReportShown) => (await import('../report.ts')).showReport(number, asked)),
    )
}

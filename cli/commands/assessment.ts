import { Command, Option } from 'commander'
import { asking, type Asking } from './asking.ts'

export interface AssessmentMade extends Asking {
  readonly profile: string
  readonly assessment: string
  readonly period: string
}

export interface AssessmentShown extends Asking {
  readonly format: 'text' | 'html' | 'pdf' | 'xlsx' | 'model'
  readonly subject?: string
  readonly out?: string
}

export function assessmentCommand(): Command {
  return new Command('assessment')
    .description('assessments of departments and people · 统计评分')
    .addCommand(
      asking(new Command('make').description('makes the assessment of a month that is over, if it is not made · 生成考核'))
        .requiredOption('--profile <profile>', 'id of the profile')
        .requiredOption('--assessment <assessment>', 'id of the assessment in its profile, such as monthly')
        .requiredOption('--period <period>', 'of which month: 2026-11')
        .action(async (asked: AssessmentMade) => (await import('../assessment.ts')).makeAssessment(asked)),
    )
    .addCommand(
      asking(new Command('list').description('the assessments there are, newest first · 考核列表')).action(async (asked: Asking) =>
        (await import('../assessment.ts')).listAssessments(asked),
      ),
    )
    .addCommand(
      asking(
        new Command('show')
          .description('the scores that whoever asks may see · 评分')
          .argument('<number>', 'number of the assessment, as the list and mails have it'),
      )
        .addOption(
          new Option(
            '--format <format>',
            'text: a line for each score; html: the page; pdf: for print, xlsx: a workbook, both with --out; model: everything, as data',
          )
            .choices(['text', 'html', 'pdf', 'xlsx', 'model'])
            .default('text'),
        )
        .option('--subject <subject>', 'one score alone: person:<id> or team:<id>')
        .option('--out <file>', 'writes it there')
        .action(async (number: string, asked: AssessmentShown) => (await import('../assessment.ts')).showAssessment(number, asked)),
    )
}

import { Command } from 'commander'
import type { Calendar } from '../../domain/calendar/schema.ts'
import type { Encoding } from '../../domain/document/encoding.ts'
import type { Reach, Respond } from '../calendar/questions.ts'
import { encodingOption, readTextFile, writeTextFile } from '../text-file.ts'

export function calendarCommand(): Command {
  return new Command('calendar')
    .description('working calendars: reckon, check, bring up to date')
    .addCommand(
      asking(
        'due',
        'when so much working time is over: {"from", "working"} → {"due"}',
        async () => (await import('../calendar/questions.ts')).dueBy,
      )
        .option('--from <instant>', 'from when, such as 2026-09-29T10:00:00+08:00')
        .option('--working <duration>', 'PT8H eight working hours, P5D five working days'),
    )
    .addCommand(
      asking(
        'elapsed',
        'how much working time lies between: {"from", "to"} → {"working"}',
        async () => (await import('../calendar/questions.ts')).elapsedBy,
      )
        .option('--from <instant>', 'from when, such as 2026-09-29T10:00:00+08:00')
        .option('--to <instant>', 'until when'),
    )
    .addCommand(
      new Command('check')
        .description('say what is wrong with a calendar, each with line, path and reason; ends with 1 when anything is')
        .argument('<file>', 'the calendar, YAML or JSON')
        .addOption(encodingOption())
        .action(check),
    )
    .addCommand(
      new Command('import')
        .description('take over the statutory holidays and make-up workdays 调休 of mainland China, as YAML to be reviewed')
        .requiredOption('--year <year>', 'the year, such as 2026')
        .option('--into <file>', 'merge them into this calendar file instead of printing them')
        .option(
          '--calendar <calendar>',
          'whose weekday a make-up workday works like: a file, or the id of a shipped one (default: the file of --into, else cn-office)',
        )
        .action(importYear),
    )
}

interface Asked {
  readonly calendar: string
  readonly from?: string
  readonly to?: string
  readonly working?: string
}

function asking(name: string, description: string, by: () => Promise<(calendar: Calendar) => Respond>): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--calendar <calendar>', 'a calendar file, or the id of a shipped one')
    .argument('[-]', 'with -, answer questions from standard input, one JSON object a line')
    .action(async (lines: string | undefined, { calendar: named, ...question }: Asked) => {
      if (lines !== undefined && lines !== '-')
        throw new Error(`"${lines}" is not understood here: write - to read questions from standard input.`)
      const { namedCalendar } = await import('../calendar/calendar-file.ts')
      const { coverageWarning } = await import('../calendar/questions.ts')
      const { calendar } = await namedCalendar(named)
      const respond = (await by())(calendar)
      const over = lines === '-' ? await answerAll(respond) : answerOne(respond, question)
      const warning = coverageWarning(calendar, over)
      if (warning !== undefined) console.error(warning)
    })
}

async function answerAll(respond: Respond): Promise<Reach | undefined> {
  const { answerLines } = await import('../calendar/answering.ts')
  const { refused, over } = await answerLines(process.stdin, process.stdout, respond)
  if (refused > 0) process.exitCode = 1
  return over
}

function answerOne(respond: Respond, question: object): Reach | undefined {
  const { said, over } = respond(question)
  if (said['error'] !== undefined)
    throw new Error(
      Object.keys(question).length === 0
        ? 'Ask with the options, or write - to read questions from standard input.'
        : `--${said['error']}.`,
    )
  console.log(JSON.stringify(said))
  return over
}

async function check(file: string, { encoding }: { encoding: Encoding }): Promise<void> {
  const { parseCalendar } = await import('../../domain/calendar/load.ts')
  const { reportFaults } = await import('../document-report.ts')
  const result = parseCalendar((await readTextFile(file, encoding)).text, { format: file.endsWith('.json') ? 'json' : 'yaml' })
  if (result.ok) console.log(`${file}: good.`)
  else reportFaults(file, result.errors)
}

async function importYear({ year: given, into, calendar: named }: { year: string; into?: string; calendar?: string }): Promise<void> {
  if (!/^\d{4}$/.test(given)) throw new Error(`--year: "${given}" is no year; write it like 2026.`)
  if (into?.endsWith('.json')) throw new Error('--into: comments have no place in JSON. Give a YAML file.')
  const year = Number(given)
  const { calendarFile, namedCalendar } = await import('../calendar/calendar-file.ts')
  const { makeUpSpans, statutoryDays } = await import('../calendar/statutory-days.ts')
  const { daysAsYaml, mergeDays } = await import('../calendar/merge-days.ts')
  const days = statutoryDays(year)
  const file = into === undefined ? undefined : await calendarFile(into)
  const like = named === undefined && file ? file : await namedCalendar(named ?? 'cn-office')
  const makeUp = makeUpSpans(like.calendar)
  if (into === undefined) {
    process.stdout.write(daysAsYaml(year, days, makeUp))
    return
  }
  const merged = mergeDays((file ?? like).source, year, days, makeUp)
  if (!file) console.error(`${into} is new, a copy of ${like.calendar.id}`)
  if (!file || merged.text !== file.source) await writeTextFile(into, file?.marked ? `\uFEFF${merged.text}` : merged.text)
  for (const { date, spans, name } of merged.added) console.error(`added     ${date} ${spans}  ${name}`)
  for (const { date, was, spans, name } of merged.changed) console.error(`changed   ${date} ${was} → ${spans}  ${name}`)
  for (const date of merged.own) console.error(`kept      ${date}, which is no statutory day`)
  console.error(`unchanged ${merged.unchanged.length} of ${days.length} days of ${year}`)
  const { was, is } = merged.coveredThrough
  console.error(was === is ? `coveredThrough stays ${is}` : `coveredThrough ${was} → ${is}`)
}

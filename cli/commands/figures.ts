import { Command, Option } from 'commander'
import { dimensions } from '../../domain/figures/figure.ts'
import { asking, type Asking } from './asking.ts'

export interface FigureAsked extends Asking {
  readonly profile?: string
  readonly from?: string
  readonly until?: string
  readonly asOf?: string
  readonly by?: (typeof dimensions)[number]
  readonly where: Readonly<Record<string, string>>
}

export function figuresCommand(): Command {
  const command = new Command('figures')
    .description('what is reckoned of tickets: without an id, the list of figures and what they mean · 统计')
    .argument('[figure]', 'id of a figure, such as attainment')
    .option('--profile <profile>', 'id of the profile')
    .option('--from <day>', "from when: a day of the profile's zone, or an instant")
    .option('--until <day>', 'until when, not included')
    .option('--as-of <instant>', 'what was recorded later is not counted (default: now)')
    .addOption(new Option('--by <dimension>', 'by what to split it').choices(dimensions))
    .option('--where <dimension=key>', 'only what is so; may be repeated', narrowing, {})
  return asking(command).action(async (figure: string | undefined, asked: FigureAsked) => {
    const { printFigure, printFigures } = await import('../figures.ts')
    await (figure === undefined ? printFigures(asked) : printFigure(figure, asked))
  })
}

function narrowing(given: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [dimension = '', ...key] = given.split('=')
  return { ...before, [dimension]: key.join('=') }
}

import type { Refusal } from '../client.ts'
import { clipped, columns, pad, padStart, wrap } from '../terminal-text.ts'

/** Tells a story on a terminal: numbered scenes, what came of each, and what somebody was refused. */
export interface Narrator {
  title(title: string, subtitle: string): void
  /** Pairs of name and value, aligned. */
  facts(facts: readonly (readonly [string, string])[]): void
  /** Somebody does something. */
  scene(name: string, sentence: string): void
  /** Green unless another style is given. */
  result(text: string, style?: Style): void
  /** What is said to a person, word for word. */
  speech(text: string): void
  refusal(refusal: Refusal): void
  /** Something else begins. */
  heading(text: string): void
  /** Room to breathe. */
  gap(): void
  /** What a reader is to notice. */
  remark(text: string): void
  /** Something happens by itself, or will. */
  moment(moment: Moment): void
  /** The last column breaks into lines; the others take what they need. */
  table(head: readonly string[], rows: readonly (readonly Cell[])[]): void
}

export interface Moment {
  /** Stands in a column of its own. */
  readonly when: string
  readonly mark: string
  readonly style: Style
  readonly text: string
  /** What is less important; each at most two lines. */
  readonly details?: readonly string[]
}

export type Cell = string | { readonly text: string; readonly style: Style }

export interface Terminal {
  readonly write: (text: string) => void
  readonly colour: boolean
  /** Columns. */
  readonly width: number
}

/** Standard output: colour on a terminal unless NO_COLOR is set, and lines that are not too long to read. */
export function standardOutput(widest = 100): Terminal {
  const { stdout, env } = process
  return {
    write: (text) => stdout.write(text),
    colour: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    width: terminalWidth(widest),
  }
}

/** Columns to write in: those of the terminal, or of `COLUMNS` where nobody looks at one. */
export function terminalWidth(widest: number): number {
  const { stdout, env } = process
  const said = Number(env['COLUMNS'])
  const columns = stdout.isTTY ? stdout.columns : said > 0 ? said : widest
  return Math.min(Math.max(columns, narrowest), widest)
}

const narrowest = 60

export function createNarrator({ write, colour, width }: Terminal): Narrator {
  let scenes = 0
  const paint = painter(colour)

  /** A paragraph beside a mark, in the column where sentences stand. */
  const paragraph = (mark: string, text: string, style: Style) => {
    const indent = ' '.repeat(sentencesAt)
    wrap(text, width - sentencesAt - columns(mark)).forEach((line, at) => {
      write(`${indent}${at === 0 ? paint(style, mark) : ' '.repeat(columns(mark))}${paint(style, line)}\n`)
    })
  }

  return {
    title(title, subtitle) {
      write(`\n${paint('bold', title)}\n`)
      for (const line of wrap(subtitle, width)) write(`${paint('dim', line)}\n`)
    },
    facts(facts) {
      const names = Math.max(...facts.map(([name]) => columns(name)))
      write('\n')
      for (const [name, value] of facts) write(`  ${paint('dim', pad(name, names))}  ${value}\n`)
    },
    scene(name, sentence) {
      scenes += 1
      const head = ` ${String(scenes).padStart(2)}  ${name}`
      const gap = ' '.repeat(Math.max(sentencesAt - columns(head), 2))
      const [first = '', ...others] = wrap(sentence, width - Math.max(sentencesAt, columns(head + gap)))
      write(`\n${paint('bold', head)}${gap}${first}\n`)
      for (const line of others) write(`${' '.repeat(sentencesAt)}${line}\n`)
    },
    result: (text, style = 'green') => paragraph('→ ', text, style),
    speech(text) {
      const bar = '│ '
      for (const line of wrap(text, width - sentencesAt - columns(bar))) write(`${' '.repeat(sentencesAt)}${paint('cyan', bar + line)}\n`)
    },
    refusal({ title, detail, errors }) {
      paragraph('✗ ', title, 'yellow')
      const lines = errors.length === 0 ? [detail] : errors.map(({ path, message }) => `${path}: ${message}`)
      for (const line of lines) paragraph('  ', line, 'yellow')
    },
    heading: (text) => write(`\n${paint('bold', text)}\n`),
    gap: () => write('\n'),
    remark(text) {
      for (const line of wrap(text, width - 2)) write(`  ${line}\n`)
    },
    moment({ when, mark, style, text, details = [] }) {
      const at = momentsAt + columns(mark) + 1
      const [first = '', ...others] = wrap(text, width - at)
      write(`${paint('dim', padStart(when, momentsAt - 2))}  ${paint(style, mark)} ${paint(style, first)}\n`)
      for (const line of others) write(`${' '.repeat(at)}${paint(style, line)}\n`)
      for (const line of details.flatMap((detail) => clipped(detail, width - at, 2))) write(`${' '.repeat(at)}${paint('dim', line)}\n`)
    },
    table(head, rows) {
      const texts = [head, ...rows.map((row) => row.map(textOf))]
      const widths = head.map((_, column) => Math.max(...texts.map((row) => columns(row[column] ?? ''))))
      const before = widths.slice(0, -1).reduce((sum, own) => sum + own + 2, 2)
      const line = (cells: readonly Cell[], style: Style) => {
        const last = cells.at(-1) ?? ''
        wrap(textOf(last), width - before).forEach((part, nth) => {
          const left = cells.slice(0, -1).map((cell, column) => {
            const text = pad(nth === 0 ? textOf(cell) : '', widths[column] ?? 0)
            return `${paint(styleOf(cell, style), text)}  `
          })
          write(`  ${left.join('')}${paint(styleOf(last, style), part)}\n`)
        })
      }
      line(head, 'dim')
      for (const row of rows) line(row, 'plain')
    },
  }
}

/** Puts a text into a style, where there are colours. */
export function painter(colour: boolean): (style: Style, text: string) => string {
  return (style, text) => (colour ? `\x1b[${styles[style]}m${text}\x1b[0m` : text)
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

function styleOf(cell: Cell, otherwise: Style): Style {
  return typeof cell === 'string' ? otherwise : cell.style
}

const styles = { plain: '0', bold: '1', dim: '2', red: '31', green: '32', yellow: '33', cyan: '36' } as const
export type Style = keyof typeof styles

/** Column where sentences begin, beyond the number and the widest name of a step. */
const sentencesAt = 24
/** Column where that begins which happens by itself, beyond its time. */
const momentsAt = 13

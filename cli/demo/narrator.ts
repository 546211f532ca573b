import type { Refusal } from '../client.ts'

/** Tells a story on a terminal: numbered scenes, what came of each, and what somebody was refused. */
export interface Narrator {
  title(title: string, subtitle: string): void
  /** Pairs of name and value, aligned. */
  facts(facts: readonly (readonly [string, string])[]): void
  /** Somebody does something. */
  scene(name: string, sentence: string): void
  result(text: string): void
  /** What is said to a person, word for word. */
  speech(text: string): void
  refusal(refusal: Refusal): void
}

export interface Terminal {
  readonly write: (text: string) => void
  readonly colour: boolean
  /** Columns. */
  readonly width: number
}

/** Standard output: colour on a terminal unless NO_COLOR is set, and lines that are not too long to read. */
export function standardOutput(): Terminal {
  const { stdout, env } = process
  return {
    write: (text) => stdout.write(text),
    colour: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    width: Math.min(Math.max(stdout.isTTY ? stdout.columns : widest, narrowest), widest),
  }
}

const narrowest = 60
const widest = 100

export function createNarrator({ write, colour, width }: Terminal): Narrator {
  let scenes = 0
  const paint = (style: keyof typeof styles, text: string) => (colour ? `\x1b[${styles[style]}m${text}\x1b[0m` : text)

  /** A paragraph beside a mark, in the column where sentences stand. */
  const paragraph = (mark: string, text: string, style: keyof typeof styles) => {
    const indent = ' '.repeat(sentencesAt)
    wrap(text, width - sentencesAt - columns(mark)).forEach((line, at) => {
      write(`${indent}${at === 0 ? paint(style, mark) : ' '.repeat(columns(mark))}${paint(style, line)}\n`)
    })
  }

  return {
    title(title, subtitle) {
      write(`\n${paint('bold', title)}\n${paint('dim', subtitle)}\n`)
    },
    facts(facts) {
      const names = Math.max(...facts.map(([name]) => columns(name)))
      write('\n')
      for (const [name, value] of facts) write(`  ${paint('dim', pad(name, names))}  ${value}\n`)
    },
    scene(name, sentence) {
      scenes += 1
      const head = ` ${String(scenes).padStart(2)}  ${name}`
      const [first = '', ...others] = wrap(sentence, width - sentencesAt)
      const gap = ' '.repeat(Math.max(sentencesAt - columns(head), 2))
      write(`\n${paint('bold', head)}${gap}${first}\n`)
      for (const line of others) write(`${' '.repeat(sentencesAt)}${line}\n`)
    },
    result: (text) => paragraph('→ ', text, 'green'),
    speech: (text) => paragraph('“ ', text, 'cyan'),
    refusal({ title, detail, errors }) {
      paragraph('✗ ', title, 'yellow')
      const lines = errors.length === 0 ? [detail] : errors.map(({ path, message }) => `${path}: ${message}`)
      for (const line of lines) paragraph('  ', line, 'yellow')
    },
  }
}

const styles = { bold: '1', dim: '2', green: '32', yellow: '33', cyan: '36' } as const

/** Column where sentences begin, beyond the number and the widest name of a step. */
const sentencesAt = 24

/** Columns on a terminal, where an ideograph or a full-width sign takes two. */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)
}

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - columns(text)))
}

/** Breaks a text into lines: between words, or after any ideograph that no closing sign follows. */
function wrap(text: string, width: number): string[] {
  const pieces = text.match(
    /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}]+?(?=[\s\p{Script=Han}]|$))[，。；：、！？）」』”》…]*|\s+/gu,
  ) ?? [text]
  const lines = ['']
  for (const piece of pieces) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && columns(line) + columns(piece.trimEnd()) > width) lines.push(piece.trimStart())
    else lines[lines.length - 1] = line + piece
  }
  return lines.map((line) => line.trimEnd())
}

/** Text on a terminal, where an ideograph or a full-width sign takes two columns. */

export function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)
}

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

export function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - columns(text)))
}

export function padStart(text: string, to: number): string {
  return ' '.repeat(Math.max(0, to - columns(text))) + text
}

/** Breaks a text into lines: between words, or after any ideograph that no closing sign follows. */
export function wrap(text: string, width: number): string[] {
  const pieces = text.match(
    /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}]{1,200}?(?=[\s\p{Script=Han}]|$))[，。；：、！？）」』”》…]*|\s+/gu,
  ) ?? [text]
  const lines = ['']
  for (const piece of pieces) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && columns(line) + columns(piece.trimEnd()) > width) lines.push(piece.trimStart())
    else lines[lines.length - 1] = line + piece
  }
  return lines.map((line) => line.trimEnd())
}

/** The first `lines` lines, with a sign that there would be more. */
export function clipped(text: string, width: number, lines: number): string[] {
  const all = wrap(text, width)
  if (all.length <= lines) return all
  const shown = wrap(text, width - 2).slice(0, lines)
  return shown.map((line, at) => (at === lines - 1 ? `${line.replace(/[，。；：、,;:.]$/u, '')} …` : line))
}

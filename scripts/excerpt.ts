/**
 * The lines of a rehearsal that a recipe is about: those that match, with their section and day, what stands under them, and the head. Whoever
 * wants the rest runs the command.
 */
export function excerptOf(said: string, about: RegExp): string {
  const lines = said.trim().split('\n')
  const head = lines.indexOf('')
  const kept = new Set<number>()
  for (const [at, line] of lines.entries()) {
    if (at < head) kept.add(at)
    else if (about.test(line)) for (const one of [...headingsOf(at), at, ...detailsOf(at)]) kept.add(one)
  }
  if (![...kept].some((at) => at >= head)) throw new Error(`nothing that is said matches ${about.source}`)
  return lines
    .flatMap((line, at) => (kept.has(at) ? (isHeading(line) ? ['', line, ...(/^\S/.test(line) ? [''] : [])] : [line]) : []))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')

  /** Section, day, and of what has no time of its own what happened then. */
  function headingsOf(at: number): number[] {
    const above = lines.slice(0, at)
    const section = above.findLastIndex((line) => /^\S/.test(line))
    const day = above.findLastIndex((line) => isHeading(line))
    const time = above.findLastIndex((line) => hasTime(line))
    return [section, ...(day > section ? [day] : []), ...(time > day && day > section && !hasTime(lines[at] ?? '') ? [time] : [])]
  }

  /** Of a promise its target; of a long line how it goes on. */
  function detailsOf(at: number): number[] {
    const depth = indentOf(lines[at] ?? '')
    const next = lines[at + 1] ?? ''
    return next !== '' && indentOf(next) > Math.max(depth, deepest) && !/[✉●△▲■·✗] /.test(next.trim().slice(0, 2))
      ? [at + 1, ...detailsOf(at + 1)]
      : []
  }

  function isHeading(line: string): boolean {
    const at = lines.indexOf(line)
    return /^\S/.test(line) ? at >= head : /^ {2}\S/.test(line) && lines[at - 1] === '' && !line.includes(' → ')
  }
}

function hasTime(line: string): boolean {
  return /^ {2}\d\d:\d\d /.test(line)
}

/** Where marks stand: what is deeper belongs to the line before. */
const deepest = 9

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

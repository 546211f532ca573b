import { readFileSync } from 'node:fs'
import { isMap, isScalar, parseDocument } from 'yaml'
import { excerptOf } from './excerpt.ts'
import { anchorOf } from './anchor.ts'
import { fenced } from './profile-reference/sample.ts'
import { saidBy } from './said.ts'

/**
 * Pages that show files, and what commands say of them. Between `<!-- file: path -->`, `<!-- keys: path key … -->`, `<!-- says: command -->` or
 * `<!-- says: command =~ what its lines match -->` and `<!-- end -->` stands what is made here, so that page, file and product cannot differ;
 * `<!-- contents: of the page -->` lists its headings.
 */
export async function shownIn(page: string, root: URL): Promise<string> {
  const [first = '', ...marked] = page.split(/(?=<!-- (?:file|keys|says|contents): )/)
  const pieces = [first]
  for (const piece of marked) {
    const [, kind, asked = '', rest = ''] = /^<!-- (\w+): (.*?) -->\n[\s\S]*?<!-- end -->\n([\s\S]*)$/.exec(piece) ?? []
    if (kind === undefined) throw new Error(`a marker without an end: ${piece.slice(0, 80)}`)
    pieces.push(
      `<!-- ${kind}: ${asked} -->\n\n${kind === 'contents' ? contentsOf(page) : await madeOf(kind, asked, root)}\n\n<!-- end -->\n${rest}`,
    )
  }
  return pieces.join('')
}

function contentsOf(page: string): string {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title)
  return headings.map((title) => `- [${title}](#${anchorOf(title)})`).join('\n')
}

async function madeOf(kind: string, asked: string, root: URL): Promise<string> {
  const read = (path: string) => readFileSync(new URL(path, root), 'utf8').trimEnd()
  const [path = '', ...keys] = asked.split(' ')
  if (kind === 'file') return fenced(read(path))
  if (kind === 'keys') return fenced(linesUnder(read(path), keys))
  const [command = '', about] = asked.split(' =~ ')
  const whole = (await saidBy(command)).trim()
  const said = about === undefined ? whole : excerptOf(whole, new RegExp(about))
  return ['```sh', `node cli/bihuan.mjs ${command}`, '```', '```', said, '```'].join('\n')
}

/** The lines of a document under some of its keys, each with the comments before it. @throws Error where it has no such key */
function linesUnder(text: string, keys: readonly string[]): string {
  const { contents } = parseDocument(text)
  const places = isMap(contents)
    ? contents.items.map(({ key }) => (isScalar(key) ? { key: String(key.value), at: key.range?.[0] ?? 0 } : undefined))
    : []
  const lines = text.split('\n')
  const begins = places.flatMap((place) => (place ? [{ key: place.key, line: text.slice(0, place.at).split('\n').length - 1 }] : []))
  /** From the comments above it, unless an empty line stands between. */
  const from = (line: number): number => (lines[line - 1]?.startsWith('#') ? from(line - 1) : line)
  return keys
    .map((key) => {
      const nth = begins.findIndex((one) => one.key === key)
      const begin = begins[nth]
      if (!begin) throw new Error(`there is no ${key} to be shown`)
      const next = begins[nth + 1]
      return lines
        .slice(from(begin.line), next ? from(next.line) : undefined)
        .join('\n')
        .trimEnd()
    })
    .join('\n')
}

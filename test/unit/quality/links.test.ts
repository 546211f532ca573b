import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorOf } from '../../../scripts/anchor.ts'

/** Links of the documents lead to files that are there, and to headings that they have. */

const documents = [
  '.',
  'docs',
  ...readdirSync('docs', { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(entry.parentPath, entry.name)] : [],
  ),
]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.md'))

/** Code is no text with links; headings in it are none. */
const prose = (path: string) => readFileSync(path, 'utf8').replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '')
const headings = new Map(documents.map((path) => [path, anchorsIn(prose(path))]))

function anchorsIn(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => {
      const anchor = anchorOf(title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
      const before = seen.get(anchor) ?? 0
      seen.set(anchor, before + 1)
      return before === 0 ? anchor : `${anchor}-${before}`
    }),
  )
}

describe('links', () => {
  it('lead somewhere', () => {
    const links = documents.flatMap((path) =>
      [...prose(path).matchAll(/(?<!`)\]\((?!https?:|mailto:)([^)\s]*)\)/g)].map(([, target = '']) => ({ path, target })),
    )
    expect(links.length).toBeGreaterThan(500)
    const lost = links.filter(({ path, target }) => {
      const [file = '', anchor] = target.split('#')
      const to = file === '' ? path : join(dirname(path), file)
      if (!existsSync(to)) return true
      return anchor !== undefined && !statSync(to).isDirectory() && to.endsWith('.md') && !headings.get(to)?.has(anchor)
    })
    expect(lost.map(({ path, target }) => `${path}: ${target}`)).toEqual([])
  })
})

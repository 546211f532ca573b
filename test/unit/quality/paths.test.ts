import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/**
 * Documents and comments name files by their path from the top of the repository. When a file moves, the sentence goes with it. What the records
 * of decisions name may have gone since.
 */

/** What is made or installed is not ours. */
const hidden = (name: string) => name.startsWith('.') || name === 'node_modules' || name === 'build'
const top = readdirSync('.', { withFileTypes: true }).filter(({ name }) => !hidden(name))
const folders = top.filter((entry) => entry.isDirectory()).map(({ name }) => name)
const files = [
  ...top.filter((entry) => entry.isFile()).map(({ name }) => name),
  ...folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`)),
].filter((file) => !/^(?:docs\/adr|test\/releases)\//.test(file))
const documents = files.filter((file) => file.endsWith('.md'))
const sources = files.filter((file) => /\.(?:ts|mjs)$/.test(file))
const path = new RegExp(String.raw`(?<![\w/.-])(?:${folders.join('|')})/[\w./-]+\.(?:ts|mjs|md|yaml|sql)\b`, 'g')

/** Lines of comments: those within a block begin with an asterisk. */
const comments = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\s*(?:\/\*\*?|\*|\/\/)|\s\/\/ /.test(line))
    .join('\n')

describe('paths', () => {
  it('that documents name are there', () => {
    expect(gone(documents, (text) => text, 40)).toEqual([])
  })

  it('that comments name are there', () => {
    expect(gone(sources, comments, 5)).toEqual([])
  })
})

/** `file: path that it names`, of at least so many paths named. */
function gone(files: readonly string[], read: (text: string) => string, least: number): string[] {
  const named = files.flatMap((file) => [...read(readFileSync(file, 'utf8')).matchAll(path)].map(([target]) => ({ file, target })))
  expect(named.length).toBeGreaterThan(least)
  return named.filter(({ target }) => !existsSync(target)).map(({ file, target }) => `${file}: ${target}`)
}

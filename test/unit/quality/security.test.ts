import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** docs/security.md promises by tests that there are. */

const page = readFileSync('docs/security.md', 'utf8')
const tests = new Set(readdirSync('test', { recursive: true, encoding: 'utf8' }).map((path) => path.split(/[\\/]/).at(-1)))

it('names only tests that there are', () => {
  const named = [...page.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !tests.has(name))).toEqual([])
})

it('says of each class that applies what holds it, and by which test', () => {
  const rows = page.split('\n').filter((line) => /^\| (?!-|class)/.test(line))
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  const bare = cells.filter(
    ([, name, , applies, holds, test]) =>
      applies?.startsWith('no ') !== true && ![name, holds, test].every((cell) => (cell ?? '').length > 2),
  )
  expect(bare).toEqual([])
})

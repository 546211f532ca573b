import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

/** docs/requirements.md is complete, and does not claim what no test drives. */
interface Row {
  readonly id: string
  readonly status: string
}

let rows: Row[] = []
let testNames = ''
beforeAll(async () => {
  const page = await readFile('docs/requirements.md', 'utf8')
  rows = [...page.matchAll(/^\| ([STRMQX]\d+) \| .+ \| (.+) \|$/gm)].map(([, id = '', status = '']) => ({ id, status }))
  const files = (await readdir('test', { recursive: true })).filter((file) => file.endsWith('.test.ts'))
  testNames = (await Promise.all(files.map((file) => readFile(join('test', file), 'utf8')))).join('\n')
})

describe('docs/requirements.md', () => {
  it('has every id once, in order', () => {
    const upTo = (letter: string, last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => `${letter}${at + first}`)
    expect(rows.map(({ id }) => id)).toEqual([
      ...upTo('S', 17),
      ...upTo('T', 17),
      ...upTo('R', 14, 0),
      ...upTo('M', 18),
      ...upTo('Q', 9),
      ...upTo('X', 13),
    ])
  })

  it('knows two statuses', () => {
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['driven by test', 'planned']))
  })

  it('calls nothing driven that no test is named after', () => {
    // A name is a text that begins with the ids it drives, and a colon or so.
    const named = (id: string) => new RegExp(`['"\`](?:[STRMQX]\\d+, ?)*${id}\\b`).test(testNames)
    expect(rows.filter(({ id, status }) => status === 'driven by test' && !named(id))).toEqual([])
  })
})

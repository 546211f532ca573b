import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { wantsYaml } from '../../../api/http/document-body.ts'
import { expectedVersion, taggedAnswer } from '../../../api/http/headers.ts'
import type { Env } from '../../../api/http/env.ts'

/** What requests say in their headers: what they have already, what they act on, what they would rather read. */

describe('If-None-Match', () => {
  let says = { stage: 'triage' }
  const app = new Hono<Env>().get('/', (c) => taggedAnswer(c, 7, says))
  const asked = (known?: string) => app.request('/', { headers: known === undefined ? {} : { 'If-None-Match': known } })
  const tagNow = async () => (await asked()).headers.get('etag') ?? ''

  it('gives 304 without a body for the tag of what would be answered: alone, weak, in a list, and for whatever there is', async () => {
    const tag = await tagNow()
    expect(tag).toMatch(/^"7-[\w-]+"$/)
    for (const known of [tag, `W/${tag}`, `"6-x", ${tag}`, `"6-x" ,W/${tag} `, '*', ' * ']) {
      const answer = await asked(known)
      expect([answer.status, await answer.text(), answer.headers.get('etag')], known).toEqual([304, '', tag])
    }
  })

  it('gives the answer for every other tag', async () => {
    const tag = await tagNow()
    for (const known of ['', '"7"', '"7-x"', tag.slice(1, -1), tag.replace('7-', '8-'), 'W/', '"*"'])
      expect((await asked(known)).status, known).toBe(200)
  })

  it('gives the answer when it says something else, though the version is the same', async () => {
    const tag = await tagNow()
    says = { stage: 'assignment' }
    expect((await asked(tag)).status).toBe(200)
    expect(await tagNow()).not.toBe(tag)
  })
})

describe('If-Match', () => {
  it.each([
    ['"7"', 7],
    ['W/"7"', 7],
    ['"7-q1w2e3"', 7],
    ['*', undefined],
    [undefined, undefined],
  ])('%s means version %s', (header, version) => {
    expect(expectedVersion(header)).toBe(version)
  })

  it.each(['7', '"x"', '"7", "8"', '""', '"-7"', '"1e3"'])('%s is refused', (header) => {
    expect(() => expectedVersion(header)).toThrow('malformed-header')
  })
})

describe('Accept', () => {
  const app = new Hono<Env>().get('/', (c) => c.text(wantsYaml(c) ? 'YAML' : 'JSON'))

  it.each([
    ['application/yaml', 'YAML'],
    ['text/yaml', 'YAML'],
    ['application/yaml, application/json;q=0.9', 'YAML'],
    ['application/yaml;q=0.9, */*;q=0.1', 'YAML'],
    // A weight of 0 says: not this.
    ['application/yaml;q=0', 'JSON'],
    ['application/yaml;q=0, */*', 'JSON'],
    ['application/yaml;q=0.0, application/json', 'JSON'],
    ['application/yaml;q=0.5, application/json', 'JSON'],
    ['*/*', 'JSON'],
    ['', 'JSON'],
  ])('%s gives %s', async (accept, form) => {
    expect(await (await app.request('/', { headers: { Accept: accept } })).text()).toBe(form)
  })
})

import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createContactLookup } from '../../../api/contacts/lookup.ts'
import { Problem } from '../../../api/problems/problem.ts'
import { keysOf } from '../../../db/contact-vault.ts'
import type { Actor } from '../../../domain/people.ts'
import { createLogger } from '../../../runtime/logging.ts'
import { chen, hook, lin, qian, wang, zhou } from '../../support/tickets.ts'

describe('S3: looking up by a whole contact', () => {
  it.each([
    '138 1234 0777',
    '+86-138-1234-0777',
    '１３８１２３４０７７７',
    '\u202d13812340777\u202c',
    '王芳 13812340777',
    'wang.0777@example.com',
  ])('%j is for who may reveal any contact, and stands in no line of the log', (text) => {
    const { lookUp, lines } = desk()
    expect(lookUp(text, lin).contactKeys.length).toBeGreaterThan(1)
    lookUp(text, lin).found(0)
    for (const who of [wang, zhou, qian, hook])
      expect(refusal(() => lookUp(text, who))).toMatchObject({ status: 403, code: 'contact-lookup' })
    expect(lines()).toHaveLength(5)
    expect(lines().join('')).not.toMatch(/0777/)
    expect(lines()[0]).toMatch(/"caller":"lin","outcome":"none","found":0/)
    expect(lines()[1]).toMatch(/"caller":"wang","outcome":"refused"/)
  })

  it('thirty at once, then one every two seconds, for each of them', () => {
    const { lookUp, later } = desk()
    const ask = (who: Actor) => lookUp('13812340777', who)
    for (let asked = 0; asked < 30; asked += 1) ask(lin)
    expect(refusal(() => ask(lin))).toMatchObject({ status: 429, code: 'too-many-lookups' })
    ask(chen)
    later(2_000)
    ask(lin)
    expect(refusal(() => ask(lin))).toMatchObject({ status: 429 })
  })

  it('names, companies, accounts and parts of numbers are no contacts: everybody looks for them as often as they like', () => {
    const { lookUp, lines } = desk()
    for (let asked = 0; asked < 20; asked += 1)
      for (const text of ['王芳', '云帆科技', 'u-1024', '20231234567', '1381234', '2026-11-29', '0777'])
        for (const who of [lin, wang, zhou]) lookUp(text, who).found(1)
    expect(lines()).toEqual([])
  })
})

/** A look-up with a log that can be read and a clock that can be put forward. */
function desk() {
  const written: string[] = []
  const log = createLogger('api', 'info', new Writable({ write: (chunk, _, done) => (written.push(String(chunk)), done()) }))
  let now = Date.parse('2026-11-29T08:00:00Z')
  return {
    lookUp: createContactLookup({ keys: keysOf(Buffer.alloc(32, 7)), clock: { now: () => new Date(now) }, log }),
    later: (ms: number) => (now += ms),
    lines: () => written,
  }
}

function refusal(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

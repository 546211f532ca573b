import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, rowsOf, type Office } from '../support/api.ts'
import { english, peopleOf, tw, zh, type Input, type People } from '../support/walk.ts'

/** X12: rehearsals by the API: by whom, of what, and what is told where something is wrong. */

let office: Office
let people: People

beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
})
afterAll(() => office.close())

const ticket = { type: 'software-fault', priority: 'urgent', at: '2026-12-01T09:00' }
const document = readFileSync('profiles/tech-support.yaml', 'utf8')
  .replace(/^id: .*/m, 'id: acme')
  .replace('TS{', 'AC{')
const asks = (body: Input, headers = english, who = people.supervisor) => who.post('/api/profiles/rehearse', body, headers)

describe('X12: POST /api/profiles/rehearse', () => {
  it('X12: is for those who may check profiles, and keeps nothing', async () => {
    const before = JSON.stringify(await rowsOf(office.db))
    for (const who of [people.supervisor, people.lead, people.quality, people.admin, people.management])
      expect((await asks({ profile: 'tech-support', ticket }, english, who)).status).toBe(200)
    for (const who of [people.agent, people.engineer, people.customer, people.service])
      expect((await asks({ profile: 'tech-support', ticket }, english, who)).status).toBe(403)
    expect(JSON.stringify(await rowsOf(office.db))).toBe(before)
  })

  it('X12: takes an installed profile, or a document that nobody has installed, in the language of the caller', async () => {
    for (const [headers, language, said] of [
      [zh, 'zh-CN', '首次响应'],
      [tw, 'zh-TW', '首次回應'],
      [english, 'en', 'First response'],
    ] as const) {
      const installed = await asks({ profile: 'tech-support', ticket, language }, headers)
      expect(installed.body).toMatchObject({
        profile: 'tech-support',
        language,
        promises: expect.arrayContaining([expect.objectContaining({ clock: { id: 'first-response', label: said } })]),
      })
      const written = await asks({ document, ticket, language }, headers)
      expect(written.body).toMatchObject({ profile: 'acme', number: 'AC20261201001', promises: installed.body['promises'] })
    }
  })

  it('X12: tells why an act is refused as the API would, with the names of the imagined people', async () => {
    const story = [
      { at: '+PT5M', by: 'handler', do: 'plan', with: {} },
      { at: '+PT5M', by: 'customer', do: 'review-intake', with: {} },
    ]
    const { timeline } = (await asks({ profile: 'tech-support', ticket, story }, zh)).body
    expect(timeline).toMatchObject([
      { kind: 'registered' },
      { kind: 'refused', act: 0, refusal: { code: 'wrong-stage', detail: expect.stringContaining('受理') } },
      { kind: 'refused', act: 1, refusal: { code: 'wrong-role' } },
      ...Array.from({ length: (Array.isArray(timeline) ? timeline.length : 0) - 3 }, () => ({})),
    ])
  })

  it.each([
    ['neither profile nor document', { ticket }, 422, 'document', 'one-of-two'],
    ['both', { profile: 'tech-support', document, ticket }, 422, 'document', 'one-of-two'],
    ['a type that there is not', { profile: 'tech-support', ticket: { ...ticket, type: 'x' } }, 422, 'ticket.type', 'not-a-choice'],
    ['no moment', { profile: 'tech-support', ticket: { ...ticket, at: 'noon' } }, 422, 'ticket.at', 'wrong-format'],
    [
      'a story backwards',
      { profile: 'tech-support', ticket, story: [{ at: '2026-11-30T09:00', by: 'handler', do: 'claim' }] },
      422,
      'story[0].at',
      'too-early',
    ],
    ['nobody', { profile: 'tech-support', ticket, story: [{ at: '+PT1M', by: 'boss', do: 'claim' }] }, 422, 'story[0].by', 'not-a-choice'],
    [
      'no command',
      { profile: 'tech-support', ticket, story: [{ at: '+PT1M', by: 'handler', do: 'sleep' }] },
      422,
      'story[0].do',
      'not-a-choice',
    ],
    [
      'too many acts',
      { profile: 'tech-support', ticket, story: Array.from({ length: 301 }, () => ({ at: '+PT1M', by: 'handler', do: 'urge' })) },
      422,
      'story',
      'too-big',
    ],
  ])('X12: %s is refused with field and remedy in three languages', async (_, body, status, path, code) => {
    for (const headers of [zh, tw, english]) {
      const heard = await asks(body, headers)
      expect([heard.status, heard.errors]).toMatchObject([status, [{ path, code }]])
      expect(String(heard.errors[0]?.['message'])).not.toMatch(/[{}]|undefined/)
    }
  })

  it('X12: an unknown profile, a faulty document and a hostile one are refused as where they are installed', async () => {
    expect((await asks({ profile: 'nope', ticket })).body).toMatchObject({ status: 404, type: '/problems/unknown-profile' })
    expect((await asks({ profile: 'tech-support', version: 99, ticket })).status).toBe(404)
    const faulty = await asks({ document: document.replace('within: PT24H', 'within: PT24h'), ticket })
    expect(faulty.errors).toMatchObject([{ path: expect.stringMatching(/within$/), line: expect.any(Number) }])
    const bombs =
      'a: &a [x, x, x, x, x, x, x, x, x]\n' +
      Array.from(
        { length: 9 },
        (_, nth) => `${'bcdefghij'[nth]}: &${'bcdefghij'[nth]} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[nth]}`).join(', ')}]`,
      ).join('\n')
    expect((await asks({ document: bombs, ticket })).status).toBe(422)
  })

  it('X12: others are served while a long one goes on', async () => {
    const rungs = Array.from({ length: 30 }, (_, nth) => ({
      id: `r${nth}`,
      at: `+${nth}%`,
      every: 'PT1S',
      times: 50,
      to: ['handler', 'lead', 'supervisor', 'team'],
    }))
    const hostile = document.replace(/ladder:\n/, `ladder:\n${rungs.map((rung) => `      - ${JSON.stringify(rung)}\n`).join('')}`)
    const began = performance.now()
    const long = asks({ document: hostile, ticket: { ...ticket, by: 'customer' } })
    const beside = await people.agent.get('/api/tickets')
    const answeredAfter = performance.now() - began
    expect(beside.status).toBe(200)
    const heard = await long
    expect([heard.status, answeredAfter < performance.now() - began]).toEqual([200, true])
    expect(heard.body).toMatchObject({ end: { because: 'looked-no-further' } })
  })
})

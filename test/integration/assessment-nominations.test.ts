import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openOffice, type Office, type Speaker } from '../support/api.ts'
import { furnishAssessments, numberOf, october, profile } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, walkedTo, zh, type People } from '../support/walk.ts'

/** Who sees who is nominated, and why: whoever sees the scores of that person, and nobody else. */

const number = numberOf('nominated')
const wang = 'person:engineer-wang'
const why = '自写脚本批量修复'
let office: Office
let people: People
let ticket: string

beforeAll(async () => {
  office = await openOffice({ worker: false, clock: { now: () => new Date(october) } })
  people = await peopleOf(office)
  await furnishAssessments(office, ['nominated'])
  await people.management.post('/api/assessments', { profile, assessment: 'nominated', period: '2026-10' }, zh)
  await office.settled()
  await until(async () => ((await people.management.get(`/api/assessments/${number}`)).body['stage'] === 'draft' ? true : undefined))
  ticket = await walkedTo('handling', people)
  await done(people.agent, 'nominate', { person: 'engineer-wang', ticket, why })
  await done(people.supervisor, 'nominate', { person: 'agent-li', ticket, why: '逐户回访' })
  await done(people.management, 'decline-nomination', { nomination: 2, reason: '属日常工作' })
  for (const subject of [wang, 'team:tech-support']) await done(people.management, 'confirm', { subject })
}, 60_000)
afterAll(() => office.close())

async function done(who: Speaker, command: string, input: object): Promise<void> {
  const heard = await who.post(`/api/assessments/${number}/${command}`, input, zh)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
}

describe('R14: who is nominated, and why, is seen with the scores', () => {
  const nominatedFor = async (who: Speaker, path = 'scores') => {
    const heard = await who.get(`/api/assessments/${number}/${path}`, zh)
    expect(heard.status, path).toBe(200)
    const { nominations } = z.object({ nominations: z.array(z.looseObject({ person: z.string() })) }).parse(heard.body['commendations'])
    return nominations
  }
  const peopleSeen = async (who: Speaker, path?: string) => (await nominatedFor(who, path)).map(({ person }) => person)

  it('by the management everybody, be they scored or not; with who nominated, for what, why, and what was decided', async () => {
    const nominations = await nominatedFor(people.management)
    expect(nominations).toMatchObject([
      { nomination: 1, person: 'engineer-wang', ticket, why, by: 'agent-li', decided: null },
      { nomination: 2, person: 'agent-li', why: '逐户回访', decided: { by: 'manager-gao', commended: false, reason: '属日常工作' } },
    ])
    expect(await nominatedFor(people.management, 'content')).toEqual(nominations)
    const page = await people.management.get(`/api/assessments/${number}/content?format=html`, zh)
    for (const said of [why, '逐户回访', '属日常工作', '李娜']) expect(String(page.body['text'])).toContain(said)
  })

  it('by a head those whose scores are theirs, by who is scored their own; by nobody for having nominated', async () => {
    expect(await peopleSeen(people.lead)).toEqual(['engineer-wang'])
    expect(await peopleSeen(people.engineer)).toEqual(['engineer-wang'])
    expect(await peopleSeen(people.engineer, 'scores/person/engineer-wang')).toEqual(['engineer-wang'])
    // Chen reads the team's score, and that says nothing of its people.
    expect(await peopleSeen(people.otherEngineer)).toEqual([])
    expect((await people.agent.get(`/api/assessments/${number}/scores`, zh)).status).toBe(403)
    const page = await people.engineer.get(`/api/assessments/${number}/content?format=html&subject=${wang}`, zh)
    expect(String(page.body['text'])).toContain(why)
    expect(String(page.body['text'])).not.toMatch(/逐户回访|属日常工作/)
    const ofTeam = await people.otherEngineer.get(`/api/assessments/${number}/content?format=html&subject=team:tech-support`, zh)
    expect(String(ofTeam.body['text'])).not.toContain(why)
  })
})

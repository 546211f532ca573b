import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { forgetWorkflows } from '../../db/started-workflows.ts'
import { epochMs, instantOf } from '../../domain/instant.ts'
import { assessmentTable } from '../../processes/assessment/table.ts'
import type { Speaker } from '../support/api.ts'
import { furnishAssessments, numberOf, otherManager, profile } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { noticesOf, peopleOf, zh, type People } from '../support/walk.ts'

/**
 * Worker and Temporal are gone while the time for objections ends, and three hours more: who wanted to object can do so afterwards. Nobody waits five working
 * days for it: when it was to end, is moved in the row from which the assessment is started again.
 */

const number = numberOf('down')
const wang = 'person:engineer-wang'
const hour = 3_600_000
let office: OfficeOnTemporal
let people: People
let other: Speaker

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  await furnishAssessments(office, ['down'])
  other = await office.person(otherManager)
  const opened = await people.management.post('/api/assessments', { profile, assessment: 'down', period: '2026-10' }, zh)
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body))
  await reaches('draft')
})
afterAll(() => office.close())

const act = (who: Speaker, command: string, input: object) => who.post(`/api/assessments/${number}/${command}`, input, zh)
const reaches = (stage: string) =>
  until(async () => ((await people.management.get(`/api/assessments/${number}`)).body['stage'] === stage ? true : undefined))
const scoreSchema = z.object({
  objectBy: z.string(),
  state: z.string(),
  prolonged: z.object({ from: z.string(), until: z.string() }).nullable(),
})
const scoreOf = async (who: Speaker) => {
  const heard = await who.get(`/api/assessments/${number}/scores/person/engineer-wang`, zh)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return z.object({ account: scoreSchema }).parse(heard.body).account
}

/** Everything goes down, and comes back so long after the time of every score has ended. */
async function downOverTheEnd(ms: number): Promise<string> {
  await office.settled()
  await office.stopWorker()
  const { client } = office.temporal
  const workflowExecution = { workflowId: number }
  await client.workflowService.deleteWorkflowExecution({ namespace: office.config.temporalNamespace, workflowExecution })
  const isGone = () =>
    client.workflow
      .getHandle(number)
      .describe()
      .then(
        () => undefined,
        () => true,
      )
  await until(isGone)
  const end = instantOf(Date.now() - ms)
  await sql`update assessments set state = state || jsonb_build_object('subjects', (
    select jsonb_agg(one || jsonb_build_object('objectBy', ${end}::text) order by at)
    from jsonb_array_elements(state -> 'subjects') with ordinality as scored (one, at))) where number = ${number}`.execute(office.db)
  await forgetWorkflows(office.db, [assessmentTable])
  await office.startWorker()
  return end
}

it('FAULT-6, R14: nobody loses the right to object because everything was down when the time for it ended', async () => {
  for (const subject of [wang, 'person:engineer-chen', 'person:lead-xu', 'team:tech-support'])
    expect(await act(people.management, 'confirm', { subject })).toMatchObject({ status: 200 })
  const end = await downOverTheEnd(3 * hour)
  const score = await until(async () => {
    const found = await scoreOf(people.engineer)
    return found.prolonged ? found : undefined
  })
  expect(score).toMatchObject({ state: 'confirmed', prolonged: { from: end, until: score.objectBy } })
  expect(epochMs(score.objectBy) - epochMs(end)).toBeGreaterThanOrEqual(27 * hour)

  const { items } = await people.management.get(`/api/assessments/${number}/events?limit=100`, zh)
  const types = items.map(({ type }) => type)
  expect(types.filter((type) => type === 'objections-prolonged')).toHaveLength(4)
  expect(types).not.toContain('objections-over')
  const told = (await noticesOf(office, number)).filter(
    ({ kind, recipientId }) => kind === 'score-confirmed' && recipientId === 'engineer-wang',
  )
  expect(told).toHaveLength(2)
  expect(told[1]?.params['until']).toBe(score.objectBy)
  const page = await people.engineer.get(`/api/assessments/${number}/content?format=html&subject=${wang}`, zh)
  expect(String(page.body['text'])).toContain('因系统当时中断')

  expect(await act(people.engineer, 'object', { subject: wang, reason: '当日系统中断，无法提出' })).toMatchObject({ status: 200 })
  expect(await act(other, 'decide-objection', { subject: wang, upheld: false, reason: '与通知不符' })).toMatchObject({ status: 200 })
  expect(await scoreOf(people.engineer)).toMatchObject({ state: 'settled' })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { headOf } from '../../db/heads.ts'
import type { Instant } from '../../domain/instant.ts'
import { proposedBy } from '../../processes/assessment/propose.ts'
import { openOffice, type Office } from '../support/api.ts'
import { furnishAssessments, numberOf, october, profile, subjects } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'

/** What an assessment looks up in the rows, which may be behind it, and of people who may have left. */

const many = Array.from({ length: 25 }, (_, at) => `m${at}`)
const ids = ['behind', ...many]
let now: Instant = october
let office: Office
let people: People

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date(now) } })
  people = await peopleOf(office)
  await furnishAssessments(office, ids)
}, 60_000)
afterAll(() => office.close())

async function reaches(id: string, stage: string): Promise<void> {
  await office.settled()
  await until(async () => ((await headOf(office.db, numberOf(id)))?.stage === stage ? true : undefined))
}

async function opened(id: string): Promise<void> {
  now = october
  expect(await people.management.post('/api/assessments', { profile, assessment: id, period: '2026-10' }, zh)).toMatchObject({
    status: 201,
  })
  await reaches(id, 'draft')
}

it('R14: nobody is proposed as outstanding by rows that do not have the last decision yet', async () => {
  await opened('behind')
  for (const subject of subjects)
    expect(await people.management.post(`/api/assessments/${numberOf('behind')}/confirm`, { subject }, zh)).toMatchObject({ status: 200 })
  // A second after the end of the fifth working day: any later, and the time would go on.
  now = '2026-11-10T10:00:01.000Z'
  await reaches('behind', 'final')
  const head = await headOf(office.db, numberOf('behind'))
  const version = head?.version ?? 0
  await expect(proposedBy(office, numberOf('behind'), version + 1)).rejects.toThrow(`do not reach event ${version + 1} yet`)
  expect(await proposedBy(office, numberOf('behind'), version)).toEqual(['engineer-chen'])
})

it('R14: work in hand forgets no assessment that goes on, however many there are, and reads of each what is theirs', async () => {
  for (const id of many) await opened(id)
  const work = async (who: keyof People) =>
    workSchema
      .parse((await people[who].get('/api/me/work', zh)).body)
      .assessments.filter(({ number }) => many.map(numberOf).includes(number))
  expect((await work('management')).map(({ toConfirm }) => toConfirm)).toEqual(many.map(() => 4))
  expect((await work('lead')).map(({ toConfirm }) => toConfirm)).toEqual(many.map(() => 2))
  expect(await work('engineer')).toEqual([])
  const number = numberOf('m0')
  await people.lead.post(`/api/assessments/${number}/confirm`, { subject: 'person:engineer-wang' }, zh)
  expect(await work('engineer')).toMatchObject([{ number, toConfirm: 0, own: [{ kind: 'person', id: 'engineer-wang' }] }])
  expect((await work('lead')).map(({ toConfirm }) => toConfirm).toSorted((a, b) => a - b)).toEqual([1, ...many.slice(1).map(() => 2)])
})

const workSchema = z.looseObject({ assessments: z.array(z.looseObject({ number: z.string(), toConfirm: z.number() })) })

import { afterAll, beforeAll, expect, it } from 'vitest'
import { headOf } from '../../db/heads.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import { proposedBy } from '../../processes/assessment/propose.ts'
import { openOffice, type Office } from '../support/api.ts'
import { furnishAssessments, numberOf, october, profile, subjects } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'

/** What an assessment looks up in the rows, which may be behind it, and of people who may have left. */

const ids = ['behind'] as const
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
  now = plus(now, 'P30D')
  await reaches('behind', 'final')
  const head = await headOf(office.db, numberOf('behind'))
  const version = head?.version ?? 0
  await expect(proposedBy(office, numberOf('behind'), version + 1)).rejects.toThrow(`do not reach event ${version + 1} yet`)
  expect(await proposedBy(office, numberOf('behind'), version)).toEqual(['engineer-chen'])
})

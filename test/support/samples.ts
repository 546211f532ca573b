import { sql } from 'kysely'
import { expect } from 'vitest'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { said } from '../../domain/labels.ts'
import { samplesSchema } from '../../domain/profile/samples.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Heard, Office, Speaker } from './api.ts'
import { zh, type Input } from './walk.ts'

/** Samples as the tests draw and judge them: the kinds of a profile that has some, since none that comes along does. */

export const kinds = samplesSchema.parse([
  {
    id: 'service',
    label: said('服务质量抽检', '服務品質抽檢', 'Service quality'),
    criteria: [
      { id: 'greeting', label: said('开场规范', '開場規範', 'Greeting'), kind: 'yes-no' },
      { id: 'solution', label: said('方案质量', '方案品質', 'Solution'), kind: 'scale', metFrom: 4 },
      { id: 'callback', label: said('回访到位', '回訪到位', 'Callback'), kind: 'yes-no', mayNotApply: true },
    ],
    size: { usual: 3, most: 8 },
  },
  {
    id: 'records',
    label: said('记录完整性抽检', '紀錄完整性抽檢', 'Completeness of records'),
    criteria: [{ id: 'recorded', label: said('记录完整', '紀錄完整', 'Recorded'), kind: 'yes-no' }],
    by: ['management'],
  },
  {
    id: 'complaints',
    label: said('投诉处理抽检', '投訴處理抽檢', 'Handling of complaints'),
    criteria: [
      { id: 'empathy', label: said('安抚得当', '安撫得當', 'Empathy'), kind: 'scale' },
      { id: 'recorded', label: said('记录完整', '紀錄完整', 'Recorded'), kind: 'yes-no' },
    ],
    by: ['quality', 'management'],
    judgeWithin: 'P2D',
  },
])

/** Gives a profile these kinds, as a new version of it. */
export async function withSamples({ db }: Pick<Office, 'db'>, id = 'tech-support', samples = kinds): Promise<void> {
  const profile = await profileOf({ db }, id)
  await installed({ db }, { ...profile, version: profile.version + 1, samples })
}

/** A profile of its own that has these kinds and otherwise says what technical support says; its id. */
export async function profileWithSamples({ db }: Pick<Office, 'db'>): Promise<string> {
  await installed({ db }, { ...(await profileOf({ db }, 'tech-support')), id: 'sampled-support', version: 1, samples: kinds })
  return 'sampled-support'
}

async function profileOf({ db }: Pick<Office, 'db'>, id: string): Promise<Profile> {
  const profile = await latestProfile(db, id)
  if (!profile) throw new Error(`there is no profile ${id}`)
  return profile
}

function installed({ db }: Pick<Office, 'db'>, profile: Profile) {
  return installProfile(db, { profile, source: null, installedAt: '2026-01-02T00:00:00.000Z', installedBy: 'admin-lin' })
}

/** As if all that has happened to tickets had been recorded a while ago: who draws knows nothing of the last two minutes. */
export async function longRecorded({ db }: Pick<Office, 'db'>): Promise<void> {
  await sql`update events set at = at - interval '5 minutes', occurred_at = occurred_at - interval '5 minutes'
    where process in (select number from tickets)`.execute(db)
  await sql`update tickets set submitted_at = submitted_at - interval '5 minutes'`.execute(db)
}

export const thisTime = { from: '2020-01-01', until: '2099-01-01' }

/** Draws a sample, as somebody may. */
export function draws(who: Speaker, changes: Input = {}): Promise<Heard> {
  return who.post('/api/samples', { profile: 'tech-support', sample: 'service', of: 'submitted', ...thisTime, ...changes }, zh)
}

/** The number of one that is drawn. */
export async function drawn(who: Speaker, changes: Input = {}): Promise<string> {
  const heard = await draws(who, changes)
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 201 })
  return heard.number
}

/** The number of one whose tickets are named. */
export async function named(who: Speaker, tickets: readonly string[], changes: Input = {}): Promise<string> {
  const heard = await who.post('/api/samples', { profile: 'tech-support', sample: 'service', tickets, ...changes }, zh)
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 201 })
  return heard.number
}

/** Every criterion is met. */
export const good = { greeting: 'yes', solution: 5, callback: 'yes' }

export const judges = (who: Speaker, number: string, ticket: string, changes: Input = {}) =>
  who.post(`/api/samples/${number}/judge`, { ticket, answers: good, ...changes }, zh)

export async function ticketsIn(who: Speaker, number: string): Promise<Heard['items']> {
  const heard = await who.get(`/api/samples/${number}/tickets`, zh)
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 200 })
  return heard.items
}

export async function numbersIn(who: Speaker, number: string): Promise<string[]> {
  return (await ticketsIn(who, number)).map(({ ticket }) => String(ticket))
}

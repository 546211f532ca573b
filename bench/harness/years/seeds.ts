import type { Kysely } from 'kysely'
import { calendarAsOf } from '../../../db/calendars.ts'
import { insertProcess } from '../../../db/intake.ts'
import { profileAsOf } from '../../../db/profiles.ts'
import { project } from '../../../db/projection.ts'
import { beginRequest } from '../../../db/requests.ts'
import type { Database } from '../../../db/schema.ts'
import { calendarFrom } from '../../../domain/calendar/working-time.ts'
import { instantOf, type Instant } from '../../../domain/instant.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { ticketTable } from '../../../processes/ticket/table.ts'
import { ticketNotices } from '../../../workflows/ticket/notices.ts'
import { chanceOf } from './chance.ts'
import type { Life } from './life.ts'
import { firstMonday, livedThrough } from './lives.ts'

/** A few hundred lives, written by the functions by which the product writes: what a desk of years is made of. */

export const finishedSeeds = 400
export const openSeeds = 100

export async function writeSeeds(db: Kysely<Database>, profileId: string, now: Instant): Promise<Profile> {
  const profile = await profileAsOf(db, profileId, now)
  const installed = profile && (await calendarAsOf(db, profile.calendar, now))
  if (!profile || !installed) throw new Error(`the profile ${profileId} and its calendar are not installed`)
  const calendar = { version: installed.version, calendar: calendarFrom(installed.calendar, instantOf(firstMonday)) }
  for (let place = 0; place < finishedSeeds + openSeeds; place += 1) {
    const chance = chanceOf(1_000_003 + place)
    const policy = policyFor(profile, chance.of(profile.types).id, calendar)
    if (!policy) throw new Error('a type has a policy')
    const life = place < finishedSeeds ? livedThrough(policy, place) : livedThrough(policy, place, 1 + chance.below(9))
    await write(db, profile, seedNumber(place), life, chance.of(keywords))
  }
  return profile
}

export function seedNumber(place: number): string {
  return `SEED${String(place).padStart(4, '0')}`
}

const keywords = [['登录'], ['支付'], ['报表'], ['登录', '支付'], []]

async function write(
  db: Kysely<Database>,
  profile: Profile,
  number: string,
  { state, events }: Life,
  words: readonly string[],
): Promise<void> {
  const [event] = events
  if (!event) throw new Error('a life begins with its submission')
  const kept = { table: ticketTable, process: { notices: ticketNotices } }
  const request = await beginRequest(db, {
    caller: 'bench',
    key: number,
    route: 'POST /api/tickets',
    bodyHash: '',
    ticket: null,
    createdAt: event.at,
  })
  const form = {
    profile: profile.id,
    profileVersion: profile.version,
    priorities: profile.priorities.map(({ id }) => id),
    title: '登录时提示验证码错误',
    description: '登录系统时提示验证码错误，已尝试刷新 3 次无效，更换浏览器后仍然如此',
    fields: {},
    keywords: words,
    customer: { name: '王芳', company: '云帆科技', account: null },
    contact: { sealed: 'v1.sealed', masked: { phone: null, email: null }, keys: ['customer'] },
  }
  const response = { status: 201, body: {} }
  const [born, lived] = [
    { ...state, number, version: 1 },
    { ...state, number },
  ]
  await insertProcess(db, { of: kept, request, number, form, state: born, event, wakeAt: null, response })
  if (events.length > 1) await project(db, kept, { id: number, events: events.slice(1), state: lived, outcomes: [] })
}

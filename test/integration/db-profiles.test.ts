import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installCalendar, latestCalendar, listCalendars } from '../../db/calendars.ts'
import { currentProfile, currentProfiles } from '../../db/profile-standings.ts'
import {
  installProfile,
  latestProfile,
  listProfiles,
  profileAsOf,
  ProfileVersionTaken,
  profileVersion,
  profileVersions,
} from '../../db/profiles.ts'
import type { Database } from '../../db/schema.ts'
import { installShipped } from '../../db/shipped.ts'
import type { Calendar } from '../../domain/calendar/schema.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { shippedCalendars, shippedProfiles, type Shipped } from '../../runtime/shipped-profiles.ts'
import { minute, openDatabase } from './db-story.ts'

let db: Kysely<Database>
let close: () => Promise<void>
let profile: Profile
let calendar: Calendar
beforeAll(async () => {
  const [profiles, calendars] = await Promise.all([shippedProfiles(), shippedCalendars()])
  const [firstProfile, firstCalendar] = [profiles.find(({ content }) => content.id === 'tech-support'), calendars[0]]
  if (!firstProfile || !firstCalendar) throw new Error('nothing ships')
  const { content } = firstProfile
  profile = { ...content, document: { ...content.document, effectiveFrom: '2023-01-01' } }
  calendar = firstCalendar.content
  ;({ db, close } = await openDatabase())
  await db.deleteFrom('profiles').execute()
  await db.deleteFrom('profileTemplates').execute()
  await db.deleteFrom('calendars').execute()
})
afterAll(() => close())

const by = { source: 'yaml', installedAt: minute(0), installedBy: 'admin-lin' }

it('X1: a version is installed once and never changes', async () => {
  expect(await installProfile(db, { profile, ...by })).toBe(true)
  expect(await installProfile(db, { profile, ...by })).toBe(false)
  const moved = { ...profile, zone: 'Asia/Taipei' }
  await expect(installProfile(db, { profile: moved, ...by, source: 'other' })).rejects.toBeInstanceOf(ProfileVersionTaken)
  // The same document, of which another release of the product made something else.
  expect(await installProfile(db, { profile: moved, ...by })).toBe(false)
  expect(await profileVersion(db, profile.id, profile.version)).toEqual(profile)
})

it('X1: new tickets get the highest version, running ones keep theirs', async () => {
  const next = { ...profile, version: profile.version + 9, zone: 'Asia/Taipei' }
  await installProfile(db, { profile: next, ...by, installedAt: minute(1) })
  expect(await latestProfile(db, profile.id)).toEqual(next)
  expect(await profileVersion(db, profile.id, profile.version)).toEqual(profile)
  expect(await listProfiles(db)).toEqual([{ profile: next, source: 'yaml', installedAt: minute(1), installedBy: 'admin-lin' }])
  expect((await profileVersions(db, profile.id)).map((each) => each.profile.version)).toEqual([next.version, profile.version])
  expect(await latestProfile(db, 'none')).toBeUndefined()
})

it('X1: what new tickets ran by at an instant is the highest version that was installed then and whose day had come', async () => {
  const document = { ...profile.document, effectiveFrom: '2027-03-01' }
  const later = { ...profile, version: profile.version + 10, document }
  await installProfile(db, { profile: later, ...by, installedAt: minute(2) })
  const at = async (instant: string) => (await profileAsOf(db, profile.id, instant))?.version
  expect(await at(minute(0))).toBe(profile.version)
  expect(await at(minute(3))).toBe(profile.version + 9)
  expect(await at('2027-02-28T15:59:59.999Z')).toBe(profile.version + 9)
  expect(await at('2027-02-28T16:00:00.000Z')).toBe(profile.version + 10)
  const current = async (now: string) => [
    (await currentProfile(db, profile.id, now))?.version,
    (await currentProfiles(db, now)).map((one) => one.profile.version),
  ]
  expect(await current('2027-02-28T15:59:59.999Z')).toEqual([profile.version + 9, [profile.version + 9]])
  expect(await current('2027-02-28T16:00:00.000Z')).toEqual([profile.version + 10, [profile.version + 10]])
  // As releases before installed them: a version without a day counts since then.
  await db.updateTable('profiles').set({ effectiveAt: null }).where('version', '=', later.version).execute()
  expect([await at(minute(1)), await at(minute(3))]).toEqual([profile.version + 9, profile.version + 10])
  await db.deleteFrom('profiles').where('version', '=', later.version).execute()
})

it('X2: each change of a calendar is its next version', async () => {
  const install = (data: Partial<Calendar> = {}) => installCalendar(db, { calendar: { ...calendar, ...data }, ...by })
  expect([await install(), await install(), await install({ coveredThrough: '2099-12-31' })]).toEqual([1, 1, 2])
  const versions = await Promise.all(['Asia/Tokyo', 'Asia/Seoul', 'Asia/Taipei'].map((timezone) => install({ timezone })))
  expect(versions.toSorted((a, b) => a - b)).toEqual([3, 4, 5])
  expect((await latestCalendar(db, calendar.id))?.version).toBe(5)
  expect((await listCalendars(db)).map(({ version }) => version)).toEqual([5])
})

it('installs what ships, once, as it was written, and leaves what an organisation has made its own', async () => {
  const own = shipped({ ...profile, id: 'own' })
  const second = shipped({ ...calendar, id: 'second' })
  expect(await installShipped(db, shipping([shipped(profile), own], [shipped(calendar), second]), minute(2))).toEqual([
    'second 1',
    `own ${profile.version}`,
  ])
  expect(
    await installShipped(db, shipping([shipped({ ...profile, zone: 'Asia/Tokyo' }), own], [shipped(calendar), second]), minute(3)),
  ).toEqual([])
  expect(await installShipped(db, shipping([], [shipped({ ...second.content, coveredThrough: '2099-12-31' })]), minute(4))).toEqual([
    'second 2',
  ])
  expect((await latestCalendar(db, calendar.id))?.version).toBe(5)
  expect((await profileVersions(db, 'own')).map(({ source }) => source)).toEqual([own.source])

  function shipping(profiles: readonly Shipped<Profile>[], calendars: readonly Shipped<Calendar>[]) {
    return { profiles, templates: [], calendars }
  }
  function shipped<T extends { id: string }>(content: T): Shipped<T> {
    return { content, source: `# ${content.id}, as it was written` }
  }
})

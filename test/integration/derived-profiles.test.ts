import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { checkFile } from '../../cli/profile-check.ts'
import { diffProfiles } from '../../cli/profile-diff.ts'
import { showProfile } from '../../cli/profile-show.ts'
import { printRehearsal } from '../../cli/rehearsal/run.ts'
import { IdTaken } from '../../db/profile-ids.ts'
import { installTemplate } from '../../db/profile-templates.ts'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { installShipped } from '../../db/shipped.ts'
import { shippedDocuments } from '../../runtime/shipped-profiles.ts'
import { openOffice, type Office } from '../support/api.ts'
import { peopleOf, type People } from '../support/walk.ts'

/** Profiles that extend others, where they are kept (X9). */

let office: Office
let people: People
const hotel = readFileSync('docs/examples/hotel.yaml', 'utf8')
const by = { installedAt: '2026-11-05T00:00:00.000Z', installedBy: 'admin-lin' }

beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
  const shifts = readFileSync('docs/examples/hotel-shifts.yaml', 'utf8')
  await people.admin.send('PUT', '/api/calendars/hotel-shifts', shifts, { 'Content-Type': 'application/yaml' })
  const heard = await people.admin.send('PUT', '/api/profiles/hotel', hotel, { 'Content-Type': 'application/yaml' })
  if (heard.status !== 201) throw new Error(JSON.stringify(heard.body))
})
afterAll(() => office.close())

/** What a command prints that asks the running product. */
async function printed(command: (asking: { api: string; token: string; lang: 'en' }) => Promise<void>): Promise<string> {
  const pieces: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void pieces.push(`${line}\n`))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void pieces.push(`${line}\n`))
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => Boolean(pieces.push(String(piece))))
  vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => office.api().request(String(url), init))
  try {
    await command({ api: 'http://127.0.0.1', token: await office.token('quality-wu'), lang: 'en' })
  } finally {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
  return pieces.join('')
}

describe('X9: on the command line, of the running product', () => {
  it('X9: an installed one is shown whole, with where each part comes from', async () => {
    const whole = await printed((asking) => showProfile('hotel@1', asking))
    const why = await printed((asking) => showProfile('hotel', { ...asking, why: true }))
    expect(parse(whole)).toMatchObject({ id: 'hotel', reopeningWindow: 'P7D' })
    expect(parse(why)).toEqual(parse(whole))
    expect(why).toMatch(/^urging: \{ every: PT2H \} # base@3:\d+$/m)
  })

  it('X13: check warns of a calendar, a team and people that are not there, though an installation would be refused by some', async () => {
    const checked = (file: string) => printed((asking) => checkFile(file, { ...asking, encoding: 'utf-8' }))
    expect(await checked('docs/examples/hotel.yaml')).toBe(
      'docs/examples/hotel.yaml: good. Calendar, teams and people were looked up in the running product.\n',
    )
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-check-'))
    const file = join(folder, 'elsewhere.yaml')
    writeFileSync(file, hotel.replace('calendar: hotel-shifts', 'calendar: mars').replaceAll('team: service-desk', 'team: reception'))
    const told = await checked(file)
    rmSync(folder, { recursive: true })
    expect(told).toMatch(
      /elsewhere\.yaml:\d+: warning: calendar: there is no working calendar "mars"; there are: cn-office, hotel-shifts; install it first/,
    )
    expect(told).toMatch(
      /elsewhere\.yaml:\d+: warning: types\[0\]\.team: there is no team "reception"; there are: account-management, quality, research, sales, service-desk, tech-support; add it first/,
    )
    expect(told).toMatch(/good, with 2 warnings\. Calendar, teams and people were looked up/)
  })

  it('X9: two installed ones are compared, and one with a file', async () => {
    const told = await printed((asking) => diffProfiles('tech-support', 'hotel@1', asking))
    expect(told).toMatch(/^tech-support@6 → hotel@1\n/)
    expect(told).toContain('- Solution plan')
    expect(await printed((asking) => diffProfiles('hotel', 'docs/examples/hotel.yaml', asking))).toBe(
      'hotel@1 → hotel@1\nNothing changes.\n',
    )
    await expect(printed((asking) => diffProfiles('base', 'hotel', asking))).rejects.toThrow('base is a template')
    await expect(printed((asking) => showProfile('none', asking))).rejects.toThrow(/none/)
  })
})

describe('X12: on the command line, of the running product', () => {
  const asked = {
    type: 'repair',
    at: '2026-12-01T09:00',
    field: { room: '12' },
    tag: [],
    mails: false,
    json: false,
    encoding: 'utf-8',
  } as const

  it("X12: one that is installed there is rehearsed in the profile's language, and who may not is told of --token", async () => {
    const guestHouse = readFileSync('docs/examples/guest-house.yaml', 'utf8')
    const heard = await people.admin.send('PUT', '/api/profiles/guest-house', guestHouse, { 'Content-Type': 'application/yaml' })
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    const page = await printed(({ lang: _, ...asking }) => printRehearsal('guest-house', { ...asked, ...asking }))
    expect(page).toContain('First response')
    expect(page.match(/[\u4E00-\u9FFF].*/g)).toBeNull()
    const token = await office.token('agent-zhou')
    const refused = await printed(({ lang: _, ...asking }) => printRehearsal('guest-house', { ...asked, ...asking, token }))
    process.exitCode = undefined
    expect(refused).toMatch(/^Only these roles may do this.*\nSay with --token, or BIHUAN_TOKEN, whose rights to use\.\n$/)
  })
})

describe('X9: where they are kept', () => {
  it('X9: what older releases installed is extended as it is, though it has no text', async () => {
    const old = await latestProfile(office.db, 'tech-support')
    if (!old) throw new Error('nothing ships')
    await installProfile(office.db, { profile: { ...old, id: 'old', version: 1, urging: { every: 'PT7H' } }, source: null, ...by })
    const text = hotel
      .replace('id: hotel', 'id: newer')
      .replace('extends: base@3', 'extends: old')
      .replace('GS{', 'NW{')
      .replace('stages:\n  - { id: intake, leftOut: true }\n  - { id: triage, leftOut: true }\n', '')
      .replace(/ {2}# Nobody writes[\s\S]*?wrong-setting\n/, '')
    const heard = await people.admin.send('PUT', '/api/profiles/newer', text, { 'Content-Type': 'application/yaml' })
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect((await people.agent.get('/api/profiles/newer')).body).toMatchObject({ urging: { every: 'PT7H' } })
    const why = await people.agent.get('/api/profiles/newer?showing=why', { Accept: 'application/yaml' })
    expect(String(why.body['text'])).toMatch(/^urging: \{ every: PT7H \} # old@1$/m)
  })

  it('X9: of a profile and a template that are installed under one id at once, one is', async () => {
    const profile = await latestProfile(office.db, 'hotel')
    if (!profile) throw new Error('the hotel is gone')
    const label = profile.label
    const outcomes = await Promise.allSettled([
      installProfile(office.db, { profile: { ...profile, id: 'both' }, source: null, ...by }),
      installTemplate(office.db, { template: { id: 'both', version: 1, label, template: true }, source: null, base: null, ...by }),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toBeInstanceOf(IdTaken)
  })

  it('X9: what ships is installed once, its bases with it, and what an organisation has under the same name stays', async () => {
    expect(await installShipped(office.db, await shippedDocuments())).toEqual([])
    const rows = await office.db
      .selectFrom('profiles')
      .select(['id', 'base'])
      .where('id', 'in', ['internet-company', 'tech-support', 'standard-ticket'])
      .execute()
    expect(rows.map(({ base }) => base)).toEqual(['base@3', 'base@3', 'base@3'])
    expect(await office.db.selectFrom('profileTemplates').select(['id', 'base']).where('id', '=', 'base').execute()).toEqual([
      { id: 'base', base: null },
    ])
    const documents = await shippedDocuments()
    const templates = documents.templates.map((one) => ({ ...one, content: { ...one.content, id: 'hotel' } }))
    expect(await installShipped(office.db, { ...documents, templates })).toEqual([])
  })
})

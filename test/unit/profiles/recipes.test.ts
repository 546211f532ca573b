import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { RehearsalView } from '../../../api/views/rehearsal.ts'
import { memberOf } from '../../../domain/document/loose.ts'
import { shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { checkedFile, faultsIn, rehearsedFile } from '../../support/rehearsed-files.ts'

/** X10, X12: each recipe of docs/profile-recipes.md does what it is there for, and nothing of it would be forgotten. */

const profilesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && memberOf(parse(readFileSync(`${folder}/${name}`, 'utf8')), 'version') !== undefined)
    .map((name) => `${folder}/${name}`)
const recipes = profilesIn('docs/recipes')

/** On the clocks of the profiles, by which clock: until when, and what became of it. */
const promised = ({ promises }: RehearsalView, clock: string) =>
  promises.filter((one) => one.clock.id === clock).map(({ dueAt, state }) => `${local(dueAt)} ${state}`)
const local = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
/** Whom a clock's rungs reach, and when. */
const told = ({ timeline }: RehearsalView, clock: string) =>
  timeline.flatMap(({ at, events }) =>
    events.filter((event) => event.type === 'level-reached' && event.clock?.id === clock).map(({ to }) => `${local(at)} ${to.join(', ')}`),
  )
const mails = ({ timeline }: RehearsalView) =>
  timeline.flatMap((happening) => happening.mails.map((mail) => ({ ...mail, happenedAt: local(happening.at) })))
const stages = ({ timeline }: RehearsalView) => [...new Set(timeline.map(({ stage }) => stage?.id))]
const recipe = (name: string, ticket: object, story?: string) =>
  rehearsedFile(`docs/recipes/${name}.yaml`, ticket, story && `docs/recipes/stories/${story}.yaml`)

/** What each is about. A recipe that is not here fails. */
const about: Readonly<Record<string, () => Promise<void>>> = {
  async appointment() {
    const at = await recipe('appointment', { type: 'fault', fields: { appointment: '2026-12-02T14:00:00+08:00' } })
    expect(promised(at, 'visit')).toEqual(['12-02 14:00 broken'])
    expect(told(at, 'visit')).toEqual(['12-02 12:00 handler', '12-02 14:00 handler, team lead'])
    expect(promised(at, 'start')).toEqual([])
    const without = await recipe('appointment', { type: 'fault' })
    expect([promised(without, 'visit'), promised(without, 'start')]).toEqual([[], ['12-01 18:00 broken']])
  },
  async vip() {
    const due = async (tags: readonly string[]) => {
      const view = await recipe('vip', { type: 'complaint', priority: 'high', channel: 'email', tags })
      return [...promised(view, 'first-response'), ...promised(view, 'resolution')]
    }
    expect(await due(['vip'])).toEqual(['12-01 10:00 broken', '12-01 21:00 broken'])
    expect(await due([])).toEqual(['12-01 11:00 broken', '12-02 09:00 broken'])
  },
  async part() {
    const view = await recipe('part', { type: 'fault' }, 'part')
    expect(promised(view, 'part')).toEqual(['12-03 18:00 broken'])
    expect(promised(view, 'wait-limit')).toEqual([])
    expect(told(view, 'part')).toEqual([
      '12-02 18:00 handler',
      '12-03 18:00 handler, team lead',
      ...['12-04 18:00', '12-07 18:00', '12-08 18:00'].map((at) => `${at} supervisor`),
    ])
  },
  async matrix() {
    const team = async (type: string, line?: string) => (await recipe('matrix', { type, ...(line && { fields: { line } }) })).team
    expect(
      await Promise.all([team('fault', 'app'), team('fault', 'devices'), team('complaint', 'app'), team('fault'), team('consultation')]),
    ).toEqual(['research', 'tech-support', 'account-management', 'tech-support', 'service-desk'])
  },
  async language() {
    const asked = async (language: string) => {
      const view = await recipe('language', { type: 'consultation', channel: 'email', language })
      return [view.team, ...promised(view, 'first-response')]
    }
    expect(await asked('en')).toEqual(['account-management', '12-02 18:00 broken'])
    expect(await asked('zh-CN')).toEqual(['service-desk', '12-01 18:00 broken'])
  },
  async 'urgent-told'() {
    const heard = async (priority: string) =>
      mails(await recipe('urgent-told', { type: 'fault', priority, at: '2026-12-01T21:30' })).filter(({ kind }) => kind === 'custom-urgent')
    expect(await heard('urgent')).toMatchObject([{ recipient: { label: 'department head' }, happenedAt: '12-01 21:30', heldUntil: null }])
    expect(await heard('high')).toEqual([])
  },
  async arrived() {
    const view = await recipe('arrived', { type: 'fault', priority: 'high' }, 'arrived')
    expect(view.promises.filter(({ clock }) => clock.id === 'arrival')).toMatchObject([
      { dueAt: '2026-12-01T03:15:00.000Z', stoppedAt: '2026-12-01T03:45:00.000Z', state: 'broken' },
    ])
  },
  async 'no-triage'() {
    const view = await recipe('no-triage', { type: 'software-fault', priority: 'urgent' }, 'no-triage')
    expect(stages(view)).toEqual(['intake', 'assignment'])
    expect(view.timeline.map(({ kind }) => kind)).not.toContain('refused')
  },
  async 'plain-words'() {
    const view = await recipe('plain-words', { type: 'fault' }, 'plain-words')
    expect(view.timeline[0]?.stage?.label).toBe('to be dispatched')
    expect(mails(view).find(({ kind }) => kind === 'progress')?.text).toContain('The pump is open (We are on it)')
    expect(mails(view).find(({ kind }) => kind === 'ticket-assigned')?.recipient.label).toBe('technician')
  },
  async weekly() {
    const { reports = [] } = checkedFile('docs/recipes/weekly.yaml').profile
    expect(reports.map(({ id, every, to }) => [id, every, ...to])).toContainEqual(['weekly', 'week', 'department-lead'])
    expect(reports).toHaveLength(2)
  },
  async callback() {
    const due = async (type: string) => promised(await recipe('callback', { type }, 'solved'), 'callback')
    expect(await due('complaint')).toEqual(['12-02 18:00 broken'])
    expect(await due('consultation')).toEqual([])
  },
  async 'closing-report'() {
    const passed = async (affected?: number) =>
      stages(await recipe('closing-report', { type: 'fault', ...(affected !== undefined && { fields: { affected } }) }, 'solved'))
    expect(await passed(100)).toContain('closing')
    expect(await passed(99)).not.toContain('closing')
    expect(await passed()).not.toContain('closing')
  },
  async director() {
    const view = await recipe('director', { type: 'fault', priority: 'urgent', at: '2026-12-01T18:00' })
    expect(told(view, 'resolution').filter((line) => line.endsWith('director'))).toEqual(
      ['06:00', '07:00', '08:00', '09:00'].map((time) => `12-02 ${time} director`),
    )
    const reached = mails(view).filter(({ happenedAt, recipient }) => recipient.label === 'director' && happenedAt > '12-02 05')
    expect(reached.map(({ heldUntil }) => heldUntil)).toEqual([null, null, null, null])
    const high = await recipe('director', { type: 'fault', priority: 'high', at: '2026-12-01T18:00' })
    expect(told(high, 'resolution').filter((line) => line.endsWith('director'))).toHaveLength(1)
  },
  async numbers() {
    expect((await recipe('numbers', { type: 'fault' })).number).toBe('KF-2026.49-0001')
  },
  async quiet() {
    const held = async (priority: string) =>
      mails(await recipe('quiet', { type: 'fault', priority, at: '2026-12-01T20:30' })).find(({ kind }) => kind === 'ticket-submitted')
        ?.heldUntil
    expect(await held('medium')).toBe('2026-12-02T01:00:00.000Z')
    expect(await held('high')).toBe(null)
  },
  async 'two-shifts'() {
    const view = await recipe('two-shifts', { type: 'fault', channel: 'email', at: '2026-12-01T19:00' })
    expect(promised(view, 'first-response')).toEqual(['12-02 12:00 broken'])
  },
  async 'order-number'() {
    const filled = async (subject: string) => (await recipe('order-number', { type: 'complaint', fields: { subject } })).filled
    expect(await filled('delivery')).toContain('orderNo')
    expect(await filled('staff')).not.toContain('orderNo')
  },
  async silence() {
    const view = await recipe('silence', { type: 'consultation' }, 'silence')
    expect(told(view, 'customer-answer').filter((line) => line.endsWith('customer'))).toHaveLength(2)
    expect(mails(view).find(({ kind }) => kind === 'closed-by-silence')?.happenedAt).toBe('12-04 18:00')
  },
}

describe('X12: recipes of profiles', () => {
  const page = readFileSync('docs/profile-recipes.md', 'utf8')

  it('X12: there are a dozen, each on the page', () => {
    expect(recipes.length).toBeGreaterThanOrEqual(12)
    for (const path of recipes) expect(page).toContain(`<!-- file: ${path} -->`)
  })

  it.each(recipes)('X10, X12: %s does what it is about, and would let nothing be forgotten', async (path) => {
    expect(checkedFile(path).warnings).toEqual([])
    const does = about[path.replace(/^.*\/|\.yaml$/g, '')]
    if (!does) throw new Error('say in `about` what it is about')
    await does()
  })
})

describe('X13: what ships and what is to be copied', () => {
  it('X13: the profiles that ship and those of docs/examples are checked without a warning', async () => {
    const shipped = (await shippedProfiles()).map(({ content }) => `profiles/${content.id}.yaml`)
    expect(shipped.length).toBeGreaterThanOrEqual(4)
    for (const path of [...shipped, ...profilesIn('docs/examples')]) expect([path, checkedFile(path).warnings]).toEqual([path, []])
  })
})

describe("X12: the tutorial's hotel", () => {
  const hotel = 'docs/examples/hotel.yaml'

  it('X9: takes about a hundred lines, and its head alone is told what is missing', () => {
    const text = readFileSync(hotel, 'utf8')
    expect(text.split('\n').length).toBeLessThan(115)
    const head = text.slice(0, text.indexOf('\nzone:'))
    const page = readFileSync('docs/profile-tutorial.md', 'utf8')
    const missing = [...page.matchAll(/^hotel\.yaml:(\d+): (\S+): /gm)].map(([, line, path]) => `${line} ${path}`)
    expect(missing.length).toBeGreaterThan(3)
    expect(faultsIn(head)).toEqual(missing)
  })

  it('X11, X12: answers in a quarter of an hour of its shifts, and at night what is urgent', async () => {
    const due = async (ticket: object) =>
      promised(await rehearsedFile(hotel, { type: 'request', channel: 'email', ...ticket }), 'first-response')
    expect(await due({ priority: 'medium', at: '2026-12-01T10:00' })).toEqual(['12-01 10:15 broken'])
    expect(await due({ priority: 'medium', at: '2026-12-01T22:50' })).toEqual(['12-02 07:05 broken'])
    expect(await due({ priority: 'urgent', at: '2026-12-01T22:50' })).toEqual(['12-01 22:53 broken'])
  })

  it('X10, X11, X12: tells the duty manager of a complaint at once, and is done before the guest leaves', async () => {
    const fields = { room: '1208', checkOut: '2026-12-02T12:00:00+08:00' }
    const view = await rehearsedFile(
      hotel,
      { type: 'complaint', priority: 'high', at: '2026-12-01T20:00', fields },
      'docs/examples/hotel-story.yaml',
    )
    expect(mails(view).filter(({ kind }) => kind === 'custom-complaint')).toMatchObject([
      { recipient: { label: 'duty manager' }, happenedAt: '12-01 20:00', fate: 'sent', heldUntil: null },
    ])
    expect(promised(view, 'before-check-out')).toEqual(['12-02 12:00 kept'])
    const idle = await rehearsedFile(hotel, { type: 'repair', at: '2026-12-01T20:00', fields })
    expect(told(idle, 'before-check-out')).toEqual(['12-02 10:00 handler, team lead', '12-02 12:00 handler, team lead, duty manager'])
    expect(promised(await rehearsedFile(hotel, { type: 'repair' }), 'before-check-out')).toEqual([])
  })
})

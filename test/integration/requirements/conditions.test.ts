import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { form as usualForm, type Heard } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { passing, seconds } from '../../support/passing.ts'
import {
  does,
  english,
  log,
  noticesOf,
  peopleOf,
  registered,
  ticket,
  tries,
  walkedTo,
  walksOn,
  zh,
  type Input,
  type People,
} from '../../support/walk.ts'

/** X10: rules of a profile that hold under conditions, on a real Temporal whose time is skipped. When a fact changes, promises follow it. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
  await put(await conditional())
})
afterAll(() => office.close())

const { promise, passTo, logged } = passing(
  () => office,
  () => people.agent,
)

const put = (document: string, id = 'conditional'): Promise<Heard> =>
  people.admin.send('PUT', `/api/profiles/${id}`, document, { 'Content-Type': 'application/yaml' })
const label = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })

interface Document {
  readonly clocks: readonly { readonly id: string; readonly starts: readonly string[] }[]
  readonly priorities: readonly { readonly id: string }[]
  readonly types: readonly { readonly id: string; readonly fields: readonly object[] }[]
}

async function usualPriorities(): Promise<Document['priorities']> {
  const usual: Document = parse(await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
  return usual.priorities
}

/** Technical support, whose targets, ladders, questions and reviews depend on what is reported and by whom. */
async function conditional(changes: object = {}): Promise<string> {
  const usual: Document = parse(await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
  const extent = ['one', 'site', 'all'].map((id) => ({ id, label: label(id) }))
  const fields = [
    { id: 'extent', label: label('波及范围'), kind: 'choice', choices: extent },
    { id: 'usersHit', label: label('受影响人数'), kind: 'number', requiredWhen: { fields: { extent: ['site', 'all'] } } },
    { id: 'confession', label: label('内部评估'), kind: 'text', internal: true },
  ]
  const everybody = { fields: { extent: 'all' } }
  const crowd = { fields: { usersHit: { atLeast: 100 } } }
  return stringify({
    ...usual,
    id: 'conditional',
    version: 1,
    number: { pattern: 'CD{yyyyMMdd}{serial:3}' },
    customerTags: [{ id: 'vip', label: label('VIP客户'), accounts: ['vip-001'] }],
    types: usual.types.map((type) => ({ ...type, fields: [...type.fields, ...fields] })),
    priorities: usual.priorities.map((priority) => (priority.id === 'medium' ? { ...priority, reviewMeeting: everybody } : priority)),
    closingReport: { not: { priority: 'low' } },
    clocks: [
      ...usual.clocks.map((clock) =>
        clock.id === 'resolution'
          ? {
              ...clock,
              timeBase: 'elapsed',
              exceptions: [
                { when: everybody, within: 'PT2H' },
                { when: { tag: 'vip' }, within: { medium: 'PT12H' } },
                { when: { language: 'en' }, within: { medium: 'PT36H' } },
              ],
            }
          : clock,
      ),
      {
        id: 'situation',
        label: label('态势通报'),
        starts: ['submitted'],
        stops: ['contacted'],
        within: 'PT40M',
        timeBase: 'elapsed',
        when: crowd,
        ladder: [
          { id: 'warning', at: '-50%', to: ['representative'] },
          { id: 'duty', at: '-25%', to: ['supervisor'], when: { tag: 'vip' } },
        ],
      },
    ],
    ...changes,
  })
}

const form = (fields: Input = {}, changes: Input = {}): Input => ({ profile: 'conditional', fields, ...changes })
const taken = (fields: Input = {}, changes: Input = {}) => registered(people.agent, form(fields, changes))
const corrects = (number: string, fields: Input) =>
  does(people.agent, number, 'correct', { reason: '登记有误', customer: undefined, fields })
const clocks = async (number: string) =>
  (await people.agent.get(`/api/tickets/${number}/clocks`)).items.map(({ clock, state }) => `${String(clock)} ${String(state)}`)
const hours = ({ startedAt, dueAt }: { readonly startedAt: string; readonly dueAt: string }) => seconds(startedAt, dueAt) / 3600
const vip = { name: '何俊', account: 'vip-001', email: 'hejun@example.com' }

describe('X10: what a registration says decides', () => {
  it('X10: whether a field is required, in the words of the caller', async () => {
    for (const language of [zh, english]) {
      const heard = await people.agent.post('/api/tickets', { ...usualForm, ...form({ extent: 'site' }) }, language)
      expect(heard.status).toBe(422)
      expect(heard.errors).toMatchObject([{ path: 'fields.usersHit', code: 'required' }])
    }
    const seen = (await people.agent.get('/api/profiles/conditional/form', zh)).body
    expect(seen).toMatchObject({
      types: expect.arrayContaining([
        expect.objectContaining({
          fields: expect.arrayContaining([
            expect.objectContaining({ id: 'usersHit', required: false, requiredWhen: { fields: { extent: ['site', 'all'] } } }),
            expect.objectContaining({ id: 'extent', required: false, requiredWhen: null }),
          ]),
        }),
      ]),
    })
    await taken({ extent: 'site', usersHit: 12 })
  })

  it('X10: which target counts, and which clocks run at all', async () => {
    expect(hours(await promise(await taken(), 'resolution'))).toBe(120)
    const everywhere = await taken({ extent: 'ALL', usersHit: 300 })
    expect(hours(await promise(everywhere, 'resolution'))).toBe(2)
    expect(await clocks(everywhere)).toContain('situation running')
    expect(await clocks(await taken({ extent: 'site', usersHit: 99 }))).not.toContain('situation running')
  })

  it('X10, S7: where it goes, and by which skills somebody of that team is chosen', async () => {
    const when = { type: 'hardware-fault', fields: { extent: ['site', 'all'] } }
    const routed = await conditional({
      id: 'routed',
      number: { pattern: 'RD{yyyyMMdd}{serial:3}' },
      begins: 'assignment',
      priorities: (await usualPriorities()).map((priority) => ({ ...priority, reviewMeeting: false })),
      dispatch: { mode: 'automatic' },
      routing: [{ when, team: 'service-desk', skills: ['suggestion'] }],
    })
    // What triage has reviewed is never, where tickets begin after it.
    const whole: Document = parse(routed)
    const clocks = whole.clocks.filter(({ starts }) => !starts.includes('review-called'))
    expect((await put(stringify({ ...whole, clocks }), 'routed')).status).toBe(201)
    const asked = { profile: 'routed', type: 'hardware-fault' }
    const local = await taken({ extent: 'one' }, asked)
    expect(await ticket(people.agent, local)).toMatchObject({ team: 'tech-support' })
    const wide = await taken({ extent: 'all', usersHit: 40 }, asked)
    const { candidates, assignee } = await logged(wide, 'assigned', { manner: 'dispatched' })
    expect(await ticket(people.agent, wide)).toMatchObject({ team: 'service-desk', assignee })
    expect(candidates).toMatchObject([{ skills: 1 }, { skills: 1 }, { skills: 0 }, { skills: 0 }])
  })

  it('X10: whether there is an emergency review, and a report at closing', async () => {
    const reviewed = await taken({ extent: 'all', usersHit: 5 })
    await does(people.agent, reviewed, 'review-intake')
    expect((await does(people.agent, reviewed, 'diagnose')).body).toMatchObject({ stage: 'triage' })
    const plain = await taken({ extent: 'one' })
    await does(people.agent, plain, 'review-intake')
    expect((await does(people.agent, plain, 'diagnose')).body).toMatchObject({ stage: 'assignment' })
    expect((await tries(people.supervisor, plain, 'record-review-meeting')).status).toBe(409)
    await walksOn(plain, 'assignment', 'closing', people)
    expect(await ticket(people.agent, plain)).toMatchObject({ stage: 'closing' })
    const low = await walkedTo('confirmation', people, { form: form({}, { priority: 'low' }) })
    await does(people.agent, low, 'confirm', { satisfaction: 5 })
    expect(await ticket(people.agent, low)).toMatchObject({ stage: 'follow-up' })
  })
})

describe('X10: when a fact changes, the promises follow it', () => {
  it('X10: a corrected field moves the target from the original start, makes the promises it calls for, and takes them away again', async () => {
    const number = await taken({ extent: 'one' })
    const first = await promise(number, 'resolution')
    await office.later('PT30M')
    await corrects(number, { extent: 'all', usersHit: 300 })
    const moved = await promise(number, 'resolution')
    expect(moved).toMatchObject({ startedAt: first.startedAt, cycle: 1, state: 'running' })
    expect(hours(moved)).toBe(2)
    const situation = await promise(number, 'situation')
    expect([situation.startedAt, hours(situation)]).toEqual([first.startedAt, 40 / 60])
    await corrects(number, { usersHit: 20 })
    expect(await promise(number, 'situation')).toMatchObject({ state: 'cancelled' })
    // Never without an event that says so.
    const told = await log(people.agent, number)
    expect(told.filter(({ type }) => type === 'corrected').map(({ facts }) => facts)).toEqual([
      { extent: 'all', usersHit: 300 },
      { extent: 'all', usersHit: 20 },
    ])
    await corrects(number, { extent: 'one' })
    expect(await promise(number, 'resolution')).toMatchObject({ dueAt: first.dueAt, state: 'running' })
  })

  it('X10, X8: what the new target puts into the past is broken by the correction, stamped with it', async () => {
    const number = await taken({ extent: 'one' })
    await office.later('PT3H')
    const { seq } = (await corrects(number, { extent: 'all', usersHit: 8 })).body
    const broken = await logged(number, 'promise-broken', { clock: 'resolution' })
    expect(broken).toMatchObject({ cause: 'retarget', actor: 'agent-li' })
    expect(await promise(number, 'resolution')).toMatchObject({ state: 'broken', stoppedAt: null })
    expect(seq).not.toBe(0)
  })

  it('X10: what a customer supplies counts as what an agent corrects', async () => {
    const number = await registered(people.customer, form({ extent: 'one' }))
    await does(people.customer, number, 'supplement', { fields: { extent: 'all', usersHit: 150 } })
    expect(hours(await promise(number, 'resolution'))).toBe(2)
    expect(await clocks(number)).toContain('situation running')
    const shown = JSON.stringify((await people.customer.get(`/api/tickets/${number}/events`)).body)
    expect(shown).not.toContain('"facts"')
  })

  it('X10, S4: a tag that is attached after the registration moves the target from the original start; the ladder speaks to whom it names', async () => {
    const number = await taken({ extent: 'site', usersHit: 200 }, { customer: vip })
    await logged(number, 'customer-tagged')
    const tagged = await promise(number, 'resolution')
    expect([hours(tagged), tagged.startedAt]).toEqual([12, (await promise(number, 'situation')).startedAt])
    await passTo((await promise(number, 'situation')).dueAt)
    await logged(number, 'promise-broken', { clock: 'situation' })
    const levels = (await log(people.agent, number)).filter(({ type, clock }) => type === 'level-reached' && clock === 'situation')
    expect(levels.map(({ level }) => level)).toEqual(['warning', 'duty'])
    const notices = await noticesOf(office, number)
    expect(notices.filter(({ seq }) => levels.some((level) => level.seq === seq)).map(({ recipientId }) => recipientId)).toEqual([
      'agent-li',
      'supervisor@tech-support',
    ])
  })

  it('X10, X6: the language in which the customer is written to moves the target from the original start, and is that of their mails', async () => {
    const reader = { name: 'Jane Roe', email: 'jane.roe@example.com' }
    const english = await taken({ extent: 'one' }, { language: 'en', customer: reader })
    expect(hours(await promise(english, 'resolution'))).toBe(36)
    const number = await taken({ extent: 'one' })
    const { startedAt, dueAt } = await promise(number, 'resolution')
    expect(await ticket(people.agent, number)).toMatchObject({ language: 'zh-CN' })
    await office.later('PT30M')
    await does(people.agent, number, 'correct', { reason: '客户说英语', customer: undefined, language: 'en' })
    expect(await ticket(people.agent, number)).toMatchObject({ language: 'en' })
    const moved = await promise(number, 'resolution')
    expect([hours(moved), moved.startedAt]).toEqual([36, startedAt])
    const said = async (of: string) => {
      const { items } = await people.supervisor.get(`/api/notices?ticket=${of}&recipient=customer`)
      return (await people.supervisor.get(`/api/notices/${String(items[0]?.id)}`)).body
    }
    await does(people.agent, english, 'review-intake', { complete: false, missing: ['log'], message: 'Please send us the log.' })
    expect(await said(english)).toMatchObject({ language: 'en', text: expect.stringContaining('Please send us the log.') })
    await does(people.agent, number, 'correct', { reason: '登记有误', customer: undefined, language: 'zh-CN' })
    expect((await promise(number, 'resolution')).dueAt).toBe(dueAt)
    const heard = await tries(people.agent, number, 'correct', { reason: '登记有误', customer: undefined, language: 'de' })
    expect([heard.status, heard.errors]).toMatchObject([422, [{ path: 'language' }]])
  })

  it('X10: nobody else hears of it', async () => {
    const number = await taken({ extent: 'site', usersHit: 200 })
    await passTo((await promise(number, 'situation')).dueAt)
    await logged(number, 'promise-broken', { clock: 'situation' })
    const levels = (await log(people.agent, number)).filter(({ type, clock }) => type === 'level-reached' && clock === 'situation')
    expect(levels.map(({ level }) => level)).toEqual(['warning'])
  })

  it('X10, X8: a corrected type brings its form, its targets from the original start, and its team; what it has no place for stays on record', async () => {
    const when = { type: 'hardware-fault' }
    const standard: Document & { readonly types: readonly { readonly id: string; readonly fields: readonly object[] }[] } = parse(
      await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8'),
    )
    const serial = { id: 'serialNumber', label: label('序列号'), kind: 'text', required: true }
    const size = { id: 'size', label: label('规模'), kind: 'choice', choices: [{ id: 'big', label: label('大') }] }
    const document = await conditional({
      id: 'mistaken',
      number: { pattern: 'MD{yyyyMMdd}{serial:3}' },
      types: standard.types.map((type) =>
        type.id === 'hardware-fault'
          ? { ...type, fields: [...type.fields, serial], targets: { resolution: 'PT2H' } }
          : { ...type, fields: [...type.fields, size] },
      ),
      closingReport: true,
      priorities: standard.priorities,
      clocks: standard.clocks.map((clock) => (clock.id === 'resolution' ? { ...clock, timeBase: 'elapsed' } : clock)),
      routing: [{ when, team: 'service-desk' }],
    })
    expect((await put(document, 'mistaken')).status).toBe(201)
    const number = await taken({ errorText: '500', size: 'big' }, { profile: 'mistaken' })
    await walksOn(number, 'intake', 'handling', people)
    const before = await promise(number, 'resolution')
    await office.later('PT30M')
    const wrong = { type: 'hardware-fault', reason: '实为硬件' }
    for (const language of [zh, english]) {
      const refused = await people.agent.post(`/api/tickets/${number}/reclassify`, wrong, language)
      expect([refused.status, refused.errors]).toMatchObject([422, [{ path: 'fields.serialNumber', code: 'required' }]])
      const unknown = await people.agent.post(`/api/tickets/${number}/reclassify`, { ...wrong, type: 'hardware' }, language)
      expect([unknown.status, unknown.errors]).toMatchObject([422, [{ path: 'type', code: 'not-a-choice' }]])
      const same = await people.agent.post(`/api/tickets/${number}/reclassify`, { ...wrong, type: 'software-fault' }, language)
      expect([same.status, same.errors]).toMatchObject([422, [{ path: 'type', code: 'nothing-to-change' }]])
    }
    await does(people.agent, number, 'reclassify', { ...wrong, fields: { serialNumber: 'SN-1' } })
    const seen = await ticket(people.agent, number)
    expect(seen).toMatchObject({ type: 'hardware-fault', stage: 'assignment', assignee: null, team: 'service-desk' })
    expect(seen['fields']).toEqual({ errorText: '500', serialNumber: 'SN-1' })
    const moved = await promise(number, 'resolution')
    expect([moved.startedAt, hours(moved)]).toEqual([before.startedAt, 2])
    const events = await log(people.agent, number)
    const told = events.find(({ type }) => type === 'reclassified')
    expect(told).toMatchObject({ from: 'software-fault', ticketType: 'hardware-fault', reason: '实为硬件', dropped: { size: 'big' } })
    expect(told).not.toHaveProperty('terms')
    expect(events.at(-1)).toMatchObject({ type: 'assigned', manner: 'reassigned', team: 'service-desk', deadline: moved.dueAt })
    // It goes on by the right type to its end.
    await passTo(moved.dueAt)
    expect(await logged(number, 'promise-broken', { clock: 'resolution' })).toMatchObject({ dueAt: moved.dueAt, cause: 'time' })
    await walksOn(number, 'assignment', 'follow-up', people)
    expect(await ticket(people.agent, number)).toMatchObject({ type: 'hardware-fault', closedAt: expect.any(String) })
  })
})

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { form as usualForm, type Heard } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { does, english, noticesOf, peopleOf, ticket, tries, tw, zh, type People } from '../../support/walk.ts'

/** X9: an organisation writes only what differs from the usual words, and its tickets run by the whole. */

let office: OfficeOnTemporal
let people: People
let hotel: string

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  hotel = await readFile('docs/examples/hotel.yaml', 'utf8')
  const shifts = await readFile('docs/examples/hotel-shifts.yaml', 'utf8')
  const { status, body } = await people.admin.send('PUT', '/api/calendars/hotel-shifts', shifts, { 'Content-Type': 'application/yaml' })
  if (status !== 201) throw new Error(JSON.stringify(body))
})
afterAll(() => office.close())

const put = (id: string, document: string, headers = {}, who = people.admin): Promise<Heard> =>
  who.send('PUT', `/api/profiles/${id}`, document, { 'Content-Type': 'application/yaml', ...headers })
const yaml = { Accept: 'application/yaml' }
const template = (version: number, words: string) =>
  `id: house-words\nversion: ${version}\ntemplate: true\nextends: base@3\nlabel: { zh-CN: 集团用语, zh-TW: 集團用語, en: House words }\n${words}\n`
const own = (changes = '') =>
  `${hotel.replace('id: hotel', 'id: inn').replace('GS{', 'IN{').replace('extends: base@3', 'extends: house-words')}${changes}`

describe('X9: profiles that extend others', () => {
  it('X9: a hundred lines on the base are a whole process: checked, installed, and a ticket of it runs to its end', async () => {
    expect(hotel.split('\n').length).toBeLessThan(115)
    const checked = await people.supervisor.send('POST', '/api/profiles/check', hotel, { 'Content-Type': 'application/yaml' })
    expect([checked.status, checked.body]).toEqual([200, { id: 'hotel', version: 1, warnings: [] }])
    expect((await put('hotel', hotel)).status).toBe(201)
    expect((await put('hotel', hotel)).status).toBe(200)

    const form = { ...usualForm, profile: 'hotel', type: 'repair', priority: 'high', channel: 'front-desk', fields: { room: '1208' } }
    const heard = await people.agent.post('/api/tickets', form)
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect(heard.number).toMatch(/^GS\d{9}$/)
    // What the hotel said and what it did not: a target of its own, by a clock with the ladder of the base.
    const seen = await ticket(people.agent, heard.number, zh)
    expect(seen).toMatchObject({ profile: 'hotel', profileVersion: 1, typeLabel: '客房报修', channelLabel: '前台' })
    const { items } = await people.agent.get(`/api/tickets/${heard.number}/clocks`, zh)
    expect(items).toContainEqual(expect.objectContaining({ clock: 'start', label: '启动处理' }))
    const [mail] = (await noticesOf(office, heard.number)).filter(({ kind }) => kind === 'ticket-submitted')
    expect(mail?.kind).toBe('ticket-submitted')
  })

  it('X9: is read as it was written, whole, and whole with where each part comes from', async () => {
    const text = async (query = '') => String((await people.agent.get(`/api/profiles/hotel${query}`, yaml)).body['text'])
    expect(await text()).toBe(hotel)
    const { body } = await people.agent.get('/api/profiles/hotel')
    expect(body).toMatchObject({ reopeningWindow: 'P7D', urging: { every: 'PT2H' }, callback: { attempts: 2 } })
    const whole = await text('?showing=whole')
    expect(parse(whole)).toMatchObject({ id: 'hotel', reopeningWindow: 'P7D', scripts: expect.arrayContaining([expect.anything()]) })
    expect(whole).not.toContain('extends')
    const why = await text('?showing=why')
    expect(why).toMatch(/reopeningWindow: P7D # base@3:\d+/)
    expect(why).toMatch(/zone: Asia\/Shanghai # hotel@1:10/)
    expect(parse(why)).toEqual(parse(whole))
    // One that stands for itself is shown, too.
    expect(parse(await text('?showing=why&version=1'))).toEqual(parse(whole))
  })

  it('X9: what changes is told in words of the process, in the language of the caller', async () => {
    const told = async (language: Readonly<Record<string, string>>) => {
      const { body } = await people.agent.get('/api/profiles/hotel/differences?from=standard-ticket', language)
      return JSON.stringify(body)
    }
    expect(await told(english)).toContain('target (Urgent): 15 minutes → 3 minutes')
    expect(await told(zh)).toContain('时限（紧急）：15 分钟 → 3 分钟')
    expect(await told(tw)).toContain('時限（緊急）：15 分鐘 → 3 分鐘')
    expect((await people.agent.get('/api/profiles/hotel/differences')).items).toEqual([])
    expect((await people.agent.get('/api/profiles/hotel/differences?from=none')).status).toBe(404)
  })

  it('X9: who prefers a language that the profile does not speak reads its own: ticket, form, mails, scripts, rehearsal', async () => {
    const guestHouse = await readFile('docs/examples/guest-house.yaml', 'utf8')
    const heard = await put('guest-house', guestHouse)
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect((await people.agent.get('/api/profiles/guest-house')).body).toMatchObject({ languages: ['en'], language: 'en' })
    const given = { type: 'repair', priority: 'high', channel: 'front-desk', fields: { room: '12' } }
    const made = await people.agent.post('/api/tickets', { ...usualForm, profile: 'guest-house', title: 'No heating', ...given })
    const inEnglish = await ticket(people.agent, made.number, english)
    const labels = ['typeLabel', 'stageLabel', 'priorityLabel', 'channelLabel', 'customerStatus'] as const
    for (const language of [zh, tw]) {
      const seen = await ticket(people.agent, made.number, language)
      for (const label of labels) expect(seen[label], label).toBe(inEnglish[label])
      const { items } = await people.agent.get(`/api/tickets/${made.number}/clocks`, language)
      expect(items).toContainEqual(expect.objectContaining({ clock: 'start', label: 'Start of work' }))
      expect((await people.agent.get('/api/profiles/guest-house/form', language)).body).toMatchObject({
        label: 'Guest house',
        languages: [{ id: 'en' }],
      })
    }
    expect(inEnglish).toMatchObject({ typeLabel: 'Repair', language: 'en' })
    const unspoken = { profile: 'guest-house', title: 'No heating', ...given, language: 'zh-CN' }
    expect((await people.agent.post('/api/tickets', { ...usualForm, ...unspoken })).errors).toMatchObject([
      { path: 'language', code: 'not-a-choice' },
    ])
    expect(
      (await tries(people.agent, made.number, 'correct', { reason: 'Speaks Chinese', customer: undefined, language: 'zh-CN' })).errors,
    ).toMatchObject([{ path: 'language', code: 'not-a-choice' }])
    const script = await people.agent.get(`/api/templates/first-call?ticket=${made.number}`, tw)
    expect(String(script.body['text'])).toMatch(/^Hello, am I speaking to /)

    const choose = (language: string | null) => {
      const body = JSON.stringify({ language, quietHours: null, muted: [] })
      return people.engineer.send('PUT', '/api/me/preferences', body, { 'Content-Type': 'application/json' })
    }
    await choose('zh-TW')
    await does(people.supervisor, made.number, 'assign', { assignee: 'engineer-wang' })
    const { items } = await people.agent.get(`/api/notices?ticket=${made.number}`)
    expect(items.length).toBeGreaterThan(1)
    for (const { id } of items) {
      const { body } = await people.agent.get(`/api/notices/${String(id)}`, zh)
      expect(body['language'], JSON.stringify(body)).toBe('en')
      expect(String(body['subject'])).not.toMatch(/\p{Script=Han}/u)
    }
    await choose(null)

    const imagined = { ...given, at: '2026-11-26 09:30' }
    const rehearsed = await people.supervisor.post(
      '/api/profiles/rehearse',
      { profile: 'guest-house', ticket: imagined, language: 'zh-CN' },
      zh,
    )
    expect(rehearsed.body).toMatchObject({ language: 'en', type: { label: 'Repair' } })
  })

  it('X9: a newer version of a base changes nothing that is installed; the same text over it is other content', async () => {
    expect((await put('house-words', template(1, 'callback: { attempts: 5 }'))).status).toBe(201)
    expect((await put('inn', own())).status).toBe(201)
    expect((await put('house-words', template(2, 'callback: { attempts: 7 }'))).status).toBe(201)
    expect((await people.agent.get('/api/profiles/inn')).body).toMatchObject({ version: 1, callback: { attempts: 5 } })

    const taken = await put('inn', own(), english)
    expect(taken.body).toMatchObject({ status: 409, type: '/problems/version-taken', extended: 'house-words@1', extends: 'house-words@2' })
    expect(taken.detail).toContain('it extended house-words@1, and would extend house-words@2 now')
    // Whoever names the version gets it, however many newer ones there are.
    const pinned = own().replace('extends: house-words', 'extends: house-words@1')
    expect((await put('inn', pinned)).status).toBe(200)
    expect((await put('inn', own().replace('version: 1', 'version: 2'))).status).toBe(201)
    expect((await people.agent.get('/api/profiles/inn')).body).toMatchObject({ version: 2, callback: { attempts: 7 } })
    expect((await people.agent.get('/api/profiles/inn/differences', english)).body).toMatchObject({
      from: 'inn@1',
      to: 'inn@2',
      items: [{ heading: 'General', lines: [{ depth: 0, mark: '~', text: 'Attempts at a callback: 5 → 7' }] }],
    })
    const why = String((await people.agent.get('/api/profiles/inn?version=1&showing=why', yaml)).body['text'])
    expect(why).toMatch(/callback: \{ attempts: 5 \} # house-words@1:6/)
  })

  it('X9: a template is listed where it is asked for, read, and no ticket runs by it', async () => {
    const { items, body } = await people.agent.get('/api/profiles?templates=true')
    expect(items.map(({ id }) => id)).not.toContain('base')
    expect(body['templates']).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'base', version: 3, label: expect.objectContaining({ en: 'Base' }) })]),
    )
    expect((await people.agent.get('/api/profiles')).body).not.toHaveProperty('templates')
    expect((await people.customer.get('/api/profiles?templates=true')).body).not.toHaveProperty('templates')
    expect((await people.agent.get('/api/profiles/house-words')).body).toMatchObject({
      template: true,
      versions: [2, 1],
      callback: { attempts: 7 },
      reopeningWindow: 'P7D',
    })
    const refused = await people.agent.post('/api/tickets', { ...usualForm, profile: 'base' })
    expect(refused.status).toBe(422)
    expect((await people.agent.get('/api/profiles/base/form')).status).toBe(404)
    // One id is one thing.
    expect((await put('hotel', template(1, '').replace('house-words', 'hotel'), english)).errors).toMatchObject([
      { path: 'id', message: /is the id of a profile/ },
    ])
    expect((await put('base', own().replace('id: inn', 'id: base').replace('house-words', 'tech-support'), english)).status).toBe(422)
  })

  it('X9: nothing half installed: what is wrong is told by path and line of what was written, or by the base it comes from', async () => {
    const bad = own('urging: { every: PT2h }\n')
      .replace('id: inn', 'id: broken')
      .replace('IN{', 'BR{')
      .replace('priorities.low', 'priorities.lwo')
    for (const language of [zh, tw, english]) {
      const heard = await put('broken', bad, language)
      expect(heard.status).toBe(422)
      expect(heard.errors).toMatchObject([
        { path: 'remove[0]', line: bad.split('\n').findIndex((line) => line.includes('priorities.lwo')) + 1 },
        { path: 'urging.every', line: bad.split('\n').findIndex((line) => line.includes('PT2h')) + 1 },
      ])
    }
    expect((await people.agent.get('/api/profiles/broken')).status).toBe(404)
    const unknown = await put('broken', hotel.replace('id: hotel', 'id: broken').replace('GS{', 'BR{').replace('base@3', 'baes'), english)
    expect(unknown.errors).toMatchObject([{ path: 'extends', line: 6, message: expect.stringContaining('perhaps "base"') }])
  })

  it('X9: a running ticket keeps the resolved whole that it began with', async () => {
    const form = { ...usualForm, profile: 'inn', type: 'repair', priority: 'high', channel: 'room-phone', fields: { room: '7' } }
    const { number } = await people.agent.post('/api/tickets', form)
    expect((await put('inn', own('urging: { every: PT9H }\n').replace('version: 1', 'version: 3'))).status).toBe(201)
    expect(await ticket(people.agent, number)).toMatchObject({ profileVersion: 2 })
    expect((await people.agent.get('/api/profiles/inn')).body).toMatchObject({ version: 3, urging: { every: 'PT9H' } })
  })
})

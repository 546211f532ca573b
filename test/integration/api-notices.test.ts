import { processes } from '../../processes/index.ts'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createProfileReader } from '../../processes/policies.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { createDelivery } from '../../delivery/deliver.ts'
import { smtpTransport } from '../../delivery/smtp.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { peopleOf, registered, tw, walkedTo, zh, type People } from '../support/walk.ts'
import { noStop } from '../support/no-stop.ts'

/** Notices, preferences and scripts as people meet them: through the API, with a real mail server at the other end. */

let office: Office
let post: PostOffice
let people: People
let deliver: () => Promise<unknown>
/** Tickets are taken in by day, so that no quiet hours hold what these tests wait for. */
const noon = new Date('2026-03-02T04:00:00.000Z')
beforeAll(async () => {
  office = await openOffice({ worker: false })
  post = await openPostOffice()
  people = await peopleOf(office)
  const transport = smtpTransport(post.url)
  const round = createDelivery({
    db: office.db,
    keys: keysOf(...office.config.keys),
    log: pino({ level: 'silent' }),
    transport,
    sender: office.config.mailFrom,
    clock: { now: () => noon },
    processes,
    profileOf: createProfileReader(office.db),
  })
  deliver = async () => {
    await office.db.updateTable('notices').set({ createdAt: noon.toISOString() }).where('status', '=', 'queued').execute()
    return round(noStop())
  }
})
afterAll(async () => {
  await post.close()
  await office.close()
})

const byMail = { ...form, customer: { name: '陈先生', company: '海鸥贸易', email: 'chen.wei@example.com' } }
const noticeShape = z.looseObject({ id: z.number(), status: z.string() })

async function noticesOf(number: string, who: Speaker = people.agent) {
  const heard = await who.get(`/api/notices?ticket=${number}`)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard.items.map((item) => noticeShape.parse(item))
}

describe('S8: the notices of a ticket', () => {
  it('S8: are listed with what became of them, and read as they were sent', async () => {
    const number = await registered(people.agent, byMail)
    expect(await noticesOf(number)).toMatchObject([
      { ticket: number, kind: 'ticket-submitted', status: 'queued', recipient: { kind: 'customer', id: null } },
    ])
    const [{ id } = never()] = await noticesOf(number)
    const before = await people.agent.get(`/api/notices/${id}`, zh)
    expect(before.body).toMatchObject({ label: '工单已创建', language: 'zh-CN', subject: `工单已创建：客户端无法登录【${number}】` })
    expect(before.body['text']).toMatch(new RegExp(`^陈先生，您好！\n\n工单已创建，工单编号：${number}。`))

    await deliver()

    const [sent] = await noticesOf(number)
    expect(sent).toMatchObject({ status: 'sent', channel: 'email', address: 'ch***@example.com', sentAt: noon.toISOString(), attempts: 1 })
    const whole = await people.engineer.get(`/api/notices/${id}`)
    expect(whole.body['text']).toBe(post.mails.at(-1)?.mail.text)
    expect(JSON.stringify([sent, whole.body])).not.toContain('chen.wei@example.com')
  })

  it('S8: are found by status, kind and recipient, in pages', async () => {
    const numbers = [await registered(people.agent, byMail), await registered(people.agent, byMail), await registered(people.agent, byMail)]
    const first = await people.agent.get('/api/notices?status=queued&kind=ticket-submitted&recipient=customer&limit=2')
    expect(first.items.map(({ ticket }) => ticket)).toEqual([numbers[2], numbers[1]])
    const second = await people.agent.get(
      `/api/notices?status=queued&kind=ticket-submitted&recipient=customer&limit=2&cursor=${first.next ?? ''}`,
    )
    expect(second.items.map(({ ticket }) => ticket)).toEqual([numbers[0]])
    expect(second.next).toBeNull()
    await deliver()
    // Whoever read it instead is a recipient too.
    const relayed = await registered(people.agent, form)
    await deliver()
    const mine = await people.agent.get('/api/notices?recipient=agent-li')
    expect(mine.items).toMatchObject([{ ticket: relayed, channel: 'relay', reached: ['agent-li'] }])
    expect(mine.body['names']).toEqual({ 'agent-li': '李娜' })
  })

  it('S8: are for staff; unknown ones and unknown filters are refused by name', async () => {
    expect((await people.customer.get('/api/notices')).status).toBe(403)
    expect(await people.agent.get('/api/notices/999999999', zh)).toMatchObject({
      status: 404,
      detail: '没有编号为 999999999 的通知。请查看 /api/notices。',
    })
    expect(await people.agent.get('/api/notices/x')).toMatchObject({ status: 422, errors: [{ path: 'id' }] })
    expect(await people.agent.get('/api/notices?status=lost')).toMatchObject({ status: 422, errors: [{ path: 'status' }] })
    expect(await people.agent.get('/api/notices?cursor=x')).toMatchObject({ status: 422, errors: [{ path: 'cursor' }] })
  })

  it('S8: one whose address was corrected is sent at once, by whoever speaks with customers; what arrived is not sent twice', async () => {
    post.refused.set('chen.wei@example.com', { code: 550, words: 'no such user' })
    const number = await registered(people.agent, byMail)
    await deliver()
    const [refused = never()] = await noticesOf(number)
    expect(refused).toMatchObject({ status: 'sent', channel: 'relay', cause: 'refused', attempts: 2, reached: ['agent-li'] })
    expect((await people.agent.get(`/api/notices?ticket=${number}`, tw)).items).toMatchObject([
      { causeText: '郵件伺服器拒收；請核對收件地址' },
    ])

    const correction = { reason: '邮箱写错', customer: { email: 'chen@example.com' } }
    const corrected = await people.agent.post(`/api/tickets/${number}/correct`, correction)
    expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
    expect((await people.engineer.post(`/api/notices/${refused.id}/retry`)).status).toBe(403)
    const key = { 'Idempotency-Key': randomUUID() }
    const retried = await people.agent.post(`/api/notices/${refused.id}/retry`, {}, key)
    expect(retried).toMatchObject({ status: 200, body: { status: 'queued', attempts: 0, cause: null, channel: null, sentAt: null } })
    expect(await people.admin.post(`/api/notices/${refused.id}/retry`, {}, zh)).toMatchObject({
      status: 409,
      detail: '这条通知已按原定方式发出，或即将自动发送（状态：queued），无需重发。',
    })
    await deliver()
    expect(await noticesOf(number)).toMatchObject([
      { status: 'sent', channel: 'email', attempts: 1, cause: null, address: 'ch***@example.com' },
    ])
    expect((await people.agent.post(`/api/notices/${refused.id}/retry`)).status).toBe(409)
    // The same request again is the same answer, and sends nothing.
    expect((await people.agent.post(`/api/notices/${refused.id}/retry`, {}, key)).body).toEqual(retried.body)
    await deliver()
    expect(post.mails.filter(({ to }) => to.includes('chen@example.com'))).toHaveLength(1)
    post.refused.clear()
  })

  it('S8: a customer without an address who gives one is sent what was relayed; until then, or a conversation, it is undelivered (T8)', async () => {
    const number = await registered(people.agent, form)
    await deliver()
    const [relayed = never()] = await noticesOf(number)
    expect(relayed).toMatchObject({ status: 'sent', channel: 'relay', cause: 'no-address', heldUntil: null, heldFor: null, digest: null })
    const undelivered = [
      { notice: relayed.id, kind: 'ticket-submitted', cause: 'no-address', causeText: '客户没有留下邮箱，由同事转告', told: ['agent-li'] },
    ]
    for (const path of [`tickets/${number}`, `tickets/${number}/outlook`])
      expect((await people.agent.get(`/api/${path}`, zh)).body).toMatchObject({ undelivered })
    const work = await people.agent.get('/api/me/work', zh)
    expect(work.body['undelivered']).toContainEqual(expect.objectContaining({ number, ...undelivered[0] }))

    const correction = { reason: '客户补了邮箱', customer: { email: 'late@example.com' } }
    expect((await people.agent.post(`/api/tickets/${number}/correct`, correction)).status).toBe(200)
    expect(await people.agent.post(`/api/notices/${relayed.id}/retry`)).toMatchObject({
      status: 200,
      body: { status: 'queued', cause: null },
    })
    await deliver()
    expect(await noticesOf(number)).toMatchObject([{ status: 'sent', channel: 'email', cause: null }])
    expect(post.mails.filter(({ to }) => to.includes('late@example.com'))).toHaveLength(1)
    expect((await people.agent.get(`/api/tickets/${number}`)).body).toMatchObject({ undelivered: [] })
    expect((await people.agent.post(`/api/notices/${relayed.id}/retry`)).status).toBe(409)
  })

  it('S8: what is not sent yet reads as the mail that would go out: to whom it would reach, in their language, with what they are told beside', async () => {
    const relay = await registered(people.agent, form)
    const [{ id: toRelay } = never()] = await noticesOf(relay)
    const preview = await people.agent.get(`/api/notices/${toRelay}`)
    expect(preview.body['subject']).toMatch(/^【电话转告】/)
    expect(preview.body['text']).toMatch(/^客户陈先生没有留下邮箱，请您致电/)
    expect(preview.body['text']).toMatch(/^> 工单已创建/m)

    // To whoever leads the team, by name and in their language.
    await sends(people.otherEngineer, { language: 'en' })
    const number = await registered(people.agent, byMail)
    const params = JSON.stringify({ number })
    const { id } = await office.db
      .insertInto('notices')
      .values({
        process: number,
        seq: 90,
        kind: 'ticket-queued',
        recipientKind: 'role',
        recipientId: 'lead@tech-support',
        params,
        createdAt: noon.toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const before = await people.agent.get(`/api/notices/${id}`)
    expect(before.body).toMatchObject({ language: 'en', text: expect.stringMatching(/^A ticket waits to be claimed by 陈/) })
    await deliver()
    const after = await people.agent.get(`/api/notices/${id}`)
    expect(after.body).toMatchObject({ status: 'sent', text: before.body['text'], subject: before.body['subject'] })
    await sends(people.otherEngineer, {})
  })

  it('S8: one that waits for another try is sent at once', async () => {
    post.refused.set('chen.wei@example.com', { code: 450, words: 'domain not found' })
    const number = await registered(people.agent, byMail)
    await deliver()
    const [waiting = never()] = await noticesOf(number)
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1 })
    expect(waiting['retryAt']).not.toBeNull()
    post.refused.clear()
    expect(await people.agent.post(`/api/notices/${waiting.id}/retry`)).toMatchObject({ status: 200, body: { retryAt: null } })
    await deliver()
    expect(await noticesOf(number)).toMatchObject([{ status: 'sent', channel: 'email' }])
  })

  it('T8: what did not reach the customer stands on the ticket and in the outlook, until somebody has spoken with them', async () => {
    post.refused.set('chen.wei@example.com', { code: 550, words: 'no such user' })
    const number = await registered(people.agent, byMail)
    await deliver()
    post.refused.clear()
    const undelivered = [
      {
        kind: 'ticket-submitted',
        label: '工单已创建',
        cause: 'refused',
        causeText: '邮件服务器拒收；请核对收件地址',
        told: ['agent-li'],
      },
    ]
    const ticket = await people.engineer.get(`/api/tickets/${number}`, zh)
    expect(ticket.body).toMatchObject({ undelivered, names: { 'agent-li': '李娜' } })
    const outlook = await people.engineer.get(`/api/tickets/${number}/outlook`, zh)
    expect(outlook.body).toMatchObject({ undelivered })
    expect(outlook.body['steps']).toContainEqual({ command: 'contact', label: '客户沟通' })

    const call = { channel: 'phone', direction: 'outbound', text: '已电话告知工单编号' }
    expect((await people.agent.post(`/api/tickets/${number}/contact`, call)).status).toBe(200)
    expect((await people.engineer.get(`/api/tickets/${number}`, zh)).body).toMatchObject({ undelivered: [] })
    expect((await people.engineer.get(`/api/tickets/${number}/outlook`, zh)).body).toMatchObject({ undelivered: [] })
  })

  it('S8, T12: that is closed go out and are read as those of any other', async () => {
    const number = await walkedTo('follow-up', people, { form: byMail })
    await office.settled()
    await deliver()
    const appointed = (await noticesOf(number)).find(({ kind }) => kind === 'callback-appointed')
    expect(appointed).toMatchObject({ status: 'sent' })
    expect((await people.agent.get(`/api/notices/${appointed?.id}`)).body).toMatchObject({ subject: expect.stringContaining(number) })
  })
})

describe('X6: what each person wants to hear', () => {
  it('X6: is empty at first, put whole, and says what may be muted', async () => {
    const first = await people.otherAgent.get('/api/me/preferences', zh)
    expect(first).toMatchObject({ status: 200, body: { language: null, quietHours: null, muted: [] } })
    expect(first.body['mutable']).toContainEqual({ kind: 'progress-reported', label: '进度已上报' })
    const put = await sends(people.otherAgent, {
      language: 'zh-TW',
      quietHours: { from: '21:00', until: '07:30' },
      muted: ['ticket-queued', 'ticket-queued'],
    })
    expect(put).toMatchObject({ status: 200, body: { language: 'zh-TW', quietHours: { from: '21:00', until: '07:30' } } })
    expect((await people.otherAgent.get('/api/me/preferences')).body).toMatchObject({ language: 'zh-TW', muted: ['ticket-queued'] })
    await sends(people.otherAgent, {})
    expect((await people.otherAgent.get('/api/me/preferences')).body).toMatchObject({ language: null, quietHours: null, muted: [] })
  })

  it('X6: what asks to act cannot be muted, and a time must be one', async () => {
    const refused = await sends(
      people.otherAgent,
      { language: 'fr', quietHours: { from: '9pm', until: '07:30' }, muted: ['deadline-missed'], colour: 'red' },
      zh,
    )
    expect(refused.status).toBe(422)
    expect(refused.errors.map(({ path, message }) => [path, message])).toEqual(
      expect.arrayContaining([
        ['quietHours.from', '必须是时刻，例如 22:00'],
        ['muted[0]', expect.stringContaining('ticket-queued')],
        ['language', expect.stringContaining('zh-TW')],
        ['colour', expect.stringContaining('不认识')],
      ]),
    )
    const allDay = await sends(people.otherAgent, { quietHours: { from: '22:00', until: '22:00' } }, zh)
    expect(allDay.errors).toMatchObject([{ path: 'quietHours.until', code: 'quiet-all-day' }])
  })

  it('X6: other quiet hours free what they may have held, and of nobody else', async () => {
    const number = await registered(people.agent)
    const to = [
      ['person', 'engineer-wang'],
      ['person', 'engineer-chen'],
      ['team', 'tech-support'],
      ['team', 'service-desk'],
      ['role', 'supervisor@tech-support'],
    ] as const
    const hold = async () => {
      await office.db.deleteFrom('notices').where('kind', '=', 'ticket-queued').where('process', '=', number).execute()
      await office.db
        .insertInto('notices')
        .values(
          to.map(([recipientKind, recipientId]) => ({
            ...{ process: number, seq: 1, kind: 'ticket-queued', recipientKind, recipientId, params: '{}' },
            ...{ createdAt: noon.toISOString(), heldUntil: '2999-01-01T00:00:00.000Z', heldPriority: 'medium' },
          })),
        )
        .execute()
    }
    const held = async () => {
      const rows = await office.db
        .selectFrom('notices')
        .select('recipientId')
        .where('process', '=', number)
        .where('heldUntil', 'is not', null)
        .orderBy('id')
        .execute()
      return rows.map(({ recipientId }) => recipientId)
    }
    const all = to.map(([, id]) => id)
    const hours = { quietHours: { from: '21:00', until: '07:30' } }
    await hold()
    expect((await sends(people.customer, hours)).status).toBe(200)
    expect((await sends(people.engineer, { language: 'en' })).status).toBe(200)
    expect(await held()).toEqual(all)
    await sends(people.engineer, hours)
    expect(await held()).toEqual(['engineer-chen', 'service-desk', 'supervisor@tech-support'])
    await hold()
    await sends(people.engineer, { ...hours, language: 'en' })
    expect(await held()).toEqual(all)
    // Whoever holds a place over a team, or stands in for somebody, may be reached by anything.
    await sends(people.otherSupervisor, hours)
    expect(await held()).toEqual([])
    for (const who of [people.customer, people.engineer, people.otherSupervisor]) await sends(who, {})
    await hold()
    const absence = { person: 'engineer-chen', deputy: 'engineer-liu' }
    const { body } = await people.supervisor.post('/api/absences', absence)
    await sends(await office.person('engineer-liu'), hours)
    expect(await held()).toEqual([])
    await sends(await office.person('engineer-liu'), {})
    const ended = await people.supervisor.post(`/api/absences/${String(body['id'])}/end`)
    expect(ended.status, JSON.stringify(ended.body)).toBe(200)
    await office.db.deleteFrom('notices').where('process', '=', number).execute()
  })

  it('X6: mails come in the language one has chosen', async () => {
    await sends(people.otherEngineer, { language: 'zh-TW' })
    const number = await registered(people.agent, { ...byMail, assignee: 'engineer-chen' })
    await deliver()
    expect(post.mails.findLast(({ to }) => to[0] === 'engineer-chen@bihuan.example')?.mail.subject).toBe(
      `【${number}】新工單（中）：客户端无法登录`,
    )
  })
})

describe('S13: scripts', () => {
  it('S13: are listed with label and text in the language of the caller', async () => {
    const listed = await people.agent.get('/api/templates?profile=tech-support', tw)
    expect(listed.items.map(({ id }) => id)).toEqual([
      'first-call',
      'first-chat',
      'first-urgent',
      'progress-call',
      'confirm-call',
      'callback-call',
      'closing-call',
    ])
    expect(listed.items[0]).toMatchObject({
      label: '首次回應（電話）',
      purpose: 'first-response',
      text: expect.stringContaining('{agent}'),
    })
    const everywhere = (await people.agent.get('/api/templates')).items.map(({ profile }) => profile)
    expect(new Set(everywhere)).toEqual(new Set(['internet-company', 'qms-service', 'standard-ticket', 'tech-support']))
    expect((await people.agent.get('/api/templates?profile=nothing')).status).toBe(404)
    expect((await people.customer.get('/api/templates')).status).toBe(403)
  })

  it('S13: are rendered for a ticket: agent, number, and the problem in brief', async () => {
    const number = await registered(people.agent, byMail)
    const said = await people.otherAgent.get(`/api/templates/first-call?ticket=${number}`, zh)
    expect(said.body['text']).toMatch(
      new RegExp(`^您好，请问是陈先生吗？我是技术支持赵敏。您反映的“客户端无法登录”我们已经收到，工单编号是 ${number}。`),
    )
    const urgent = await people.agent.get(`/api/templates/first-urgent?ticket=${number}&profile=tech-support`, zh)
    expect(urgent.body['text']).toContain('正影响您（海鸥贸易）的业务')
    expect((await people.agent.get('/api/templates/first-call?profile=tech-support')).body['text']).toContain('{problem}')
  })

  it('S13: what is not there is named, with what is', async () => {
    const number = await registered(people.agent, byMail)
    expect(await people.agent.get(`/api/templates/last-call?ticket=${number}`, zh)).toMatchObject({
      status: 404,
      detail:
        '没有话术“last-call”，现有：first-call、first-chat、first-urgent、progress-call、confirm-call、callback-call、closing-call。请查看 /api/templates。',
    })
    expect((await people.agent.get('/api/templates/first-call?ticket=TS1')).status).toBe(404)
    expect(await people.agent.get('/api/templates/first-call')).toMatchObject({ status: 422, errors: [{ path: 'ticket' }] })
    expect(await people.agent.get(`/api/templates/first-call?ticket=${number}&profile=other`)).toMatchObject({
      status: 422,
      errors: [{ path: 'profile' }],
    })
  })
})

function sends(who: Speaker, body: object, headers = {}): Promise<Heard> {
  return who.send('PUT', '/api/me/preferences', JSON.stringify(body), { 'Content-Type': 'application/json', ...headers })
}

function never(): never {
  throw new Error('there is none')
}

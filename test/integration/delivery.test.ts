import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deleteAbsence, insertAbsence } from '../../db/absences.ts'
import { putPerson, putTeam, setPreferences } from '../../db/people.ts'
import type { Round } from '../../delivery/deliver.ts'
import { fileTransport } from '../../delivery/files.ts'
import { smtpTransport } from '../../delivery/smtp.ts'
import type { Notice } from '../../workflows/process.ts'
import { until } from '../support/launcher.ts'
import type { PostOffice } from '../support/post-office.ts'
import { morning, openDelivery, person, progress, team, toCustomer, type Delivering, type Outbox } from './delivery-story.ts'

/** Notices on their way: real rows, a real mail server, and a clock that the tests set. */

let world: Delivering
let outbox: Outbox
let office: PostOffice
let deliver: () => Promise<Round>
beforeAll(async () => {
  world = await openDelivery()
  ;({ outbox, office, deliver } = world)
})
afterAll(() => world.close())
afterEach(() => world.emptied())

const submittedNotice = {
  kind: 'ticket-submitted',
  recipient: toCustomer,
  params: { number: 'TS', within: 'PT2H', timeBase: 'elapsed', startBy: '2026-03-02T04:00:00.000Z' },
} as const

describe('S8: a notice becomes a mail', () => {
  it('S8: the customer is told 工单已创建，工单编号：X, once, in a mail that says what it is', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, { ...submittedNotice, params: { ...submittedNotice.params, number } })

    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(await deliver()).toMatchObject({ sent: 0 })

    expect(office.mails).toHaveLength(1)
    const [{ to, mail, raw } = never()] = office.mails
    expect(to).toEqual(['zhang@example.com'])
    expect(mail.from?.text).toBe('"客服中心" <support@bihuan.example>')
    expect(mail.subject).toBe(`工单已创建：无法登录系统【${number}】`)
    expect(mail.text).toMatch(new RegExp(`^张伟，您好！\n\n工单已创建，工单编号：${number}。`))
    expect(mail.text).toContain('将在 2 小时内开始处理，最迟不晚于 3月2日（周一）12:00 北京时间。')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.headers.get('x-bihuan-ticket')).toBe(number)
    // The same words in HTML, and nothing but words.
    const html = String(mail.html)
    for (const line of (mail.text ?? '').split('\n').filter((text) => text !== '' && text !== '-- ')) expect(html).toContain(line)
    expect(html).not.toMatch(/<(?:img|script|link|a)\b/)
    expect(raw).not.toMatch(/13\d{9}/)

    const [row] = await outbox.notices(number)
    expect(row).toMatchObject({
      status: 'sent',
      channel: 'email',
      attempts: 1,
      sentAt: outbox.now(),
      address: 'zh***@example.com',
      reached: [],
      messageId: mail.messageId,
      said: { language: 'zh-CN', subject: mail.subject },
    })
  })

  it('mails of a ticket hang together', async () => {
    const number = await outbox.ticket({ assignee: 'engineer-wang' })
    for (const text of ['一', '二']) await outbox.told(number, progress(text))
    await outbox.told(number, progress('三', person('agent-li')))
    await deliver()
    const [first = never(), second = never(), third = never()] = office.mails.map(({ mail }) => mail)
    expect(new Set([first.messageId, second.messageId, third.messageId]).size).toBe(3)
    expect(second.inReplyTo).toBe(first.inReplyTo)
    expect(third.references).toEqual(first.references)
  })

  it('what a customer wrote does not become HTML or a header', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, progress('<b>粗</b> & "引号"\r\nBcc: eve@example.com'))
    await outbox.db.updateTable('tickets').set({ title: '标题\r\nBcc: eve@example.com' }).where('number', '=', number).execute()
    await deliver()
    const [{ mail, to } = never()] = office.mails
    expect(to).toEqual(['zhang@example.com'])
    expect(mail.subject).toBe(`处理进度：标题 Bcc: eve@example.com【TS】`)
    expect(mail.bcc).toBeUndefined()
    expect(String(mail.html)).toContain('&lt;b&gt;粗&lt;/b&gt; &amp; &quot;引号&quot;')
  })

  it('X6: colleagues read in their language, customers in that of the profile, times in its zone', async () => {
    await setPreferences(outbox.db, 'engineer-wang', { language: 'en' })
    const number = await outbox.ticket()
    await outbox.told(number, {
      kind: 'ticket-assigned',
      recipient: person('engineer-wang'),
      params: { number, within: 'P5D', timeBase: 'working' },
    })
    await outbox.told(number, {
      kind: 'deadline-warning',
      recipient: person('engineer-liu'),
      params: { number, clock: 'resolution', dueAt: '2026-03-09T10:00:00.000Z' },
    })
    await deliver()
    const [english = never(), chinese = never()] = office.mails.map(({ mail }) => mail)
    expect(english.subject).toBe(`${number} · New ticket (Medium): 无法登录系统`)
    expect(english.text).toContain('To be solved within: 5 working days')
    expect(english.text).toContain('Customer: 张伟 (华信科技)')
    expect(chinese.subject).toBe(`【${number}】即将到期：解决闭环，3月9日（周一）18:00`)
    await setPreferences(outbox.db, 'engineer-wang', {})
  })

  it('X6: a customer who signs in reads in the language they chose, also what somebody reads out to them', async () => {
    await setPreferences(outbox.db, 'customer-he', { language: 'en' })
    const number = await outbox.ticket()
    const onThePhone = await outbox.ticket({ contact: { phone: '13812345678', email: null }, representative: 'agent-li' })
    await outbox.db.updateTable('tickets').set({ requester: 'customer-he' }).where('number', 'in', [number, onThePhone]).execute()
    for (const ticket of [number, onThePhone]) await outbox.told(ticket, progress('一'))
    await deliver()
    const [own = never(), relayed = never()] = office.mails.map(({ mail }) => mail)
    expect(own.text).toMatch(/^Dear 张伟/)
    expect(relayed.text).toContain('> Dear 张伟')
    expect(relayed.text).toContain('请')
    await setPreferences(outbox.db, 'customer-he', {})
  })

  it('a name that mail programs would take apart is told as it was given', async () => {
    const number = await outbox.ticket()
    const given = '=?utf-8?q?Support_=3Ceve=40example.com=3E?='
    await outbox.db.updateTable('tickets').set({ customerName: given }).where('number', '=', number).execute()
    await outbox.told(number, progress('一'))
    await deliver()
    expect(office.mails[0]?.mail.to).toMatchObject({ value: [{ address: 'zhang@example.com', name: given.replace('=?', '= ?') }] })
  })

  it('a team hears together, in one mail to all its active members', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, { kind: 'ticket-queued', recipient: team('tech-support'), params: { number } })
    await deliver()
    expect(office.mails).toHaveLength(1)
    expect(office.mails[0]?.to.toSorted()).toEqual(
      ['engineer-chen', 'engineer-liu', 'engineer-wang', 'lead-xu', 'supervisor-sun'].map((id) => `${id}@bihuan.example`),
    )
  })
})

describe('order', () => {
  it('of one ticket notices go one after the other; those of many tickets side by side', async () => {
    const numbers = await Promise.all(Array.from({ length: 9 }, () => outbox.ticket()))
    for (const text of ['1', '2', '3', '4']) {
      for (const number of numbers)
        await outbox.told(number, progress(`${number} ${text}`, Number(text) % 2 ? toCustomer : person('agent-li')))
    }
    expect(await deliver()).toMatchObject({ sent: 36 })
    for (const number of numbers) {
      const said = office.mails.map(({ mail }) => mail.text ?? '').flatMap((text) => new RegExp(`${number} \\d`).exec(text) ?? [])
      expect(said).toEqual(['1', '2', '3', '4'].map((text) => `${number} ${text}`))
    }
  })

  it('several workers share the work and send nothing twice', async () => {
    const others = [smtpTransport(office.url), smtpTransport(office.url)]
    const numbers = await Promise.all(Array.from({ length: 15 }, () => outbox.ticket()))
    for (const text of ['1', '2']) for (const number of numbers) await outbox.told(number, progress(`${number} ${text}`))
    const rounds = await Promise.all([deliver(), ...others.map((other) => outbox.worker(other)())])
    expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(30)
    const ids = office.mails.map(({ mail }) => mail.messageId)
    expect(new Set(ids).size).toBe(30)
    expect(ids).toHaveLength(30)
    for (const other of others) other.close()
  })

  it('while one waits for another try, later ones of its ticket wait too, but not for ever', async () => {
    office.refused.set('zhang@example.com', { code: 451, words: 'greylisted, <zhang@example.com> come back' })
    const number = await outbox.ticket()
    const other = await outbox.ticket({ contact: { phone: null, email: 'other@example.com' } })
    await outbox.told(number, progress('一'))
    await outbox.told(number, progress('二', person('agent-li')))
    await outbox.told(other, progress('别的工单'))

    expect(await deliver()).toMatchObject({ sent: 1, failed: 1 })
    expect(office.mails.map(({ to }) => to)).toEqual([['other@example.com']])
    const [first] = await outbox.notices(number)
    expect(first).toMatchObject({ status: 'queued', attempts: 1, retryAt: '2026-03-02T02:01:00.000Z' })
    expect(first?.lastError).toContain('greylisted')
    expect(first?.lastError).not.toContain('zhang@example.com')

    // An hour later colleagues no longer wait for a mailbox that stays shut.
    for (let minutes = 0; minutes < 65; minutes += 5) {
      outbox.later('PT5M')
      await deliver()
    }
    expect(office.mails.map(({ to }) => to)).toEqual([['other@example.com'], ['agent-li@bihuan.example']])

    office.refused.clear()
    outbox.later('PT15M')
    expect(await deliver()).toMatchObject({ sent: 1 })
  })
})

describe('bad days', () => {
  it('the server is away for a day: nothing is lost, nothing counts against a notice, each goes out once and in order', async () => {
    await office.close()
    const before = office.connections()
    const numbers: string[] = []
    for (let hour = 0; hour < 24; hour += 1) {
      const number = await outbox.ticket({ priority: 'urgent' })
      numbers.push(number)
      for (const text of ['1', '2', '3']) await outbox.told(number, progress(`${number} ${text}`))
      for (let minute = 0; minute < 60; minute += 10) {
        outbox.later('PT10M')
        // One mail asks for all.
        expect(await deliver()).toMatchObject({ sent: 0, dead: 0, failed: 0, unreachable: expect.toSatisfy((tried: number) => tried <= 8) })
      }
    }
    expect(office.connections()).toBe(before)
    const waiting = (await Promise.all(numbers.map((number) => outbox.notices(number)))).flat()
    expect(waiting).toHaveLength(72)
    expect(new Set(waiting.map(({ status, attempts }) => `${status} ${attempts}`))).toEqual(new Set(['queued 0']))

    await office.open()
    outbox.later('PT2M')
    expect(await deliver()).toMatchObject({ sent: 72, unreachable: 0 })
    const said = office.mails.map(({ mail }) => /TS\d+ \d/.exec(mail.text ?? '')?.[0] ?? '')
    expect(said.toSorted()).toEqual(numbers.flatMap((number) => ['1', '2', '3'].map((text) => `${number} ${text}`)).toSorted())
    for (const number of numbers)
      expect(said.filter((text) => text.startsWith(number))).toEqual(['1', '2', '3'].map((text) => `${number} ${text}`))
  })

  it('a lost connection between the mail and its answer: one repeat with the same Message-ID, and no other', async () => {
    const number = await outbox.ticket()
    for (const text of ['一', '二']) await outbox.told(number, progress(text))
    office.hangUpAfter(1)
    for (let minute = 0; minute < 10; minute += 1) {
      await deliver()
      outbox.later('PT1M')
    }
    expect(office.mails.map(({ mail }) => /[一二]/.exec(mail.text ?? '')?.[0])).toEqual(['一', '一', '二'])
    const [first = never(), repeat = never(), next = never()] = office.mails.map(({ mail }) => mail.messageId)
    expect(repeat).toBe(first)
    expect(next).not.toBe(first)
    expect((await outbox.notices(number)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  it('a mail that makes the server hang up every time does not hold up the others', async () => {
    const number = await outbox.ticket()
    const other = await outbox.ticket({ contact: { phone: null, email: 'other@example.com' } })
    await outbox.told(number, progress('一'))
    office.hangUpAfter(1)
    await deliver()
    office.hangUpAfter(0)
    await outbox.told(other, progress('二'))
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(await outbox.notices(number)).toMatchObject([{ status: 'queued', attempts: 1 }])
  })

  it('a worker that stops sends what it has in hand, and begins nothing more', async () => {
    const [first, second] = [await outbox.ticket(), await outbox.ticket()]
    for (const number of [first, second]) await outbox.told(number, progress('一'))
    const decide = office.hesitates()
    const loop = outbox.loop(smtpTransport(office.url), 30_000)
    await until(() => (office.waiting() === 1 ? true : undefined))
    const stopped = loop.stop()
    decide()
    await stopped
    expect(office.mails).toHaveLength(1)
    const notices = [...(await outbox.notices(first)), ...(await outbox.notices(second))]
    expect(notices).toMatchObject([{ status: 'sent' }, { status: 'queued', claimedUntil: null }])
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(office.mails).toHaveLength(2)
  })

  it('a mail that a stop has no time for is cut off, which is no failure of its: the next worker sends it at once, and once', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    const decide = office.hesitates()
    const loop = outbox.loop(smtpTransport(office.url), 50)
    await until(() => (office.waiting() === 1 ? true : undefined))
    await loop.stop()
    const asItWas = { status: 'queued', attempts: 0, firstFailedAt: null, retryAt: null, claimedUntil: null, lastError: null }
    expect(await outbox.notices(number)).toMatchObject([asItWas])
    decide()
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(await deliver()).toMatchObject({ sent: 0 })
    expect(office.mails).toHaveLength(1)
  })

  it('550 for the customer: the representative is asked to tell them another way, and nothing else of the ticket waits', async () => {
    office.refused.set('zhang@example.com', { code: 550, words: '5.1.1 <zhang@example.com> no such user' })
    const number = await outbox.ticket({ representative: 'agent-li' })
    await outbox.told(number, progress('一'))
    await outbox.told(number, progress('二', person('engineer-wang')))
    expect(await deliver()).toMatchObject({ diverted: 1, sent: 2, dead: 0 })
    const [asked = never(), other = never()] = office.mails
    expect(asked.to).toEqual(['agent-li@bihuan.example'])
    expect(asked.mail.subject).toMatch(/^【另行转告】/)
    expect(asked.mail.text).toContain('发给客户张伟的邮件无法送达，请您通过其他方式转告以下内容，并在工单中记录。请同时核对客户的邮箱')
    expect(asked.mail.text).toContain('> 张伟，您好！')
    expect(other.to).toEqual(['engineer-wang@bihuan.example'])
    const [first] = await outbox.notices(number)
    expect(first).toMatchObject({ status: 'sent', channel: 'relay', cause: 'refused', attempts: 2, reached: ['agent-li'], address: null })
    expect(first?.lastError).toContain('no such user')
    expect(first?.lastError).not.toContain('zhang@example.com')
  })

  it('550 for the customer, who has a phone: the representative is asked to call, and reads the number masked', async () => {
    office.refused.set('zhang@example.com', { code: 550, words: 'no such user' })
    const number = await outbox.ticket({ representative: 'agent-li', contact: { phone: '13812345678', email: 'zhang@example.com' } })
    await outbox.told(number, progress('一'))
    await deliver()
    const [{ mail } = never()] = office.mails
    expect(mail.subject).toMatch(/^【电话转告】/)
    expect(mail.text).toContain('通过其他方式（电话 138****5678，完整号码请在工单中查看）')
  })

  it('550 for a colleague: their notice climbs to whoever is above them, one after another, and says whom it was meant for', async () => {
    for (const id of ['engineer-wang', 'engineer-chen']) office.refused.set(`${id}@bihuan.example`, { code: 550, words: 'no such user' })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('engineer-wang')))
    expect(await deliver()).toMatchObject({ diverted: 2, sent: 1, dead: 0 })
    expect(office.mails.map(({ to }) => to)).toEqual([['supervisor-sun@bihuan.example']])
    expect(office.mails[0]?.mail.text).toContain('本通知原发给王强，目前无法送达')
    expect(await outbox.notices(number)).toMatchObject([
      { status: 'sent', channel: 'email', cause: 'refused', reached: ['supervisor-sun'], passedOver: ['engineer-wang', 'engineer-chen'] },
    ])
  })

  it('550 for the customer and the representative: whoever is above the representative is asked', async () => {
    office.refused.set('zhang@example.com', { code: 550, words: 'no such user' })
    office.refused.set('agent-li@bihuan.example', { code: 550, words: 'no such user' })
    const number = await outbox.ticket({ representative: 'agent-li' })
    await outbox.told(number, progress('一'))
    expect(await deliver()).toMatchObject({ diverted: 2, sent: 1 })
    const [row] = await outbox.notices(number)
    expect(row).toMatchObject({ status: 'sent', channel: 'relay', passedOver: ['agent-li'] })
    expect(row?.reached).not.toContain('agent-li')
  })

  it('550 for everybody: dead, for that reason, and in the words of the server', async () => {
    const everybody = await outbox.db.selectFrom('people').select('email').execute()
    for (const { email } of everybody) if (email !== null) office.refused.set(email, { code: 550, words: 'we take nothing' })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', team('tech-support')))
    expect(await deliver()).toMatchObject({ sent: 0, dead: 1 })
    const [row] = await outbox.notices(number)
    expect(row).toMatchObject({ status: 'dead', cause: 'refused', sentAt: null, said: null })
    expect(row?.lastError).toContain('we take nothing')
  })

  it('four days of temporary failures: tried again and again with growing pauses, then somebody is asked to tell them', async () => {
    office.refused.set('zhang@example.com', { code: 452, words: 'mailbox full' })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    const pauses: number[] = []
    for (let hours = 0; hours < 96 && (await outbox.notices(number))[0]?.status === 'queued'; hours += 0.25) {
      await deliver()
      const [row] = await outbox.notices(number)
      if (row?.retryAt) pauses.push((Date.parse(row.retryAt) - Date.parse(outbox.now())) / 60_000)
      outbox.later('PT15M')
    }
    expect(pauses.slice(0, 6)).toEqual([1, 2, 4, 8, 15, 15])
    const [row] = await outbox.notices(number)
    expect(row).toMatchObject({ status: 'sent', channel: 'relay', cause: 'gave-up', lastError: expect.stringContaining('mailbox full') })
    expect((Date.parse(row?.triedAt ?? '') - Date.parse(morning)) / 3_600_000).toBeCloseTo(72, 0)
  })

  it('a kind nobody knows, a ticket that is gone, a contact that does not open: dead with the reason, and the loop goes on', async () => {
    const [unknown, gone, sealed, good] = [await outbox.ticket(), await outbox.ticket(), await outbox.ticket(), await outbox.ticket()]
    await outbox.told(unknown, { kind: 'carrier-pigeon', recipient: toCustomer, params: {} })
    for (const number of [gone, sealed, good]) await outbox.told(number, progress('一'))
    await outbox.db.deleteFrom('tickets').where('number', '=', gone).execute()
    await outbox.db.updateTable('tickets').set({ contactSealed: 'v1.other.sealed' }).where('number', '=', sealed).execute()
    expect(await deliver()).toMatchObject({ sent: 1, dead: 3 })
    const causes = await Promise.all([unknown, gone, sealed].map(async (number) => (await outbox.notices(number))[0]?.cause))
    expect(causes).toEqual(['unknown-kind', 'no-ticket', 'contact-sealed'])
  })

  it('a profile from before there were templates: dead with the reason', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    const content = await outbox.db.selectFrom('profiles').select('content').where('id', '=', 'tech-support').executeTakeFirstOrThrow()
    const { notices: _, scripts: __, ...old } = content.content
    await outbox.db
      .insertInto('profiles')
      .values({ id: 'old', version: old.version, content: JSON.stringify(old), source: null, installedAt: morning, installedBy: 'x' })
      .execute()
    await outbox.db.updateTable('tickets').set({ profile: 'old' }).where('number', '=', number).execute()
    expect(await deliver()).toMatchObject({ dead: 1 })
    expect(await outbox.notices(number)).toMatchObject([{ cause: 'no-template' }])
  })
})

describe('X8: whom it reaches', () => {
  it('X8: somebody absent has a deputy, who is told why', async () => {
    const absence = await insertAbsence(outbox.db, {
      person: 'engineer-wang',
      absentFrom: morning,
      absentUntil: null,
      deputy: 'engineer-liu',
      note: null,
    })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('engineer-wang')))
    await deliver()
    const [{ to, mail } = never()] = office.mails
    expect(to).toEqual(['engineer-liu@bihuan.example'])
    expect(mail.text).toMatch(/^王强目前不在，由您代理/)
    expect(await outbox.notices(number)).toMatchObject([{ recipientId: 'engineer-wang', reached: ['engineer-liu'] }])
    await deleteAbsence(outbox.db, absence)
  })

  it('X5: whoever is handler and lead hears of a rung once, and somebody else all the same', async () => {
    const number = await outbox.ticket({ assignee: 'engineer-chen' })
    const missed = (recipient: Notice['recipient'], level: string): Notice => ({
      kind: 'deadline-missed',
      recipient,
      params: { number, clock: 'resolution', dueAt: '2026-03-02T02:00:00.000Z', level },
    })
    const lead = { kind: 'role', role: 'lead', team: 'tech-support' } as const
    const supervisor = { kind: 'role', role: 'supervisor', team: 'tech-support' } as const
    await outbox.told(number, missed(person('engineer-chen'), 'handler'))
    await outbox.db.updateTable('notices').set({ seq: 7 }).where('process', '=', number).execute()
    for (const [recipient, level] of [
      [lead, 'lead'],
      [supervisor, 'supervisor'],
    ] as const) {
      await outbox.told(number, missed(recipient, level))
      await outbox.db.updateTable('notices').set({ seq: 7 }).where('process', '=', number).where('seq', '=', 8).execute()
    }
    for (let round = 0; round < 3; round++) await deliver()
    expect(office.mails.map(({ to }) => to)).toEqual([['engineer-chen@bihuan.example'], ['supervisor-sun@bihuan.example']])
    expect((await outbox.notices(number)).map(({ status }) => status)).toEqual(['sent', 'muted', 'sent'])
    // What another event says is another matter.
    await outbox.told(number, missed(lead, 'lead'))
    await deliver()
    expect((await outbox.notices(number)).at(-1)).toMatchObject({ status: 'sent', reached: ['engineer-chen'] })
  })

  it('X8: absent without a deputy: up to the lead of their team; the lead away: to the supervisor', async () => {
    const wang = await insertAbsence(outbox.db, {
      person: 'engineer-wang',
      absentFrom: morning,
      absentUntil: null,
      deputy: null,
      note: null,
    })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('engineer-wang')))
    await deliver()
    const chen = await insertAbsence(outbox.db, {
      person: 'engineer-chen',
      absentFrom: morning,
      absentUntil: null,
      deputy: null,
      note: null,
    })
    await outbox.told(number, progress('二', person('engineer-wang')))
    await deliver()
    expect(office.mails.map(({ to }) => to)).toEqual([['engineer-chen@bihuan.example'], ['supervisor-sun@bihuan.example']])
    expect(office.mails[1]?.mail.text).toMatch(/^本通知原发给王强，目前无法送达，因此转给您/)
    await deleteAbsence(outbox.db, wang)
    await deleteAbsence(outbox.db, chen)
  })

  it('X8: an empty place goes up; with every place empty the admins hear', async () => {
    await putTeam(outbox.db, {
      id: 'empty',
      labels: { 'zh-CN': '空组', 'zh-TW': '空組', en: 'Empty' },
      lead: null,
      supervisor: null,
      departmentHead: 'lead-xu',
    })
    const number = await outbox.ticket()
    await outbox.told(number, missed(number, { kind: 'role', role: 'supervisor', team: 'tech-support' }, 'supervisor'))
    await outbox.told(number, missed(number, { kind: 'role', role: 'lead', team: 'empty' }, 'lead'))
    await outbox.told(number, missed(number, { kind: 'role', role: 'department-head', team: 'nowhere' }, 'department-head'))
    await outbox.told(number, missed(number, { kind: 'role', role: 'admin', team: 'tech-support' }, 'admin'))
    await outbox.told(number, missed(number, team('empty'), 'handler'))
    await deliver()
    expect(office.mails.map(({ to }) => to)).toEqual([
      ['supervisor-sun@bihuan.example'],
      ['lead-xu@bihuan.example'],
      ['admin-lin@bihuan.example'],
      ['admin-lin@bihuan.example'],
      ['lead-xu@bihuan.example'],
    ])
    expect(office.mails[1]?.mail.text).toMatch(/^本通知原发给空组的组长，目前无人可以送达/)
    expect(office.mails[3]?.mail.text).not.toMatch(/原发给/)
    expect(await outbox.notices(number)).toMatchObject([
      { recipientId: 'supervisor@tech-support', reached: ['supervisor-sun'] },
      ...Array.from({ length: 4 }, () => ({})),
    ])
  })

  it('X8: somebody who has left, or has no address, is no end of the way; nobody at all is', async () => {
    await putPerson(outbox.db, {
      id: 'gone',
      name: '离职',
      email: 'gone@bihuan.example',
      roles: ['engineer'],
      active: false,
      teams: ['service-desk'],
      skills: [],
    })
    await putPerson(outbox.db, { id: 'mute', name: '无邮箱', email: null, roles: ['engineer'], active: true, teams: [], skills: [] })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('gone')))
    await outbox.told(number, progress('二', person('mute')))
    await deliver()
    // Of his own team, and of the ticket's where there is none.
    expect(office.mails.map(({ to }) => to)).toEqual([['agent-zhou@bihuan.example'], ['engineer-chen@bihuan.example']])

    const emails = await outbox.db.selectFrom('people').select(['id', 'email']).execute()
    await outbox.db.updateTable('people').set({ email: null }).execute()
    await outbox.told(number, progress('三', person('engineer-wang')))
    expect(await deliver()).toMatchObject({ dead: 1 })
    expect((await outbox.notices(number)).at(-1)).toMatchObject({ status: 'dead', cause: 'nobody' })
    for (const { id, email } of emails) await outbox.db.updateTable('people').set({ email }).where('id', '=', id).execute()
  })

  it('T7: what a department that nobody knows here must contribute: the reader is told so, and reads out the rest', async () => {
    const number = await outbox.ticket({ assignee: 'agent-li', representative: 'agent-li' })
    const params = { number, department: '机房', contact: '老周', need: '请检查交换机。', by: 'agent-li', finishAt: morning }
    await outbox.told(number, { kind: 'collaboration-requested', recipient: person('agent-li'), params: { ...params, toPassOn: 'true' } })
    await outbox.told(number, { kind: 'collaboration-requested', recipient: person('engineer-chen'), params })
    await deliver()
    const [toPassOn = '', direct = ''] = office.mails.map(({ mail }) => mail.text)
    expect(toPassOn).toMatch(/^系统中没有登记机房的人员，老周尚未收到通知。请您转告以下内容：\n\n> /)
    expect(toPassOn).toMatch(/^> .*请检查交换机。$/m)
    expect(direct).not.toMatch(/转告|^> /m)
  })

  it('X3: a reminder has the words of whoever asked in a paragraph of their own, once', async () => {
    const number = await outbox.ticket()
    const asked = { type: 'waiting-started', for: 'customer', asked: '请提供收货地址截图。' }
    await sql`update events set type = 'waiting-started', data = ${JSON.stringify(asked)} where process = ${number} and seq = 1`.execute(
      outbox.db,
    )
    await outbox.told(number, { kind: 'information-reminder', recipient: toCustomer, params: { number } })
    await deliver()
    expect(office.mails.at(-1)?.mail.text).toMatch(/仍缺少资料，目前无法继续处理。.*\n\n请提供收货地址截图。\n\n/)
    expect(office.mails.at(-1)?.mail.text?.split('截图')).toHaveLength(2)
  })

  it('T8: a customer with a phone only: the representative is asked to call, else the team', async () => {
    const contact = { phone: '+8613812345678', email: null }
    const number = await outbox.ticket({ contact })
    await outbox.told(number, { kind: 'still-investigating', recipient: toCustomer, params: { number } })
    const orphan = await outbox.ticket({ contact, representative: null })
    await outbox.told(orphan, { kind: 'still-investigating', recipient: toCustomer, params: { number: orphan } })
    expect(await deliver()).toMatchObject({ sent: 2 })
    const mine = office.mails.find(({ to }) => to[0] === 'agent-li@bihuan.example') ?? never()
    expect(mine.mail.subject).toBe(`【电话转告】正在排查中：无法登录系统【${number}】`)
    expect(mine.mail.text).toMatch(/^客户张伟没有留下邮箱，请您致电（138\*{4}5678，完整号码请在工单中查看）转告以下内容/)
    expect(mine.mail.text).toContain('> 抱歉让您久等。您反馈的“无法登录系统”正在排查中')
    expect(mine.raw + JSON.stringify(await outbox.notices(number))).not.toContain('13812345678')
    expect(office.mails.find(({ to }) => to.length > 1)?.to).toContain('supervisor-sun@bihuan.example')
    expect(await outbox.notices(number)).toMatchObject([{ status: 'sent', channel: 'relay', reached: ['agent-li'], address: null }])
  })
})

describe('without a mail server', () => {
  it('each mail is a file for its owner alone, named after its notice', async () => {
    const folder = join(outbox.folder, 'mail')
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    await outbox.told(number, missed(number, { kind: 'role', role: 'supervisor', team: 'tech-support' }, 'supervisor'))
    expect(await outbox.worker(fileTransport(folder))()).toMatchObject({ sent: 2 })
    expect(readdirSync(folder).toSorted()).toEqual([
      `${number}-1-progress-customer.eml`,
      `${number}-2-deadline-missed-role-supervisor@tech-support.eml`,
    ])
    const path = join(folder, `${number}-1-progress-customer.eml`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const mail = await simpleParser(readFileSync(path))
    expect(mail.text).toContain('张伟，您好！')
    expect(mail.messageId).toBe((await outbox.notices(number))[0]?.messageId)
  })

  it('a worker that dies after sending and before marking: the next one repeats when the lease is over, into the same file', async () => {
    const folder = join(outbox.folder, 'killed')
    const files = fileTransport(folder)
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    await outbox.told(number, progress('二', person('agent-li')))
    // It hands over the mail and is never heard of again.
    const dying = outbox.worker({
      ...files,
      send: async (mail, signal) => files.send(mail, signal).then(() => new Promise<never>(() => {})),
    })
    void dying()
    await expect.poll(() => filesIn(folder)).toHaveLength(1)

    const next = outbox.worker(files)
    expect(await next()).toMatchObject({ sent: 0 })
    outbox.later('PT2M')
    expect(await next()).toMatchObject({ sent: 2 })
    expect(filesIn(folder)).toEqual([`${number}-1-progress-customer.eml`, `${number}-2-progress-reported-person-agent-li.eml`])
    expect((await outbox.notices(number)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  it('a folder that cannot be written is an outage, not the fault of a notice', async () => {
    const number = await outbox.ticket()
    await outbox.told(number, progress('一'))
    expect(await outbox.worker(fileTransport('/dev/null/mail'))()).toMatchObject({ sent: 0, dead: 0, unreachable: 1 })
    expect(await outbox.notices(number)).toMatchObject([{ status: 'queued', attempts: 0 }])
  })
})

function missed(number: string, recipient: Parameters<Outbox['told']>[1]['recipient'], level: string) {
  return { kind: 'deadline-missed', recipient, params: { number, clock: 'resolution', dueAt: morning, level } } as const
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .toSorted()
  } catch {
    return []
  }
}

function never(): never {
  throw new Error('there is none')
}

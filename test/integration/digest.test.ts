import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { claimDigest } from '../../db/digests.ts'
import { deleteAbsence, insertAbsence } from '../../db/absences.ts'
import { setPreferences } from '../../db/people.ts'
import type { Round } from '../../delivery/deliver.ts'
import type { Transport } from '../../delivery/transport.ts'
import { instantOf } from '../../domain/instant.ts'
import type { PostOffice } from '../support/post-office.ts'
import { morning, openDelivery, progress, toCustomer, type Delivering, type Outbox } from './delivery-story.ts'

/** More notices than somebody can read: they come in digests. Real rows, a real mail server, and a clock that the tests set. */

let world: Delivering
let outbox: Outbox
let office: PostOffice
let transport: Transport
let deliver: () => Promise<Round>
beforeAll(async () => {
  world = await openDelivery()
  ;({ outbox, office, transport, deliver } = world)
})
afterAll(() => world.close())
afterEach(() => world.emptied())

const chen = 'engineer-chen@bihuan.example'
const missed = (number: string, role: 'lead' | 'supervisor' = 'lead') =>
  ({
    kind: 'deadline-missed',
    recipient: { kind: 'role', role, team: 'tech-support' },
    params: { number, clock: 'first-response', dueAt: morning, level: role },
  }) as const

/** So many tickets, each with a broken promise that the lead of technical support is told. */
async function storm(count: number, priority = 'medium'): Promise<string[]> {
  const numbers: string[] = []
  for (let one = 0; one < count; one += 1) {
    const number = await outbox.ticket({ priority })
    await outbox.told(number, missed(number))
    numbers.push(number)
  }
  return numbers
}

const rows = () => outbox.db.selectFrom('notices').selectAll().orderBy('id').execute()
/** A worker that knows nothing of the rounds before. */
const fresh = () => (deliver = outbox.worker(transport))

describe('a person who would get more than twenty notices in ten minutes', () => {
  it('gets a digest, urgent tickets first; each notice is one row that says what became of it', async () => {
    fresh()
    const usual = await storm(25)
    const urgent = await storm(5, 'urgent')
    expect(await deliver()).toMatchObject({ sent: 0, held: 30 })
    expect(office.mails).toHaveLength(0)
    outbox.later('PT1M')
    expect(await deliver()).toMatchObject({ sent: 30 })

    expect(office.mails).toHaveLength(1)
    const [{ to, mail } = never()] = office.mails
    expect(to).toEqual([chen])
    expect(mail.subject).toBe('【通知汇总】30 条通知，涉及 30 个工单')
    expect(mail.text).toMatch(/^陈.*，您好！/)
    const lines = (mail.text ?? '').split('\n').filter((line) => line.startsWith('· '))
    expect(lines.map((line) => /TS\d+/.exec(line)?.[0])).toEqual([...urgent, ...usual])
    expect(mail.text).toMatch(/紧急（5 条）\n· /)
    expect(mail.headers.get('x-bihuan-digest')).toBeDefined()
    for (const row of await rows())
      expect(row).toMatchObject({
        status: 'sent',
        attempts: 1,
        sentAt: outbox.now(),
        reached: ['engineer-chen'],
        messageId: mail.messageId,
      })
    const [one = never()] = await outbox.notices(usual[0] ?? '')
    expect(one.said?.subject).toContain(usual[0])
    expect(one.said?.text).not.toContain(usual[1])
  })

  it('R10: what is told of many at the same time goes in a digest, however few', async () => {
    const theirs = { representative: 'agent-li', assignee: 'engineer-wang' }
    const numbers = [await outbox.ticket({ ...theirs, priority: 'high' }), await outbox.ticket(theirs)]
    for (const number of numbers)
      await outbox.told(number, {
        kind: 'handed-off',
        recipient: { kind: 'person', id: 'agent-li' },
        params: { number, holder: 'engineer-wang', silentSince: morning, silence: 'PT5H' },
      })
    await deliver()
    expect(office.mails).toHaveLength(0)
    outbox.later('PT61S')
    await deliver()
    expect(office.mails).toHaveLength(1)
    for (const number of numbers) expect(office.mails[0]?.mail.text).toContain(`【${number}】王强处理中，已 5 小时无进展`)
  })

  it('gets up to twenty one by one, then the rest in a digest, and the next one not before ten minutes have passed', async () => {
    fresh()
    await storm(20)
    expect(await deliver()).toMatchObject({ sent: 20 })
    expect(office.mails).toHaveLength(20)
    const digests = () => office.mails.filter(({ mail }) => mail.headers.has('x-bihuan-digest')).length
    for (let second = 0; second < 60 * 25; second += 30) {
      outbox.later('PT30S')
      if (second < 60 * 12) await storm(2)
      await deliver()
    }
    const sentAt = (await rows()).map((row) => row.sentAt ?? never())
    expect(sentAt).toHaveLength(68)
    // In no ten minutes more than twenty mails and the digests of their end.
    expect(digests()).toBeGreaterThanOrEqual(1)
    expect(digests()).toBeLessThanOrEqual(3)
    expect(office.mails.length).toBeLessThanOrEqual(20 + 20 + 3)
  })

  it('what is overtaken or given up while it waits has stood in no digest', async () => {
    fresh()
    const numbers = await storm(22)
    const [number = never(), other = never()] = numbers
    for (const one of [number, other])
      await outbox.told(one, { kind: 'urged', recipient: { kind: 'person', id: 'engineer-chen' }, params: { number: one, count: 1 } })
    await deliver()
    expect(await outbox.notices(number)).toMatchObject([{ gatheredFor: ['engineer-chen'] }, { gatheredFor: ['engineer-chen'] }])
    await sql`update tickets set state = jsonb_set(state::jsonb, '{stage}', '"withdrawn"') where number = ${number}`.execute(outbox.db)
    await sql`update notices set kind = 'of-a-newer-release' where process = ${other} and kind = 'urged'`.execute(outbox.db)
    outbox.later('PT1M')
    await deliver()
    expect(office.mails).toHaveLength(1)
    const loose = { gatheredFor: null, digest: null, heldUntil: null, messageId: null }
    expect((await outbox.notices(number)).at(-1)).toMatchObject({ status: 'muted', cause: 'overtaken', ...loose })
    expect((await outbox.notices(other)).at(-1)).toMatchObject({ status: 'dead', cause: 'unknown-kind', ...loose })
  })

  it('a team does not wait for the busiest of its members', async () => {
    fresh()
    await storm(21)
    await deliver()
    const number = await outbox.ticket()
    await outbox.told(number, { kind: 'urged', recipient: { kind: 'team', id: 'tech-support' }, params: { number, count: 1 } })
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(office.mails[0]?.to).toContain(chen)
    expect(office.mails[0]?.to.length).toBeGreaterThan(1)
  })

  it('keeps the order of each ticket, also for what comes while the digest waits', async () => {
    fresh()
    const numbers = await storm(21)
    await deliver()
    for (const number of numbers) await outbox.told(number, progress(`${number} 继续`, missed(number).recipient))
    await deliver()
    expect(office.mails).toHaveLength(0)
    outbox.later('PT1M')
    await deliver()
    expect(office.mails).toHaveLength(1)
    const text = office.mails[0]?.mail.text ?? ''
    for (const number of numbers) {
      const lines = text.split('\n').filter((line) => line.startsWith('· ') && line.includes(number))
      expect(lines).toHaveLength(1)
    }
    expect((await rows()).map(({ status }) => status)).toEqual(Array.from({ length: 42 }, () => 'sent'))
    expect(text.split('\n').filter((line) => line.startsWith('· '))).toHaveLength(42)
  })

  it('what is for others of the same tickets does not wait for it; customers are told each by themselves', async () => {
    fresh()
    const numbers = await storm(30)
    for (const number of numbers) await outbox.told(number, progress('处理中', toCustomer))
    await deliver()
    expect(office.mails).toHaveLength(30)
    expect(new Set(office.mails.map(({ to }) => String(to)))).toEqual(new Set(['zhang@example.com']))
    for (const { mail } of office.mails) expect(mail.headers.has('x-bihuan-digest')).toBe(false)
  })

  it('reads it in their language; what they muted is not in it, and quiet hours hold it', async () => {
    await setPreferences(outbox.db, 'engineer-chen', { language: 'en', quietHours: { from: '09:00', until: '11:00' } })
    fresh()
    await storm(30)
    await deliver()
    outbox.later('PT5M')
    await deliver()
    expect(office.mails).toHaveLength(0)
    outbox.at('2026-03-02T03:00:00.000Z')
    await deliver()
    outbox.later('PT1M')
    await deliver()
    expect(office.mails.map(({ mail }) => mail.subject)).toEqual(['Digest: 30 notices on 30 tickets'])
    await setPreferences(outbox.db, 'engineer-chen', {})
  })

  it('who stands in for somebody by then gets their part, and is told why', async () => {
    fresh()
    await storm(25)
    await deliver()
    const absence = await insertAbsence(outbox.db, {
      person: 'engineer-chen',
      absentFrom: morning,
      absentUntil: null,
      deputy: 'engineer-liu',
      note: null,
    })
    for (let minute = 0; minute < 5; minute += 1) {
      outbox.later('PT1M')
      await deliver()
    }
    expect(new Set(office.mails.map(({ to }) => String(to)))).toEqual(new Set(['engineer-liu@bihuan.example']))
    expect(office.mails).toHaveLength(1)
    expect(office.mails[0]?.mail.text).toContain('由您代理')
    await deleteAbsence(outbox.db, absence)
  })
})

describe('bad days of a digest', () => {
  it('a worker that dies between the mail and its mark: the next one repeats the same mail, and nothing that came since is in it', async () => {
    fresh()
    await storm(25)
    await deliver()
    outbox.later('PT1M')
    // It is claimed, sent, and nothing is marked.
    const until = instantOf(Date.parse(outbox.now()) + 60_000)
    const claimed = await claimDigest(outbox.db, { id: 'first', now: outbox.now(), until, most: 1_000 })
    expect(claimed).toMatchObject({ id: 'first', people: ['engineer-chen'] })
    expect(await claimDigest(outbox.db, { id: 'second', now: outbox.now(), until, most: 1_000 })).toBeUndefined()
    await storm(25)
    fresh()
    await deliver()
    expect(office.mails).toHaveLength(0)
    outbox.later('PT2M')
    await deliver()
    const repeat = office.mails.find(({ mail }) => mail.messageId?.startsWith('<digest-first@'))
    expect(repeat?.mail.subject).toContain('25 条通知')
    const rest = office.mails.filter((mail) => mail !== repeat)
    expect(rest.map(({ mail }) => mail.subject)).toEqual(['【通知汇总】25 条通知，涉及 25 个工单'])
    expect((await rows()).map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 'sent'))
  })

  it('the connection is lost between the mail and its answer: one repeat with the same Message-ID', async () => {
    fresh()
    await storm(25)
    await deliver()
    outbox.later('PT1M')
    office.hangUpAfter(1)
    await deliver()
    for (let minute = 0; minute < 5; minute += 1) {
      outbox.later('PT1M')
      await deliver()
    }
    expect(office.mails).toHaveLength(2)
    expect(new Set(office.mails.map(({ mail }) => mail.messageId)).size).toBe(1)
    expect(new Set((await rows()).map(({ status, attempts }) => `${status} ${attempts}`))).toEqual(new Set(['sent 2']))
  })

  it('the server is away: nothing counts against a notice, and the digest goes out when it is back', async () => {
    fresh()
    await storm(25)
    await deliver()
    await office.close()
    for (let minute = 0; minute < 10; minute += 1) {
      outbox.later('PT1M')
      await deliver()
    }
    expect(new Set((await rows()).map(({ status, attempts }) => `${status} ${attempts}`))).toEqual(new Set(['queued 0']))
    await office.open()
    outbox.later('PT2M')
    await deliver()
    expect(office.mails.map(({ mail }) => mail.subject)).toEqual(['【通知汇总】25 条通知，涉及 25 个工单'])
  })

  it('the server does not take it for now: all of it is tried again together, however often each had failed before', async () => {
    fresh()
    const numbers = await storm(30)
    await deliver()
    await outbox.db.updateTable('notices').set({ attempts: 3 }).where('process', 'in', numbers.slice(0, 10)).execute()
    office.refused.set(chen, { code: 450, words: '4.2.1 mailbox busy' })
    outbox.later('PT1M')
    expect(await deliver()).toMatchObject({ failed: 30 })
    expect(new Set((await rows()).map(({ retryAt }) => retryAt)).size).toBe(1)
    office.refused.clear()
    outbox.later('PT1H')
    expect(await deliver()).toMatchObject({ sent: 30 })
    expect(office.mails).toHaveLength(1)
  })

  it('of several workers one sends it, and whole', async () => {
    fresh()
    await storm(40)
    await deliver()
    outbox.later('PT1M')
    const rounds = Array.from({ length: 4 }, () => outbox.worker(transport)())
    const sent = (await Promise.all(rounds)).map((round) => round.sent)
    expect(sent.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 40])
    expect(office.mails).toHaveLength(1)
  })

  it('refused for good: each notice climbs, and comes to whoever stands above in a digest too', async () => {
    office.refused.set(chen, { code: 550, words: 'no such user' })
    fresh()
    await storm(25)
    await deliver()
    outbox.later('PT1M')
    expect(await deliver()).toMatchObject({ diverted: 25 })
    expect(office.mails).toHaveLength(0)
    outbox.later('PT1M')
    expect(await deliver()).toMatchObject({ sent: 25 })
    expect(office.mails.map(({ to }) => to)).toEqual([['supervisor-sun@bihuan.example']])
    expect(new Set((await rows()).map(({ status, passedOver }) => `${status} ${String(passedOver)}`))).toEqual(
      new Set(['sent engineer-chen']),
    )
  })

  it('more than one mail can hold: several, one after another, and the most urgent in the first', async () => {
    fresh()
    await storm(2)
    const [urgent = never()] = await storm(1, 'urgent')
    await sql`
      insert into notices (process, seq, kind, recipient_kind, recipient_id, params, created_at)
      select process, more, kind, recipient_kind, recipient_id, params, created_at from notices, generate_series(2, 500) as more`.execute(
      outbox.db,
    )
    const count = (await rows()).length
    expect(count).toBe(1_500)
    await deliver()
    for (let round = 0; round < 4; round += 1) {
      await deliver()
      outbox.later('PT1M')
    }
    expect(office.mails.map(({ mail }) => mail.subject)).toEqual([
      '【通知汇总】1000 条通知，涉及 2 个工单',
      '【通知汇总】500 条通知，涉及 1 个工单',
    ])
    expect(office.mails[0]?.mail.text?.split('\n').find((line) => line.startsWith('· '))).toContain(urgent)
    expect((await rows()).every(({ status }) => status === 'sent')).toBe(true)
  })
})

function never(): never {
  throw new Error('nothing is there')
}

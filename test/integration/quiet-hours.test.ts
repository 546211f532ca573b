import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setPreferences } from '../../db/people.ts'
import type { Round } from '../../delivery/deliver.ts'
import type { PostOffice } from '../support/post-office.ts'
import { openDelivery, person, progress, team, toCustomer, type Delivering, type Outbox } from './delivery-story.ts'

/** What waits for the end of quiet hours, and who does without what; real rows, a real mail server, and a clock that the tests set. */

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

describe('quiet hours and preferences', () => {
  const night = '2026-03-02T15:30:00.000Z'
  const eight = '2026-03-03T00:00:00.000Z'

  it('X6: the quiet hours of the profile hold everything but urgent tickets, across midnight, until they end', async () => {
    outbox.at(night)
    const medium = await outbox.ticket()
    const urgent = await outbox.ticket({ priority: 'urgent' })
    for (const number of [medium, urgent]) {
      await outbox.told(number, progress('一'))
      await outbox.told(number, progress('二', person('agent-li')))
    }
    expect(await deliver()).toMatchObject({ sent: 2, held: 2 })
    expect(await outbox.notices(medium)).toMatchObject([{ status: 'queued', heldUntil: eight, attempts: 0 }, { heldUntil: eight }])
    expect(await deliver()).toMatchObject({ sent: 0, held: 0 })
    outbox.at(eight)
    expect(await deliver()).toMatchObject({ sent: 2 })
    expect(office.mails.at(-2)?.mail.text).toContain('一')
  })

  it('X6: what is no longer so when the quiet ends is not told; what happened is', async () => {
    outbox.at('2026-03-02T14:30:00.000Z')
    const number = await outbox.ticket({ assignee: 'engineer-wang' })
    await outbox.told(number, { kind: 'information-requested', recipient: toCustomer, params: { number, message: '请发日志' } })
    await outbox.told(number, { kind: 'ticket-assigned', recipient: person('engineer-liu'), params: { number } })
    await outbox.told(number, { kind: 'ticket-assigned', recipient: person('engineer-wang'), params: { number } })
    await outbox.told(number, progress('夜里查到了原因'))
    expect(await deliver()).toMatchObject({ sent: 0 })
    outbox.at('2026-03-03T00:00:00.000Z')
    for (let round = 0; round < 3; round++) await deliver()
    expect((await outbox.notices(number)).map(({ kind, status, cause }) => [kind, status, cause])).toEqual([
      ['information-requested', 'muted', 'overtaken'],
      ['ticket-assigned', 'muted', 'overtaken'],
      ['ticket-assigned', 'sent', null],
      ['progress', 'sent', null],
    ])
    expect(office.mails.map(({ to }) => String(to)).toSorted()).toEqual(['engineer-wang@bihuan.example', 'zhang@example.com'])
  })

  it('X6: what comes later for the same recipient is held along with it, so that nobody looks at it again and again', async () => {
    outbox.at(night)
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('engineer-wang')))
    expect(await deliver()).toMatchObject({ held: 1 })
    await outbox.told(number, progress('二', person('engineer-wang')))
    await outbox.told(number, progress('三'))
    await deliver()
    expect(await outbox.notices(number)).toMatchObject([{ heldUntil: eight }, { heldUntil: eight }, { heldUntil: eight }])
    outbox.at(eight)
    expect(await deliver()).toMatchObject({ sent: 3 })
    const words = office.mails.map(({ mail }) => /[一二三]/.exec(mail.text ?? '')?.[0])
    expect(words.filter((word) => word !== '三')).toEqual(['一', '二'])
  })

  it('a ticket that becomes urgent at night is no longer held', async () => {
    outbox.at(night)
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('engineer-wang')))
    expect(await deliver()).toMatchObject({ held: 1 })
    await outbox.db.updateTable('tickets').set({ priority: 'urgent' }).where('number', '=', number).execute()
    await outbox.told(number, progress('二', person('engineer-wang')))
    outbox.later('PT10S')
    expect(await deliver()).toMatchObject({ sent: 2 })
    expect(office.mails.map(({ mail }) => /[一二]/.exec(mail.text ?? '')?.[0])).toEqual(['一', '二'])
  })

  it("a person's own quiet hours hold theirs, and nobody else's", async () => {
    await setPreferences(outbox.db, 'agent-li', { quietHours: { from: '09:30', until: '11:00' } })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('agent-li')))
    await outbox.told(number, progress('二', person('agent-li')))
    await outbox.told(number, progress('三'))
    expect(await deliver()).toMatchObject({ sent: 1, held: 1 })
    expect(office.mails.map(({ to }) => to)).toEqual([['zhang@example.com']])
    outbox.at('2026-03-02T03:00:00.000Z')
    expect(await deliver()).toMatchObject({ sent: 2 })
    await setPreferences(outbox.db, 'agent-li', {})
  })

  it('what a person has muted stays on record as muted; what asks them to act cannot be', async () => {
    await setPreferences(outbox.db, 'agent-li', { muted: ['progress-reported'] })
    await setPreferences(outbox.db, 'engineer-liu', { muted: ['ticket-queued'] })
    const number = await outbox.ticket()
    await outbox.told(number, progress('一', person('agent-li')))
    await outbox.told(number, { kind: 'task-opened', recipient: person('agent-li'), params: { number, text: '回电' } })
    await outbox.told(number, { kind: 'ticket-queued', recipient: team('tech-support'), params: { number } })
    expect(await deliver()).toMatchObject({ sent: 2, muted: 1 })
    expect(await outbox.notices(number)).toMatchObject([{ status: 'muted', sentAt: null }, { status: 'sent' }, { status: 'sent' }])
    expect(office.mails.at(-1)?.to).not.toContain('engineer-liu@bihuan.example')
    for (const id of ['agent-li', 'engineer-liu']) await setPreferences(outbox.db, id, {})
  })
})

import { describe, expect, it } from 'vitest'
import { keysOf, sealContact } from '../../../db/contact-vault.ts'
import type { ClaimedNotice } from '../../../db/notices.ts'
import { textOf } from '../../../delivery/mail.ts'
import { prepare, type Prepared } from '../../../delivery/prepare.ts'
import type { Instant } from '../../../domain/instant.ts'
import type { Addressees } from '../../../domain/notices/recipients.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { withCustomers, type SubjectCustomer, type TypedSubject } from '../../../processes/subject.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { loanProcess } from '../../loan/workflows/loan/process.ts'
import { techSupport } from '../../support/tickets.ts'

/** What becomes of a notice about a process of any type: whom it reaches and what it says, and what quiet hours hold of it. */

const keys = keysOf(Buffer.alloc(32, 7))
/** Half past eleven at night, in the profile's zone. */
const night: Instant = '2026-03-02T15:30:00.000Z'

const loan: TypedSubject = {
  ...{ profile: 'tech-support', profileVersion: 1, number: 'TS1-L1', title: '备用笔记本', type: null, priority: null },
  ...{ stage: 'lent', words: loanProcess, assignee: 'wang', representative: null, requester: null, team: 'tech-support' },
  customer: { of: 'TS1' },
  promises: [],
  isStillSo: () => true,
}
const chen: SubjectCustomer = {
  ...{ customerName: '陈先生', customerCompany: '海鸥贸易', customerAccount: null, channel: 'phone' },
  contactMasked: { phone: null, email: 'c***@example.com' },
  contact: { number: 'TS1', sealed: sealContact(keys, 'TS1', { phone: null, email: 'chen@example.com' }) },
}
const ticket: TypedSubject = {
  ...loan,
  words: ticketProcess,
  number: 'TS1',
  title: '无法登录',
  priority: 'medium',
  representative: 'lin',
  requester: 'he',
  customer: chen,
}
const progress = { number: 'TS1-L1', text: '设备已寄出' }

const world: Addressees = {
  people: new Map(
    ['wang', 'lin'].map((id) => [
      id,
      {
        ...{ id, name: id, email: `${id}@bihuan.example`, roles: ['engineer'], active: true, absent: false, deputy: null },
        preferences: {},
      },
    ]),
  ),
  teams: new Map(),
}

async function prepared(
  subjects: readonly TypedSubject[],
  changes: Partial<ClaimedNotice>,
  profile: Profile = techSupport,
): Promise<Prepared> {
  const notice: ClaimedNotice = {
    ...{ id: 1, process: 'TS1-L1', seq: 1, kind: 'progress-reported', recipientKind: 'person', recipientId: 'wang', params: progress },
    ...{ attempts: 0, firstFailedAt: null, claimedUntil: night, cause: null, passedOver: [], createdAt: night, heard: [] },
    ...changes,
  }
  const ask = (numbers: readonly string[]) => Promise.resolve(numbers.map((number) => subjects.find((one) => one.number === number)))
  const preparing = {
    subjectOf: async (number: string) => (await withCustomers(ask, [number]))[0],
    exists: () => Promise.resolve(true),
    askedOf: () => Promise.resolve({ missing: [], message: null }),
    keys,
    profileOf: () => Promise.resolve(profile),
  }
  return prepare(preparing, notice, world, night)
}

const noQuiet: Profile = { ...techSupport, quietHours: undefined }
const quiet: Profile = { ...techSupport, quietHours: { from: '22:00', until: '08:00', except: ['urgent'] } }

describe('X6: quiet hours', () => {
  it('X6: hold what is about a process without a priority, and say that it had none', async () => {
    expect(await prepared([ticket, loan], {}, quiet)).toEqual({ kind: 'hold', until: '2026-03-03T00:00:00.000Z', priority: null })
  })

  it('X6: do not hold what its type says is told at any hour, and hold nothing of excepted priorities', async () => {
    expect(await prepared([ticket, { ...loan, atAnyHour: true }], {}, quiet)).toMatchObject({ kind: 'send' })
    expect(await prepared([ticket, { ...loan, priority: 'urgent' }], {}, quiet)).toMatchObject({ kind: 'send' })
    expect(await prepared([ticket, { ...loan, priority: 'medium' }], {}, quiet)).toMatchObject({ kind: 'hold', priority: 'medium' })
  })

  it('are nobody’s where neither profile nor people have some', async () => {
    expect(await prepared([ticket, loan], {}, noQuiet)).toMatchObject({ kind: 'send', subject: { number: 'TS1-L1', priority: null } })
  })
})

describe('the customer of the process that it belongs to', () => {
  const toCustomer = { kind: 'progress', recipientKind: 'customer', recipientId: null } as const

  it('is named and written to, by the contact that opens with the number of that process', async () => {
    const letter = await prepared([ticket, loan], toCustomer, noQuiet)
    expect(letter).toMatchObject({
      kind: 'send',
      to: [{ name: '陈先生', address: 'chen@example.com' }],
      record: { channel: 'email', address: 'c***@example.com' },
    })
    expect(letter).toHaveProperty('letter.text', expect.stringContaining('陈先生，您好！'))
  })

  it('is called where they have a phone alone; the full number stands at that process', async () => {
    const sealed = sealContact(keys, 'TS1', { phone: '13812345678', email: null })
    const byPhone = { ...chen, contactMasked: { phone: '138****5678', email: null }, contact: { number: 'TS1', sealed } }
    const letter = await prepared([{ ...ticket, customer: byPhone }, loan], toCustomer, noQuiet)
    const remark = '客户陈先生没有留下邮箱，请您致电（138****5678，完整号码请在 TS1 中查看）转告以下内容，并在设备借用中记录：'
    expect(letter).toHaveProperty('letter.remarks', [remark])
  })

  it('is so over several processes; who keeps in touch with them is told where mail does not reach them', async () => {
    const second = { ...loan, number: 'TS1-L1-R1', customer: { of: 'TS1-L1' } }
    const unreachable = { ...chen, contact: null }
    const letter = await prepared([{ ...ticket, customer: unreachable }, loan, second], { ...toCustomer, process: second.number }, noQuiet)
    expect(letter).toMatchObject({ kind: 'send', record: { channel: 'relay', reached: ['lin'] } })
  })

  it('does not open with a number of its own, and is nobody where there is no such process', async () => {
    const copied = { ...chen, contact: { number: 'TS1-L1', sealed: chen.contact?.sealed ?? '' } }
    expect(await prepared([{ ...loan, customer: copied }], toCustomer, noQuiet)).toEqual({ kind: 'dead', cause: 'contact-sealed' })
    const letter = await prepared([{ ...loan, representative: 'lin' }], toCustomer, noQuiet)
    expect(letter).toHaveProperty('letter.remarks', [expect.stringMatching(/^客户没有留下邮箱/)])
    expect(letter).toHaveProperty('letter.text', expect.stringContaining('尊敬的客户，您好！'))
  })
})

describe.each([
  ['zh-CN', '设备借用编号：TS1-L1', '工单编号：TS1', '并在设备借用中记录'],
  ['zh-TW', '設備借用編號：TS1-L1', '工單編號：TS1', '並在設備借用中記錄'],
  ['en', 'Loan TS1-L1', 'Ticket TS1', 'record it on the loan'],
] as const)('X6: a mail in %s', (language, ofLoan, ofTicket, recorded) => {
  const profile: Profile = { ...noQuiet, language }
  const footerOf = async (subjects: readonly TypedSubject[], changes: Partial<ClaimedNotice>) => {
    const letter = await prepared(subjects, changes, profile)
    if (letter.kind !== 'send') throw new Error(`it is ${letter.kind}`)
    return { remarks: letter.letter.remarks.join('\n'), text: textOf(changes.process ?? 'TS1-L1', letter.letter) }
  }

  it.each([
    ['to a colleague', {}],
    ['to the customer', { kind: 'progress', recipientKind: 'customer', recipientId: null }],
  ] as const)('%s says at its end what the type is called', async (_, changes) => {
    const last = async (process: string) => (await footerOf([ticket, loan], { ...changes, process })).text.split('-- \n')[1]
    expect(await last('TS1-L1')).toContain(ofLoan)
    expect(await last('TS1-L1')).not.toMatch(/工单|工單|ticket/i)
    expect(await last('TS1')).toContain(ofTicket)
  })

  it('to be told by phone says where that is put on record', async () => {
    const unreachable = { ...ticket, customer: { ...chen, contact: null, contactMasked: { phone: '138****5678', email: null } } }
    const { remarks } = await footerOf([unreachable, loan], { kind: 'progress', recipientKind: 'customer', recipientId: null })
    expect(remarks).toContain(recorded)
    expect(remarks).not.toMatch(/工单|工單|ticket/i)
  })
})

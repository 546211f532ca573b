import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locales, type Locale } from '../../../domain/labels.ts'
import { subjectValues, type NoticeSubject } from '../../../domain/notices/subject-values.ts'
import type { ValueKind } from '../../../domain/notices/definition.ts'
import { noticeKindNames, noticeKinds, type NoticeKind } from '../../../domain/notices/kinds.ts'
import { renderNotice, wordingOf } from '../../../domain/notices/render.ts'
import type { Template } from '../../../domain/notices/template.ts'
import { usualTemplates } from '../../../domain/notices/usual.ts'
import { saidWithout } from '../../../domain/notices/without.ts'
import { noticeTemplatesSchema } from '../../../domain/profile/notices.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { own } from '../../../domain/own.ts'
import { standardTicket, techSupport } from '../../support/tickets.ts'

/** A process whose type knows no customer, no priority and no types of its own. */
const bare: NoticeSubject = {
  number: 'LN20260302001',
  title: '备用笔记本 07 号',
  customerName: null,
  customerCompany: null,
  customerAccount: null,
  contactMasked: { phone: null, email: null },
  type: null,
  priority: null,
  words: ticketProcess,
  stage: 'handling',
  assignee: null,
  representative: null,
}
const ticket: NoticeSubject = {
  ...bare,
  customerName: '张伟',
  customerCompany: '华信科技',
  type: 'software-fault',
  priority: 'urgent',
  assignee: 'wang',
  representative: 'lin',
}

const values: Readonly<Record<ValueKind, string | number>> = {
  ...{
    text: '请重启后再试。',
    list: '发票照片',
    labels: '{"zh-CN":"周报","zh-TW":"週報","en":"Weekly report"}',
    outcome: 'ineffective',
    intervention: 'silence',
    number: 3,
    instant: '2026-03-02T04:00:00.000Z',
    duration: 'PT8H',
    base: 'working',
  },
  ...{
    clock: 'resolution',
    priority: 'high',
    level: 'department-head',
    person: 'wang',
    cause: 'objective',
    decision: 'true',
    late: 'true',
  },
  ...{ consequence: '', 'advice-ahead': '', 'advice-after': '', escalation: '' },
}

function said(profile: Profile, kind: NoticeKind, template: Template, language: Locale, of: NoticeSubject, all: boolean) {
  const wanted = Object.entries(noticeKinds[kind].params).filter(([, { has }]) => all || has !== 'optional')
  const params = Object.fromEntries(wanted.map(([name, placeholder]) => [name, values[placeholder.kind]]))
  const names = { wang: '王强', lin: '林娜' }
  const facts = { ...subjectValues(of, '王强', { profile, language, names, toCustomer: false }), reach: '致电' }
  const wording = wordingOf(profile, { subject: of, language, names, now: '2026-03-01T00:00:00.000Z', values: {} })
  return renderNotice(noticeKinds[kind], template, { ...params, number: of.number }, facts, wording)
}

const labelsAlone = (text: string) => text.split('\n').filter((line) => /[：:]$/.test(line)).length

describe.each([techSupport, standardTicket])('of a process without customer, type and priority $id', (profile) => {
  describe.each(locales)('in %s', (language) => {
    it.each(noticeKindNames)('%s has no empty label, no gap and nothing that waits to be filled in', (kind) => {
      for (const template of [profile.notices[kind], own<Template>(usualTemplates, kind)]) {
        if (!template) continue
        for (const all of [true, false]) {
          const { subject, text } = said(profile, kind, template, language, bare, all)
          expect(`${subject}\n${text}`).not.toMatch(
            /…|[{}[\]]|[（(][，,、 ]*[)）]|“”|「」|[^\s] {2,}|[，,、]\s*[，,、）)]|客户客户|客戶客戶/,
          )
          expect(subject).not.toMatch(/[：:·]\s*$/)
          expect(labelsAlone(text), text).toBeLessThanOrEqual(labelsAlone(said(profile, kind, template, language, ticket, all).text))
        }
      }
    })
  })
})

describe('what is missing', () => {
  const staff = (language: Locale) => ({ language, reader: 'staff' }) as const

  it('leaves out its line, its parentheses and its place in a list', () => {
    const missing = ['customer', 'priority'] as const
    expect(saidWithout('客户：{customer}\n类型与优先级：{type}，{priority}', missing, staff('zh-CN'))).toBe('类型与优先级：{type}')
    expect(saidWithout('New ticket ({priority}): {title}', missing, staff('en'))).toBe('New ticket: {title}')
    expect(saidWithout('For you ({priority}, {type})', missing, staff('en'))).toBe('For you ({type})')
  })

  it('is a general word in a sentence', () => {
    const missing = ['customer', 'type'] as const
    expect(saidWithout('{customer} says so. Tell {customer}.', missing, staff('en'))).toBe('The customer says so. Tell the customer.')
    expect(saidWithout('客户{customer}已确认，{customer}满意', missing, staff('zh-CN'))).toBe('客户已确认，客户满意')
    expect(saidWithout('{customer}，您好！', missing, { language: 'zh-TW', reader: 'customer' })).toBe('尊敬的客戶，您好！')
    expect(saidWithout('Your {type} ticket', missing, staff('en'))).toBe('Your ticket')
  })

  const all = ['customer', 'type', 'priority'] as const

  it.each([
    // A comma of a sentence is none of a list.
    ['zh-CN', 'customer', '尊敬的{customer}，{representative}将与您联系', '尊敬的客户，{representative}将与您联系'],
    ['zh-TW', 'customer', '{customer}，{representative}將與您聯絡', '尊敬的客戶，{representative}將與您聯絡'],
    ['en', 'customer', 'Dear {customer}, {representative} will call you', 'Dear customer, {representative} will call you'],
    ['en', 'customer', '{customer}, {representative} will call you', 'Dear customer, {representative} will call you'],
    ['en', 'staff', 'Ask {representative}, {customer} is waiting', 'Ask {representative}, the customer is waiting'],
    ['zh-CN', 'staff', '请{representative}，{customer}在等', '请{representative}，客户在等'],
    // A list is one between parentheses, behind a label, or where nothing else stands in the line.
    ['zh-CN', 'staff', '类型、优先级：{type}、{priority}，{stage}', '类型、优先级：{stage}'],
    ['en', 'staff', '{number} · {type} · {priority} · {title}', '{number} · {title}'],
    ['en', 'staff', '{type} / {title} / {priority}', '{title}'],
    ['zh-CN', 'staff', '{customer}，{title}', '{title}'],
    ['zh-CN', 'customer', '{customer}，{type}', '尊敬的客户'],
    ['zh-TW', 'staff', '{number}（{type}，{priority}，{stage}）已逾時', '{number}（{stage}）已逾時'],
    ['en', 'staff', '{number} ({customer}, who is waiting) is late', '{number} (the customer, who is waiting) is late'],
    ['zh-CN', 'staff', '【{type}】{title}', '{title}'],
    // What a title begins with goes with its colon; a sentence behind a label stays.
    ['zh-CN', 'staff', '{type}：{title}', '{title}'],
    ['zh-CN', 'staff', '【{number}】{type}：{title}', '【{number}】{title}'],
    ['en', 'staff', '{number} · {priority}: {title}', '{number}: {title}'],
    ['en', 'staff', 'Note: {customer} has confirmed', 'Note: The customer has confirmed'],
    ['zh-CN', 'staff', '请致电客户，姓名：{customer}', '请致电客户，姓名：无'],
    ['zh-CN', 'staff', '客户：{customer}，类型：{type}，阶段：{stage}', '客户：无，类型：无，阶段：{stage}'],
    // Quotes around nothing.
    ['zh-CN', 'staff', '“{priority}”优先级', '无优先级'],
    ['zh-TW', 'staff', '「{priority}」優先等級的{title}', '無優先等級的{title}'],
    ['en', 'staff', 'A "{priority}" priority', 'A no priority'],
    ['en', 'staff', 'With {priority} priority, {title}', 'With no priority, {title}'],
    ['zh-CN', 'staff', '优先级为“{priority}”，类型是{type}。', '优先级为无，类型是无。'],
    ['zh-CN', 'staff', '一个{priority}工单', '一个工单'],
    ['en', 'staff', 'A {priority} {type} ticket is waiting', 'A ticket is waiting'],
    // Nobody is called the customer twice.
    ['zh-CN', 'customer', '尊敬的客户{customer}，您好', '尊敬的客户，您好'],
    ['en', 'staff', 'Customer {customer} has confirmed', 'Customer has confirmed'],
    ['zh-TW', 'staff', '客戶 {customer} 已確認', '客戶 已確認'],
    // Signs that no profile is kept from using.
    ['zh-CN', 'staff', '\uE000{title}\uE001，{customer}', '\uE000{title}\uE001，客户'],
  ] as const)('%s, to %s: %s', (language, reader, template, said) => {
    expect(saidWithout(template, all, { language, reader })).toBe(said)
  })

  it('takes nothing with it that is there, whatever the template', () => {
    const signs = [...'，、,:： ·/|-（）()【】“”"', '\n', ' - ', '客户', '优先级', 'ticket']
    const piece = fc.constantFrom(...signs, ...[...all, 'title', 'stage', 'number'].map((name) => `{${name}}`))
    const there = /\{(?:title|stage|number)\}/g
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom(...locales),
        fc.constantFrom('customer', 'staff'),
        (pieces, language, reader) => {
          const template = pieces.join('')
          const said = saidWithout(template, all, { language, reader })
          expect(said.match(there)).toEqual(template.match(there))
          expect(said).not.toMatch(/\{\??(?:customer|type|priority)\}/)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('may stand in brackets, too', () => {
    const text = { 'zh-CN': '[优先级：{priority}]', 'zh-TW': '[優先等級：{priority}]', en: '[Priority: {priority}]' }
    const templates = { ...techSupport.notices, urged: { ...techSupport.notices.urged, text } }
    expect(noticeTemplatesSchema.safeParse(templates).success).toBe(true)
    expect(said(techSupport, 'urged', templates.urged, 'en', ticket, true).text).toBe('Priority: Urgent')
    expect(said(techSupport, 'urged', templates.urged, 'en', bare, true).text).toBe('')
  })
})

import { describe, expect, it } from 'vitest'
import { locales, type Locale } from '../../../domain/labels.ts'
import { ticketFacts, type NoticeSubject } from '../../../domain/notices/facts.ts'
import { noticeKindNames, noticeKinds, type NoticeKind, type ValueKind } from '../../../domain/notices/kinds.ts'
import { renderNotice, wordingOf } from '../../../domain/notices/render.ts'
import type { Template } from '../../../domain/notices/template.ts'
import { usualTemplates } from '../../../domain/notices/usual.ts'
import { saidWithout } from '../../../domain/notices/without.ts'
import { noticeTemplatesSchema } from '../../../domain/profile/notices.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { ticketStages } from '../../../domain/ticket-stages.ts'
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
  stages: ticketStages,
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
  ...{ text: '请重启后再试。', list: '发票照片', number: 3, instant: '2026-03-02T04:00:00.000Z', duration: 'PT8H', base: 'working' },
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
  const wanted = Object.entries(noticeKinds[kind].params).filter(([, { optional }]) => all || !optional)
  const params = Object.fromEntries(wanted.map(([name, placeholder]) => [name, values[placeholder.kind]]))
  const names = { wang: '王强', lin: '林娜' }
  const facts = { ...ticketFacts(of, '王强', { profile, language, names }), reach: '致电' }
  const wording = wordingOf(profile, { subject: of, language, names, now: '2026-03-01T00:00:00.000Z' })
  return renderNotice(kind, template, { ...params, number: of.number }, facts, wording)
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

  it('may stand in brackets, too', () => {
    const text = { 'zh-CN': '[优先级：{priority}]', 'zh-TW': '[優先等級：{priority}]', en: '[Priority: {priority}]' }
    const templates = { ...techSupport.notices, urged: { ...techSupport.notices.urged, text } }
    expect(noticeTemplatesSchema.safeParse(templates).success).toBe(true)
    expect(said(techSupport, 'urged', templates.urged, 'en', ticket, true).text).toBe('Priority: Urgent')
    expect(said(techSupport, 'urged', templates.urged, 'en', bare, true).text).toBe('')
  })
})

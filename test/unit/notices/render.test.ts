import { describe, expect, it } from 'vitest'
import { locales, type Locale } from '../../../domain/labels.ts'
import { ticketFacts, type ToldTicket } from '../../../domain/notices/facts.ts'
import { noticeKindNames, noticeKinds, type NoticeKind, type ValueKind } from '../../../domain/notices/kinds.ts'
import { renderNotice, type NoticeParams, type Wording } from '../../../domain/notices/render.ts'
import { fill } from '../../../domain/template.ts'
import { scriptFacts } from '../../../domain/notices/facts.ts'
import { techSupport } from '../../support/tickets.ts'

const ticket: ToldTicket = {
  number: 'TS20260302001',
  title: '无法登录',
  customerName: '张伟',
  customerCompany: '华信科技',
  customerAccount: null,
  type: 'software-fault',
  priority: 'urgent',
  stage: 'handling',
  assignee: 'wang',
  representative: 'lin',
}
const names = { wang: '王强', lin: '林娜' }
/** One value of each kind, as a process writes it. */
const values: Readonly<Record<ValueKind, string | number | boolean>> = {
  text: '正文',
  number: 3,
  instant: '2026-03-02T04:00:00.000Z',
  duration: 'PT8H',
  base: 'working',
  clock: 'resolution',
  priority: 'high',
  level: 'department-head',
  person: 'wang',
  cause: 'objective',
  decision: 'true',
  late: 'true',
}

function rendered(kind: NoticeKind, language: Locale, params: NoticeParams, told: ToldTicket = ticket) {
  const wording: Wording = { language, zone: 'Asia/Shanghai', priorities: techSupport.priorities, clocks: techSupport.clocks, names }
  const facts = ticketFacts(told, '王强', { profile: techSupport, language, names })
  return renderNotice(kind, techSupport.notices[kind], params, facts, wording)
}

function paramsOf(kind: NoticeKind, only: 'all' | 'needed'): NoticeParams {
  const wanted = Object.entries(noticeKinds[kind].params).filter(([, { optional }]) => only === 'all' || !optional)
  return Object.fromEntries(wanted.map(([name, placeholder]) => [name, values[placeholder.kind]]))
}

describe.each(locales)('X6: in %s', (language) => {
  it.each(noticeKindNames)('%s reads whole, with everything and with only what must be there', (kind) => {
    const bare: ToldTicket = { ...ticket, customerName: null, assignee: null, representative: null }
    for (const { subject, text } of [
      rendered(kind, language, paramsOf(kind, 'all')),
      rendered(kind, language, paramsOf(kind, 'needed'), bare),
    ]) {
      expect(subject).not.toMatch(/[{}[\]…\n]|undefined|null/)
      expect(text).not.toMatch(/[{}[\]…]|undefined|null|\n\n\n|\s$|^\s/)
      expect(text).not.toMatch(/[：:] *(?:$|\n(?!\n))/)
      // An instant is never told in UTC, nor an id instead of its label.
      expect(text).not.toMatch(/Z\b|PT\d|department-head|objective\b(?! cause)/)
    }
  })
})

describe('values', () => {
  it('T3: instants in the zone of the profile, durations in words that say when working time is meant', () => {
    const { text } = rendered('ticket-submitted', 'zh-CN', paramsOf('ticket-submitted', 'all'))
    expect(text).toContain('将在8小时（工作时间）内开始处理，最迟不晚于 2026-03-02 12:00。')
    const elapsed = rendered('ticket-submitted', 'zh-TW', {
      ...paramsOf('ticket-submitted', 'needed'),
      within: 'PT2H',
      timeBase: 'elapsed',
    })
    expect(elapsed.text).toMatch(/將在2 ?小時內開始處理。/)
  })

  it('clocks, priorities, levels and people by their labels and names', () => {
    expect(rendered('deadline-missed', 'zh-CN', paramsOf('deadline-missed', 'all')).text).toMatch(
      /“解决闭环”应于 2026-03-02 12:00 完成.*部门负责人一级/,
    )
    expect(
      rendered('priority-change-requested', 'en', { ...paramsOf('priority-change-requested', 'all'), current: 'medium' }).text,
    ).toMatch(/^王强 asks to change the priority of ticket .* from Medium to High\./)
    expect(rendered('deadline-warning', 'en', { ...paramsOf('deadline-warning', 'all'), clock: 'brand-new' }).text).toContain(
      'The brand-new of ticket',
    )
  })

  it.each([true, 1, 'true', 'yes'])('T14: %j says that a deferral came late', (late) => {
    expect(rendered('deferral-reported', 'zh-CN', { ...paramsOf('deferral-reported', 'needed'), late }).text).toContain(
      '已延期（未按规定提前上报）',
    )
  })

  it.each([false, 0, 'false', ''])('T14: %j says nothing', (late) => {
    expect(rendered('deferral-reported', 'zh-CN', { ...paramsOf('deferral-reported', 'needed'), late }).text).toMatch(/已延期。/)
  })

  it('never take what somebody wrote for a template, and keep a subject on one line of bearable length', () => {
    const { subject, text } = rendered(
      'progress',
      'zh-CN',
      { number: 'TS1', text: '{title} [客户] {x}' },
      { ...ticket, title: `长\n${'很'.repeat(400)}` },
    )
    expect(text).toContain('{title} [客户] {x}')
    expect([...subject]).toHaveLength(160)
    expect(subject).not.toContain('\n')
  })
})

describe('scripts', () => {
  it.each(locales)('S13: are said by an agent about a ticket, in %s', (language) => {
    for (const script of techSupport.scripts) {
      const text = fill(script.text[language], scriptFacts(ticket, '林娜'))
      for (const part of ['林娜', 'TS20260302001', '无法登录', '张伟']) expect(text).toContain(part)
      expect(fill(script.text[language], scriptFacts({ ...ticket, customerCompany: null }, '林娜'))).not.toMatch(/[{}[\]…]/)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { calendarFrom } from '../../../domain/calendar/working-time.ts'
import { locales } from '../../../domain/labels.ts'
import { policyFor, type Policy } from '../../../domain/profile/policy.ts'
import { plus } from '../../../domain/instant.ts'
import { earliest } from '../../../workflows/deadline-order.ts'
import { endOfTime } from '../../../workflows/common/reckoning.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { unspaced } from '../../support/temporal-ui.ts'
import { lin, monday, office, policyOf, Story, techSupport, ticketIn, wang } from '../../support/tickets.ts'

/** What people find and read of a ticket in the Temporal UI, as pure functions of where it stands. */

function attributes({ state, policy }: Pick<Story, 'state' | 'policy'>): Record<string, unknown> {
  return Object.fromEntries(ticketProcess.searchAttributes.map((attribute) => [attribute.name, attribute.value(state, policy)]))
}

const details = ({ state, policy }: Story) => unspaced(ticketProcess.details(state, policy))

describe('search attributes', () => {
  it('fit into a namespace on Postgres, with keywords left for other processes', () => {
    const count = (type: string) => ticketProcess.searchAttributes.filter((attribute) => attribute.type === type).length
    expect(count('KEYWORD')).toBeLessThanOrEqual(7)
    expect(count('DATETIME')).toBeLessThanOrEqual(3)
    expect(count('BOOL')).toBeLessThanOrEqual(3)
    const names = ticketProcess.searchAttributes.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
    for (const name of names) expect(name).toMatch(/^Bihuan[A-Z]/)
  })

  it('X5: say where a new ticket stands', () => {
    expect(attributes(new Story({ submission: { priority: 'urgent' } }))).toEqual({
      BihuanStage: 'intake',
      BihuanPriority: 'urgent',
      BihuanType: 'software-fault',
      BihuanProfile: 'tech-support',
      BihuanTeam: 'tech-support',
      BihuanAssignee: null,
      BihuanWaitingFor: null,
      BihuanNextDue: plus(monday, 'PT15M'),
      BihuanOverdue: false,
    })
  })

  it('X4: overdue from the breach until what was promised is done, however late', () => {
    const story = new Story({ submission: { priority: 'urgent' } }).later('PT16M')
    expect(attributes(story)['BihuanOverdue']).toBe(false)
    story.wake()
    expect(attributes(story)).toMatchObject({ BihuanOverdue: true, BihuanNextDue: plus(monday, 'PT2H') })
    story.act(lin, 'contact')
    expect(attributes(story)['BihuanOverdue']).toBe(false)
    expect(story.promise('first-response').state).toBe('broken')
  })

  it('X3: what rests is due at no instant; going on, it is due later', () => {
    const story = ticketIn('handling', { submission: { live: true } })
    const before = attributes(story)['BihuanNextDue']
    expect(before).toBe(story.promise('progress').dueAt)
    story.acts([wang, 'wait', { for: 'customer' }])
    expect(attributes(story)).toMatchObject({ BihuanWaitingFor: 'customer', BihuanNextDue: story.promise('customer-answer').dueAt })
    story.later('PT1H').act(wang, 'resume')
    expect(attributes(story)).toMatchObject({ BihuanWaitingFor: null, BihuanNextDue: story.promise('progress').dueAt })
    expect(String(attributes(story)['BihuanNextDue']) > String(before)).toBe(true)
  })

  it('X4: a broken promise stays overdue while its ladder rests', () => {
    const story = ticketIn('handling', { submission: { priority: 'high' } }).later('PT5H')
    story.wake()
    expect(story.promise('progress').state).toBe('broken')
    story.acts([wang, 'wait', { for: 'customer' }])
    expect(attributes(story)['BihuanOverdue']).toBe(true)
  })

  it.each(['archived', 'withdrawn'] as const)('X5: %s, nothing is due and nothing overdue', (stage) => {
    expect(attributes(ticketIn(stage))).toMatchObject({ BihuanStage: stage, BihuanNextDue: null, BihuanOverdue: false })
  })

  it('a promise that its calendar never reaches is due at no instant', () => {
    const story = new Story()
    const state = { ...story.state, promises: story.state.promises.map((promise) => ({ ...promise, dueAt: endOfTime })) }
    expect(attributes({ state, policy: story.policy })['BihuanNextDue']).toBeNull()
    expect(ticketProcess.details(state, story.policy)).toContain('无法推算')
  })
})

describe('the title', () => {
  it.each([
    ['zh-CN', 'TS20260302001 · 软件功能异常 · 紧急'],
    ['zh-TW', 'TS20260302001 · 軟體功能異常 · 緊急'],
    ['en', 'TS20260302001 · Software fault · Urgent'],
  ] as const)('X6: %s: number, type and priority', (language, title) => {
    const { state, policy } = new Story({ policy: inLanguage(language), submission: { priority: 'urgent' } })
    expect(ticketProcess.title(state, policy)).toBe(title)
  })

  it('fits into the 200 bytes of Temporal, whatever the profile calls its types', () => {
    const policy = policyOf({ type: { ...policyOf().type, label: '非常长的类型名称'.repeat(20) } })
    const title = ticketProcess.title(new Story().state, policy)
    expect(new TextEncoder().encode(title).length).toBeLessThanOrEqual(200)
    expect(title).toMatch(/^TS20260302001 · 非常长.*…$/)
  })
})

describe('the details', () => {
  it.each([
    [
      'zh-CN',
      ['阶段：**处理中**', '处理人：**wang**', '| 进度更新 | 2026-03-02 14:04 | 进行中 |', '进度更新：到期前提醒 | wang | 更新进度、'],
    ],
    [
      'zh-TW',
      ['階段：**處理中**', '處理人：**wang**', '| 進度更新 | 2026-03-02 14:04 | 進行中 |', '進度更新：到期前提醒 | wang | 更新進度、'],
    ],
    [
      'en',
      [
        'Stage: **handling**',
        'Handler: **wang**',
        '| Progress update | 2026-03-02 14:04 | running |',
        'Progress update: reminder | wang | ',
      ],
    ],
  ] as const)(
    'X5, X6: %s: stage, holder, promises in the zone of the profile, what comes next and what would prevent it',
    (language, said) => {
      const told = details(ticketIn('handling', { policy: inLanguage(language) }))
      expect(told).toContain('Asia/Shanghai')
      for (const text of said) expect(told).toContain(text)
    },
  )

  it('X5: the soonest that comes next is the first of the table', () => {
    const story = ticketIn('handling')
    const next = earliest(ticketProcess.deadlines(story.state, story.policy))
    expect(next).toMatchObject({ clock: 'progress', level: 'reminder' })
    expect(details(story).split('| --- | --- | --- | --- |\n')[1]).toMatch(/^\| 2026-03-02 13:04 \| 进度更新：到期前提醒 \|/)
  })

  it('X3: for what it waits, and that clocks rest', () => {
    const told = details(ticketIn('handling').acts([wang, 'wait', { for: 'customer', reason: '绝密' }]))
    expect(told).toContain('等待状态：**等待客户补充资料**')
    expect(told).toContain('| 进度更新 | 恢复后顺延 | 暂停 |')
    expect(told).not.toContain('绝密')
  })

  it('T14: a deferral, beside the promise that will be missed', () => {
    const story = ticketIn('handling', { submission: { priority: 'urgent' } })
    story.acts([wang, 'defer', { newDueAt: plus(story.now, 'PT40H') }])
    expect(details(story)).toContain('已延期次数：**1**')
    expect(details(story)).toMatch(/解决闭环 \|[^]*\| 延期/)
  })

  it('X4: a broken promise stands out while it is owed', () => {
    const story = new Story({ submission: { priority: 'urgent' } }).later('PT16M')
    story.wake()
    expect(details(story)).toContain('| 首次响应 | 2026-03-02 09:15 | **已超时，仍未完成** |')
  })

  it('what comes next is the end of reopening, then nothing', () => {
    expect(details(ticketIn('follow-up').acts([lin, 'callback'], [wang, 'file-article']))).toContain('| 可重新打开期限 | — | 重新打开 |')
    expect(details(ticketIn('archived'))).toContain('没有待发生的事项')
  })

  it('a label cannot break the table', () => {
    const clocks = policyOf().clocks.map((clock) => ({ ...clock, label: `${clock.label}|x` }))
    expect(details(new Story({ policy: policyOf({ clocks }) }))).toContain('首次响应\\|x |')
  })
})

describe('summaries of timers and activities', () => {
  const summaries = ({ state, policy }: Story) =>
    ticketProcess.deadlines(state, policy).map((until) => ticketProcess.summary({ kind: 'sleep', until }, policy))

  it('X4, X6: say what will happen and who will hear of it', () => {
    expect(summaries(ticketIn('handling'))).toEqual(
      expect.arrayContaining([
        '进度更新：到期前提醒 → wang',
        '进度更新：到期即超时',
        '进度更新：超时通知 → 主管',
        '进度更新：正在排查中 → 客户',
      ]),
    )
    expect(summaries(ticketIn('handling', { policy: inLanguage('en') }))).toContain('Progress update: reminder → wang')
  })

  it('X6: name what is written and asked in the language of the profile', () => {
    const ask = { kind: 'dispatch', question: {} }
    for (const language of locales) {
      const policy = inLanguage(language)
      expect(ticketProcess.summary({ kind: 'write' }, policy)).toBe(
        { 'zh-CN': '写入工单记录', 'zh-TW': '寫入工單記錄', en: 'Write to the records' }[language],
      )
      expect(ticketProcess.summary({ kind: 'ask', ask }, policy)).toBe(
        { 'zh-CN': '自动派单', 'zh-TW': '自動派單', en: 'Dispatch' }[language],
      )
    }
  })
})

function inLanguage(language: (typeof locales)[number]): Policy {
  const policy = policyFor({ ...techSupport, language }, 'software-fault', { version: 1, calendar: calendarFrom(office, monday) })
  if (!policy) throw new Error('the profile has no such type')
  return policy
}

import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { scoreLine } from '../../../cli/assessment.ts'
import { accountsOf, type Account } from '../../../domain/assessment/account.ts'
import { decisionsIn } from '../../../domain/assessment/decisions.ts'
import { noDecisions, subjectKey, type AssessmentModel, type Decisions } from '../../../domain/assessment/model.ts'
import type { ToldEvent } from '../../../domain/assessment/told.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { noCommendations, type Commendations } from '../../../domain/assessment/commendations.ts'
import { assessmentDocument } from '../../../reports/assessment/document.ts'
import { pageOf } from '../../../reports/page/page.ts'
import { workbookOf } from '../../../reports/workbook/workbook.ts'
import { backdated, late, octoberOf } from '../../support/assessed.ts'

/** An assessment as it is read: what its events tell, the sums, and each form from one document. */

const wang = 'person:engineer-wang'
const at = '2026-11-03T02:00:00.000Z'
const told = (type: string, data: object, actor = 'lead-xu'): ToldEvent => ({ type, actor, at, data })
const events = [
  told('delay-excused', { subject: wang, item: late.id, reason: '<b>停电</b>' }),
  told('act-confirmed', { subject: wang, item: backdated.id, remark: null }),
  told('score-confirmed', { subject: wang, objectBy: at }),
  told('objected', { subject: wang, reason: '还有一项', decideBy: at, by: at }, 'engineer-wang'),
]
const shown = (
  model: AssessmentModel,
  accounts: readonly Account[],
  locale: Locale = 'zh-CN',
  commendations: Commendations = noCommendations,
) => assessmentDocument({ model, accounts, commendations }, { locale, names })
const names = { 'lead-xu': '徐明', 'engineer-wang': '王强' }

describe('what was decided', () => {
  it('is read from the events, each for its own subject', () => {
    const decisions = decisionsIn(events)
    expect(Object.keys(decisions.excused)).toEqual([wang])
    expect(decisions.objections[wang]).toEqual({ by: 'engineer-wang', at, reason: '还有一项', decided: null })
    const decided = told('objection-decided', { subject: wang, reason: '属实', upheld: true, excused: ['x'], by: null }, 'boss')
    const after = decisionsIn([...events, decided])
    expect(Object.keys(after.excused[wang] ?? {})).toEqual([late.id, 'x'])
    expect(after.settled[wang]).toBe(at)
    expect(decisionsIn([told('objections-over', { subjects: [wang, 'team:tech-support'] }, 'system')]).settled).toEqual({
      [wang]: at,
      'team:tech-support': at,
    })
    // What another release tells changes nothing.
    expect(decisionsIn([told('praised', {})])).toEqual(noDecisions)
  })
})

describe('how a score came about', () => {
  const model = octoberOf('monthly')
  const account = accountsOf(model, decisionsIn(events)).find(({ score }) => score.subject === wang)

  it('is told item by item, with who decided what, and can be reckoned again by hand', () => {
    expect(account?.criteria[0]).toMatchObject({ rate: '19 ÷ 19 = 100.00%', score: { n: 19, hits: 19, excused: 1, unconfirmed: 0 } })
    expect(account?.criteria[0]?.items).toMatchObject([
      { id: late.id, excused: { by: 'lead-xu', reason: '<b>停电</b>' }, confirmed: null },
      { id: backdated.id, excused: null, confirmed: { by: 'lead-xu' } },
    ])
    expect(account?.sum).toBe('(30 × 100.00 + 30 × 95.00 + 20 × 100.00 + 20 × 100.00) ÷ 100 = 98.50')
  })

  it.each(locales)('%s: the page says it, and what somebody wrote is text', (locale) => {
    const text = pageOf(shown(model, accountsOf(model, decisionsIn(events)), locale), locale)
    expect(text).toContain('98.50')
    expect(text).toContain('&lt;b&gt;停电&lt;/b&gt;')
    expect(text).not.toContain('<b>停电')
    expect(text).toContain('徐明')
    expect(text).not.toMatch(/undefined|\{\w+\}|NaN/)
    for (const ticket of [late.ticket, backdated.ticket]) expect(text).toContain(ticket)
  })

  it.each(locales)('%s: of one score alone nothing is said of the others', (locale) => {
    const of = shown(model, account ? [account] : [], locale)
    expect(of.highlights).toBeNull()
    expect(pageOf(of, locale)).not.toContain('class="highlights"')
  })

  it('nobody says that nobody is proposed while a score is a draft', () => {
    const saying = (decisions: Decisions) => shown(model, accountsOf(model, decisions), 'en').highlights?.sentences.join(' ')
    expect(saying(noDecisions)).toContain('not known yet')
    expect(saying(noDecisions)).not.toContain('Nobody')
    const confirmed = Object.fromEntries(model.subjects.map((subject) => [subjectKey(subject), { by: 'boss', at }]))
    expect(saying({ ...noDecisions, confirmed })).not.toContain('not known yet')
  })

  it('a terminal has the states in the language of whoever asks, and marks what does not hold', () => {
    const line = { name: '王强', score: 87.5, deduction: 2, suspended: true, state: 'objected' } as const
    expect(scoreLine(line, 6, 'zh-CN')).toBe('王强     87.50   -2.00  异议中  异议裁定前暂不扣分')
    expect(scoreLine({ ...line, deduction: 0, suspended: false, score: null, state: 'settled' }, 4, 'zh-TW')).toBe(
      '王强       —          已定稿',
    )
  })

  it('where nothing was counted it says so, and not that it was little; and what is still on its way is told beside', () => {
    const none = { criterion: 'resolved', n: 0, hits: 0, items: [], running: 2 }
    const subjects = model.subjects.map((subject) => ({
      ...subject,
      results: subject.results.map((one) => (one.criterion === 'resolved' ? none : one)),
    }))
    const changed = { ...model, subjects }
    const text = pageOf(shown(changed, accountsOf(changed, noDecisions)), 'zh-CN')
    expect(text).toContain('无计入事项')
    expect(text).not.toContain('样本不足')
    expect(text).toContain('另有 2 张工单仍在处理')
  })

  it('the workbook has a sheet for all of them and one for each, and nothing of whom it does not show', async () => {
    const one = account ? [account] : []
    const { zone, asOf } = model
    const document = shown({ ...model, subjects: [] }, one, 'en')
    const pieces: Uint8Array[] = []
    for await (const piece of workbookOf(document, { locale: 'en', zone, asOf })) pieces.push(piece)
    const { sheets } = await readXlsx(Buffer.concat(pieces))
    expect(sheets.map(({ name }) => name)).toEqual([expect.any(String), 'Scores', 'engineer-wang'])
    expect(JSON.stringify(sheets)).not.toContain('engineer-chen')
    // 98.50 and 100.00%, as numbers: a text would not be summed or sorted by.
    expect(sheets[1]?.rows.flat()).toEqual(expect.arrayContaining([98.5, 1]))
    expect(sheets[1]?.rows.flat()).not.toContain('98.50')
  })
})

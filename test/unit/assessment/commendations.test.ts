import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { accountsOf } from '../../../domain/assessment/account.ts'
import { commendationsOf, noCommendations, type Commendations } from '../../../domain/assessment/commendations.ts'
import { decidingEvents, decisionsIn } from '../../../domain/assessment/decisions.ts'
import { noDecisions } from '../../../domain/assessment/model.ts'
import type { ToldEvent } from '../../../domain/assessment/told.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { assessmentDocument } from '../../../reports/assessment/document.ts'
import { pageOf } from '../../../reports/page/page.ts'
import { workbookOf } from '../../../reports/workbook/workbook.ts'
import { octoberOf } from '../../support/assessed.ts'

/** 表彰: who was nominated and proposed, as the events tell it, cut to whom it concerns, and as it is read. */

const at = '2026-11-03T02:00:00.000Z'
const later = '2026-11-05T02:00:00.000Z'
const told = (type: string, data: object, actor = 'manager-gao', when = at): ToldEvent => ({ type, actor, at: when, data })
const nominated = (nomination: number, person: string, why: string) =>
  told('nominated', { nomination, person, ticket: `TS2026102000${nomination}`, why }, 'agent-li')
const events = [
  nominated(1, 'engineer-wang', '自写<b>脚本</b>批量修复'),
  nominated(2, 'agent-li', '常规做法'),
  nominated(3, 'engineer-chen', '新的巡检方法'),
  told('commended', { nomination: 1, person: 'engineer-wang', remark: '已纳入标准做法' }, 'manager-gao', later),
  told('nomination-declined', { nomination: 2, reason: '与既有做法相同' }, 'manager-gao', later),
]
const proposed = told('outstanding-proposed', { people: ['engineer-chen', 'engineer-wang'], by: later }, 'system')
const chosen = told('outstanding-commended', { person: 'engineer-chen', remark: null }, 'manager-gao', later)
const closed = told('closed', {}, 'system', later)
const commendationsIn = (...all: readonly ToldEvent[]) => decisionsIn(all).commendations

describe('R14: commendations', () => {
  it('are read from the events: who nominated whom and why, and what was decided of it, in their order', () => {
    expect(commendationsIn(...events)).toEqual({
      nominations: [
        {
          ...{ id: 1, person: 'engineer-wang', ticket: 'TS20261020001', why: '自写<b>脚本</b>批量修复', by: 'agent-li', at },
          decided: { by: 'manager-gao', at: later, commended: true, reason: '已纳入标准做法' },
        },
        {
          ...{ id: 2, person: 'agent-li', ticket: 'TS20261020002', why: '常规做法', by: 'agent-li', at },
          decided: { by: 'manager-gao', at: later, commended: false, reason: '与既有做法相同' },
        },
        { id: 3, person: 'engineer-chen', ticket: 'TS20261020003', why: '新的巡检方法', by: 'agent-li', at, decided: null },
      ],
      proposed: null,
      outstanding: {},
      closedAt: null,
    })
    expect(commendationsIn(proposed, chosen, closed)).toEqual({
      nominations: [],
      proposed: ['engineer-chen', 'engineer-wang'],
      outstanding: { 'engineer-chen': { by: 'manager-gao', at: later, remark: null } },
      closedAt: later,
    })
  })

  it('are among the events that are read for scores, and change none', () => {
    for (const { type } of [...events, proposed, chosen, closed]) expect(decidingEvents).toContain(type)
    expect(decisionsIn([...events, proposed, chosen, closed])).toEqual({ ...noDecisions, commendations: expect.anything() })
  })

  it('are cut to whom they concern, be it whom everybody has a property of', () => {
    const all = commendationsIn(...events, proposed, chosen, closed)
    expect(commendationsOf(all, ['engineer-wang'])).toEqual({
      nominations: [all.nominations[0]],
      proposed: ['engineer-wang'],
      outstanding: {},
      closedAt: later,
    })
    expect(commendationsOf(all, [])).toEqual({ ...noCommendations, proposed: [], closedAt: later })
    expect(commendationsOf(all, ['constructor']).outstanding).toEqual({})
  })
})

describe('R14: commendations as they are read', () => {
  const model = octoberOf('monthly')
  const names = { 'engineer-wang': '王强', 'engineer-chen': '陈晨', 'agent-li': '李晓雯', 'manager-gao': '高远' }
  const page = (locale: Locale, commendations: Commendations) =>
    pageOf(assessmentDocument({ model, accounts: accountsOf(model, noDecisions), commendations }, { locale, names }), locale)

  it.each(locales)('%s: the page tells who, for what, by whom, and why it was declined; what somebody wrote is text', (locale) => {
    const text = page(locale, commendationsIn(...events, proposed, chosen))
    for (const said of ['自写&lt;b&gt;脚本', '李晓雯', '已纳入标准做法', '与既有做法相同', 'TS20261020003', '高远'])
      expect(text).toContain(said)
    expect(text).not.toMatch(/undefined|\{\w+\}|NaN|<b>脚本/)
  })

  it('says what is still to be decided, and once it is closed that nothing will be', () => {
    const open = page('zh-CN', commendationsIn(...events, proposed, chosen))
    expect(open).toContain('待决定')
    expect(open).toContain('决定人：高远（')
    const over = page('zh-CN', commendationsIn(...events, proposed, chosen, closed))
    expect(over).not.toContain('待决定')
    expect(over.match(/到期未决定/g)).toHaveLength(2)
  })

  it('the workbook has them on a sheet of their own, with who decided what and why', async () => {
    const document = assessmentDocument(
      { model, accounts: [], commendations: commendationsIn(...events, proposed) },
      { locale: 'en', names },
    )
    const pieces: Uint8Array[] = []
    for await (const piece of workbookOf(document, { locale: 'en', zone: model.zone, asOf: model.asOf })) pieces.push(piece)
    const { sheets } = await readXlsx(Buffer.concat(pieces))
    const sheet = JSON.stringify(sheets.find(({ name }) => name === 'Commendations')?.rows)
    for (const said of ['王强', '新的巡检方法', 'Declined', '与既有做法相同', 'To be decided']) expect(sheet).toContain(said)
  })

  it('has nothing where nobody was nominated or proposed', () => {
    expect(page('zh-CN', noCommendations)).not.toContain('id="commendations"')
    expect(page('zh-CN', commendationsIn(...events))).toContain('commendations')
  })
})

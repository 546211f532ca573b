import { dimensionLabels, type Dimension } from '../../domain/figures/figure.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { Sheet } from './sheet.ts'

/** The heading of a section whose profile gives it none. */
export function headingOf(sheet: Sheet, plan: SectionPlan): Labels {
  switch (plan.kind) {
    case 'figures':
      return said('主要指标', '主要指標', 'Key figures')
    case 'days':
      return said('前几日最终数据', '前幾日最終數據', 'The days before, as they turned out')
    case 'tickets':
      return lists[plan.list]
    case 'drivers':
      return said('影响客户满意度的关键因素', '影響客戶滿意度的關鍵因素', 'What moves customer satisfaction')
    case 'equal-mix':
      return after(figureIn(sheet, plan), said('按团队（同等工单构成）', '依團隊（同等工單組成）', 'by team, at an equal mix of tickets'))
    case 'comments':
      return said('客户意见主题', '客戶意見主題', 'What customers say, by theme')
    case 'samples':
      return said('抽检结果', '抽檢結果', 'Tickets judged')
    case 'suggestions':
      return said('改进建议', '改善建議', 'Suggestions')
    case 'actions':
      return said('改进措施', '改善措施', 'Improvement actions')
    case 'written':
      return plan.prompt
    case 'changes':
      return after(figureIn(sheet, plan), said('变化最大的项目', '變化最大的項目', 'what changed most'))
    case 'trend':
      return after(figureIn(sheet, plan), said('趋势', '趨勢', 'trend'))
    case 'parts':
      return after(figureIn(sheet, plan), by(plan.by))
    case 'arrivals':
      return sheet.figure('arrivals').label
    case 'ageing':
      return sheet.figure('ageing').label
  }
}

const lists: Readonly<Record<Extract<SectionPlan, { readonly kind: 'tickets' }>['list'], Labels>> = {
  overdue: said('已超时、尚未完成', '已逾時、尚未完成', 'Overdue and not done'),
  unclaimed: said('待认领工单', '待認領工單', 'Unclaimed tickets'),
  'due-soon': said('下一个工作日中午前到期', '下一個工作日中午前到期', 'Due by the end of the next working morning'),
  breaches: said('超时最严重的工单', '逾時最嚴重的工單', 'The worst breaches'),
}

/** What a figure is called; of attainment, with the promise that is meant. */
function figureIn(
  { figure, profile: { clocks } }: Sheet,
  { figure: id, clock }: { readonly figure: FigureId; readonly clock?: string | undefined },
): Labels {
  const { label } = figure(id)
  const of = clocks.find((one) => one.id === clock)?.label
  if (!of) return label
  return said(`${label['zh-CN']}（${of['zh-CN']}）`, `${label['zh-TW']}（${of['zh-TW']}）`, `${label.en} (${of.en})`)
}

function by(dimension: Dimension): Labels {
  const name = dimensionLabels[dimension]
  return said(`按${name['zh-CN']}`, `依${name['zh-TW']}`, `by ${name.en}`)
}

function after(one: Labels, other: Labels): Labels {
  return said(`${one['zh-CN']}：${other['zh-CN']}`, `${one['zh-TW']}：${other['zh-TW']}`, `${one.en}: ${other.en}`)
}

/** What the figures that a report speaks of were called and meant when it was made. */
export function definitionsIn(sheet: Sheet, ids: ReadonlySet<string>): ReportModel['figures'] {
  return Object.fromEntries(
    sheet.figures
      .filter(({ id }) => ids.has(id))
      .map(({ id, kind, label, unit, definition, marks, beside = [], better }) => [
        id,
        { kind, label, unit, definition, marks: { ...marks }, beside: [...beside], ...(better && { better }) },
      ]),
  )
}

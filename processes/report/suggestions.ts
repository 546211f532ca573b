import { namesInProfile } from '../../db/figures/names.ts'
import { fewest, rateOf, type Numbers } from '../../domain/figures/figure.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { own } from '../../domain/own.ts'
import { said, type Labels } from '../../domain/labels.ts'
import { countText, shareText } from '../../domain/reports/number-text.ts'
import type { Sheet } from './sheet.ts'

/**
 * What the numbers suggest. Each follows from a rule that anybody can follow with the figure in hand, and names it; what to do about it
 * people decide. A share of fewer than twenty suggests nothing; problems and deferrals are counted one by one, and speak from five.
 */

export interface Suggestion {
  readonly rule: string
  readonly figure: FigureId
  readonly text: Labels
}

/** On what they are reckoned. */
export type Figures = Pick<Sheet, 'profile' | 'before' | 'measured'>

type Rule = (sheet: Figures) => Promise<readonly Suggestion[]>

export async function suggestionsOf(sheet: Figures): Promise<Suggestion[]> {
  const found: Suggestion[] = []
  for (const rule of rules) found.push(...(await rule(sheet)))
  return found
}

/** Nine of ten promises kept are what most service agreements ask for. */
const keptAtLeast = 0.9
/** So many of one kind are no chance. */
const frequent = 5

const promisesBroken: Rule = async (sheet) => {
  const { parts } = await sheet.measured('attainment', { by: 'clock' })
  const poor = parts.filter((part) => part.n >= fewest && rateOf(part) < keptAtLeast)
  const nameOf = namesInProfile('clock', sheet.profile)
  return poor.map((part) => {
    const [name, kept] = [nameOf(part.key), shareText(rateOf(part))]
    const text = said(
      `“${name['zh-CN']}”按时完成 ${kept}（${countText(part.n)} 项），低于 90%：请查看超时集中在哪些团队和时段，再决定调整人手还是时限。`,
      `「${name['zh-TW']}」按時完成 ${kept}（${countText(part.n)} 項），低於 90%：請查看逾時集中在哪些團隊與時段，再決定調整人力或時限。`,
      `${kept} of ${countText(part.n)} promises of “${name.en}” were kept, less than 90%: see in which teams and hours they are broken, then decide on people or on the limit.`,
    )
    return { rule: 'promises-broken', figure: 'attainment' as const, text }
  })
}

const frequentProblem: Rule = async (sheet) => {
  const { parts, total } = await sheet.measured('closed', { by: 'module' })
  const nameOf = namesInProfile('module', sheet.profile)
  return parts
    .filter(({ key, n }) => key !== null && n >= frequent && n / total.n >= 0.2)
    .map(({ key, n }) => {
      const name = nameOf(key)
      const text = said(
        `结案工单中有 ${countText(n)} 张（${shareText(n / total.n)}）属于“${name['zh-CN']}”：建议做一次原因分析，并把解决办法写入知识库。`,
        `結案工單中有 ${countText(n)} 張（${shareText(n / total.n)}）屬於「${name['zh-TW']}」：建議進行一次原因分析，並把解決辦法寫入知識庫。`,
        `${countText(n)} of the tickets closed (${shareText(n / total.n)}) were about “${name.en}”: look for the cause together, and write the way out into the knowledge base.`,
      )
      return { rule: 'frequent-problem', figure: 'closed' as const, text }
    })
}

const backlogGrows: Rule = async (sheet) => {
  const [came, went, left] = [await sheet.measured('submitted'), await sheet.measured('closed'), await sheet.measured('backlog')]
  const [n, closed] = [came.total.n - sum(came.total, 'withdrawn', 'merged'), went.total.n]
  if (n < fewest || closed >= n * 0.9) return []
  const text = said(
    `本期受理 ${countText(n)} 张、结案 ${countText(closed)} 张，期末未结 ${countText(left.total.n)} 张，积压在增加：请确认是人手不足，还是有一类问题在拖延。`,
    `本期受理 ${countText(n)} 張、結案 ${countText(closed)} 張，期末未結 ${countText(left.total.n)} 張，積壓正在增加：請確認是人力不足，還是某一類問題在拖延。`,
    `${countText(n)} tickets came and ${countText(closed)} were closed, ${countText(left.total.n)} are open: the backlog grows. See whether people are missing, or one kind of problem takes long.`,
  )
  return [{ rule: 'backlog-grows', figure: 'backlog', text }]
}

const problemsReturn: Rule = async (sheet) => {
  const { total } = await sheet.measured('repeat-rate')
  if (total.n < fewest || rateOf(total) < 0.2) return []
  const text = said(
    `重复问题率为 ${shareText(rateOf(total))}（${countText(total.n)} 张已分类工单）：同样的问题 30 天内再次出现，建议从根本原因上解决。`,
    `重複問題率為 ${shareText(rateOf(total))}（${countText(total.n)} 張已分類工單）：同樣的問題 30 天內再次出現，建議從根本原因解決。`,
    `${shareText(rateOf(total))} of ${countText(total.n)} classified tickets were of a kind that had come within 30 days: mend the cause, not the case.`,
  )
  return [{ rule: 'problems-return', figure: 'repeat-rate', text }]
}

const customersDissatisfied: Rule = async (sheet) => {
  const now = (await sheet.measured('satisfaction')).total
  const before = sheet.before && (await sheet.measured('satisfaction', {}, sheet.before)).total
  if (now.n < fewest || before === null || before.n < fewest || rateOf(before) - rateOf(now) < 0.05) return []
  const text = said(
    `满意率由 ${shareText(rateOf(before))} 降至 ${shareText(rateOf(now))}（${countText(now.n)} 个评价）：请逐一查看 1–3 分的工单。`,
    `滿意率由 ${shareText(rateOf(before))} 降至 ${shareText(rateOf(now))}（${countText(now.n)} 個評價）：請逐一查看 1–3 分的工單。`,
    `Satisfaction fell from ${shareText(rateOf(before))} to ${shareText(rateOf(now))} (${countText(now.n)} answers): read the tickets with one to three points.`,
  )
  return [{ rule: 'customers-dissatisfied', figure: 'satisfaction', text }]
}

const toldTooLate: Rule = async (sheet) => {
  const { total } = await sheet.measured('deferrals')
  const late = sum(total, 'late')
  if (total.n < frequent || late / total.n < 0.2) return []
  const text = said(
    `${countText(total.n)} 次延期中有 ${countText(late)} 次告知过晚：请提醒处理人在到期前按规定时间告知客户。`,
    `${countText(total.n)} 次延期中有 ${countText(late)} 次告知過晚：請提醒處理人依規定時間在到期前告知客戶。`,
    `${countText(late)} of ${countText(total.n)} deferrals were told too late: remind handlers to tell the customer in time before the deadline.`,
  )
  return [{ rule: 'told-too-late', figure: 'deferrals', text }]
}

/** Eight of ten: one slip in five is not to be seen as a habit. */
const metAtLeast = 0.8

const criterionUnmet: Rule = async (sheet) => {
  const { parts } = await sheet.measured('judged-quality', { by: 'criterion' })
  const nameOf = namesInProfile('criterion', sheet.profile)
  return parts
    .filter((part) => part.n >= fewest && rateOf(part) < metAtLeast)
    .map((part) => {
      const [name, met] = [nameOf(part.key), shareText(rateOf(part))]
      const text = said(
        `抽检项目“${name['zh-CN']}”达标 ${met}（${countText(part.n)} 项评定），低于 80%：建议查看未达标的工单，并安排针对性培训或调整规范。`,
        `抽檢項目「${name['zh-TW']}」達標 ${met}（${countText(part.n)} 項評定），低於 80%：建議查看未達標的工單，並安排針對性訓練或調整規範。`,
        `${met} of ${countText(part.n)} judgements met “${name.en}”, less than 80%: read the tickets that did not, then decide on training or on the rule.`,
      )
      return { rule: 'criterion-unmet', figure: 'judged-quality' as const, text }
    })
}

const rules: readonly Rule[] = [
  promisesBroken,
  frequentProblem,
  backlogGrows,
  problemsReturn,
  customersDissatisfied,
  toldTooLate,
  criterionUnmet,
]

function sum({ marks }: Numbers, ...ids: readonly string[]): number {
  return ids.reduce((all, id) => all + (own(marks, id) ?? 0), 0)
}

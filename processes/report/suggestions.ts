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
  const told = await poorParts(sheet, 'attainment', 'clock', keptAtLeast)
  if (told === null) return []
  const text = said(
    `按时完成低于 90%：${told['zh-CN']}。请查看超时集中在哪些团队和时段，再决定调整人手还是时限。`,
    `按時完成低於 90%：${told['zh-TW']}。請查看逾時集中在哪些團隊與時段，再決定調整人力或時限。`,
    `Less than 90% were kept of ${told.en}: see in which teams and hours they are broken, then decide on people or on the limit.`,
  )
  return [{ rule: 'promises-broken', figure: 'attainment', text }]
}

const frequentProblem: Rule = async (sheet) => {
  const { parts, total } = await sheet.measured('closed', { by: 'module' })
  const many = parts.filter(({ key, n }) => key !== null && n >= frequent && n / total.n >= 0.2)
  if (many.length === 0) return []
  const nameOf = namesInProfile('module', sheet.profile)
  const most = many.toSorted((one, other) => other.n - one.n)
  const told = listed(most.map(({ key, n }) => counted(nameOf(key), n / total.n, n, said('张', '張', ''))))
  const text = said(
    `结案工单中较多的问题：${told['zh-CN']}。建议做一次原因分析，并把解决办法写入知识库。`,
    `結案工單中較多的問題：${told['zh-TW']}。建議進行一次原因分析，並把解決辦法寫入知識庫。`,
    `Of the tickets closed, many were about ${told.en}: look for the cause together, and write the way out into the knowledge base.`,
  )
  return [{ rule: 'frequent-problem', figure: 'closed', text }]
}

const backlogGrows: Rule = async (sheet) => {
  const [came, went, left] = [await sheet.measured('submitted'), await sheet.measured('closed'), await sheet.measured('backlog')]
  const off = sum(came.total, 'withdrawn', 'merged')
  const [n, closed] = [came.total.n, went.total.n]
  if (n - off < fewest || closed >= (n - off) * 0.9) return []
  const less = off === 0 ? said('', '', '') : withdrawnOrMerged(off)
  const text = said(
    `本期受理 ${countText(n)} 张${less['zh-CN']}、结案 ${countText(closed)} 张，期末未结 ${countText(left.total.n)} 张，积压在增加：请确认是人手不足，还是有一类问题在拖延。`,
    `本期受理 ${countText(n)} 張${less['zh-TW']}、結案 ${countText(closed)} 張，期末未結 ${countText(left.total.n)} 張，積壓正在增加：請確認是人力不足，還是某一類問題在拖延。`,
    `${countText(n)} tickets came${less.en} and ${countText(closed)} were closed, ${countText(left.total.n)} are open: the backlog grows. See whether people are missing, or one kind of problem takes long.`,
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
  const told = await poorParts(sheet, 'judged-quality', 'criterion', metAtLeast)
  if (told === null) return []
  const text = said(
    `抽检达标低于 80%：${told['zh-CN']}。建议查看未达标的工单，并安排针对性培训或调整规范。`,
    `抽檢達標低於 80%：${told['zh-TW']}。建議查看未達標的工單，並安排針對性訓練或調整規範。`,
    `Less than 80% of judgements met ${told.en}: read the tickets that did not, then decide on training or on the rule.`,
  )
  return [{ rule: 'criterion-unmet', figure: 'judged-quality', text }]
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

/** The worst are enough to begin with; the figure has all. */
const mostTold = 12

/** The parts of a share that are below, the worst first; null: none is. */
async function poorParts(sheet: Figures, figure: FigureId, by: 'clock' | 'criterion', atLeast: number): Promise<Labels | null> {
  const { parts } = await sheet.measured(figure, { by })
  const poor = parts.filter((part) => part.n >= fewest && rateOf(part) < atLeast).toSorted((one, other) => rateOf(one) - rateOf(other))
  if (poor.length === 0) return null
  const nameOf = namesInProfile(by, sheet.profile)
  return listed(poor.slice(0, mostTold).map((part) => counted(nameOf(part.key), rateOf(part), part.n, said('项', '項', ''))))
}

/** `“首次响应” 67.2%（64 项）` */
function counted(name: Labels, share: number, n: number, unit: Labels): Labels {
  const [percent, count] = [shareText(share), countText(n)]
  return said(
    `“${name['zh-CN']}” ${percent}（${count} ${unit['zh-CN']}）`,
    `「${name['zh-TW']}」 ${percent}（${count} ${unit['zh-TW']}）`,
    `“${name.en}” (${percent}, ${count})`,
  )
}

function listed(items: readonly Labels[]): Labels {
  return said(
    items.map((one) => one['zh-CN']).join('、'),
    items.map((one) => one['zh-TW']).join('、'),
    items.map(({ en }) => en).join(', '),
  )
}

function withdrawnOrMerged(count: number): Labels {
  return said(
    `（其中已撤回、已合并 ${countText(count)} 张）`,
    `（其中已撤回、已合併 ${countText(count)} 張）`,
    ` (of which ${countText(count)} were withdrawn or merged)`,
  )
}

function sum({ marks }: Numbers, ...ids: readonly string[]): number {
  return ids.reduce((all, id) => all + (own(marks, id) ?? 0), 0)
}

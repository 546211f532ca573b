import { DateTime } from 'luxon'
import { xmr } from '../../domain/figures/xmr.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportNumbers } from '../../domain/reports/numbers.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import { clocks, keyHeading, lists, modules, priorities, teams, types } from './sample-names.ts'
import { sampleTickets } from './sample-tickets.ts'
import type { Chance } from './seeded.ts'

/** Sections of the sample reports, of plausible numbers. */

export const zone = 'Asia/Shanghai'

export interface Sample {
  readonly chance: Chance
  readonly every: ReportModel['report']['every']
  readonly from: string
  readonly until: string
  readonly asOf: string
  /** So many tickets come. */
  readonly volume: number
}

export function local(text: string): string {
  return DateTime.fromISO(text, { zone }).toUTC().toISO({ precision: 'milliseconds' }) ?? ''
}

/** Of how many tickets of the period a figure speaks, its share, or its median in minutes. */
const usual: Readonly<
  Record<
    string,
    { readonly of: number; readonly share?: number; readonly minutes?: number; readonly marks?: Readonly<Record<string, number>> }
  >
> = {
  submitted: { of: 1, marks: { withdrawn: 0.02, merged: 0.01 } },
  closed: { of: 0.96, marks: { silence: 0.06 } },
  backlog: { of: 0.14 },
  'response-time': { of: 0.8, minutes: 6, marks: { live: 0.18, unanswered: 0.01 } },
  'handling-time': { of: 0.93, minutes: 1_310 },
  'net-handling-time': { of: 0.93, minutes: 640 },
  'waiting-time': { of: 0.93, minutes: 410 },
  'resolution-time': { of: 0.9, minutes: 1_560 },
  attainment: { of: 0.9, share: 0.91 },
  deferrals: { of: 0.03, marks: { late: 0.006 } },
  'resolution-rate': { of: 0.97, share: 0.867, marks: { running: 0.06, silence: 0.05 } },
  'first-contact-resolution': { of: 0.97, share: 0.412 },
  'lasting-first-contact-resolution': { of: 0.9, share: 0.391 },
  'reopen-rate': { of: 0.82, share: 0.041 },
  'repeat-rate': { of: 0.7, share: 0.236 },
  satisfaction: { of: 0.44, share: 0.907, marks: { 1: 0.01, 2: 0.01, 3: 0.02, 4: 0.13, 5: 0.27 } },
  'response-rate': { of: 0.96, share: 0.455 },
  'judged-quality': { of: 0.07, share: 0.91, marks: { targeted: 0.01 } },
}

function numbersOf({ chance, volume }: Pick<Sample, 'chance' | 'volume'>, figure: FigureId, n?: number): ReportNumbers {
  const { of, share, minutes, marks = {} } = usual[figure] ?? { of: 1 }
  const counted = n ?? Math.round(chance.about(volume * of, 0.06))
  const median = minutes === undefined ? null : Math.round(chance.about(minutes) * 60_000)
  const spread = median === null || counted === 0 ? null : { mean: Math.round(median * 1.4), median, p90: Math.round(median * 3.2) }
  return {
    n: counted,
    hits: share === undefined ? null : Math.min(counted, Math.round(counted * chance.about(share, 0.05))),
    elapsed: spread,
    worked: spread && { mean: Math.round(spread.mean * 0.4), median: Math.round(spread.median * 0.4), p90: Math.round(spread.p90 * 0.4) },
    marks: Object.fromEntries(Object.entries(marks).map(([id, part]) => [id, Math.round(volume * part)])),
  }
}

export function keyFigures(sample: Sample, figures: readonly FigureId[]): ReportSection {
  const yearBefore = { ...sample, volume: sample.volume * 0.82 }
  const lines = figures.map((figure) => ({
    ...{ figure, part: null, now: numbersOf(sample, figure), before: numbersOf(sample, figure) },
    // Call-backs were not recorded then.
    yearBefore: figure === 'satisfaction' || figure === 'response-rate' ? null : numbersOf(yearBefore, figure),
  }))
  return { id: 'key-figures', heading: keyHeading, kind: 'figures', lines }
}

export function promises(sample: Sample): ReportSection {
  const shares: Readonly<Record<string, number>> = {
    'first-response': 1,
    start: 0.97,
    'review-meeting': 0.02,
    progress: 2.3,
    resolution: 0.9,
  }
  const kept = Object.entries(clocks).map(([key, label]) => {
    const of = (factor: number) => {
      const n = Math.max(3, Math.round(sample.chance.about(sample.volume * factor * (shares[key] ?? 1), 0.05)))
      const hits = Math.round(n * (key === 'resolution' ? 0.862 : sample.chance.about(0.94, 0.03)))
      return { n, hits, elapsed: null, worked: null, marks: { broken: n - hits, running: key === 'progress' ? 14 : 3, cancelled: 2 } }
    }
    return { figure: 'attainment', part: { key, label }, now: of(1), before: of(0.95), yearBefore: of(0.8) }
  })
  const deferrals = {
    figure: 'deferrals',
    part: null,
    now: numbersOf(sample, 'deferrals'),
    before: numbersOf(sample, 'deferrals'),
    yearBefore: null,
  }
  return { id: 'promises', heading: said('时限与承诺', '時限與承諾', 'Deadlines'), kind: 'figures', lines: [...kept, deferrals] }
}
interface PartsPlan {
  readonly id: string
  readonly figure: FigureId
  readonly dimension: 'type' | 'cause' | 'module' | 'team'
  readonly names: readonly Labels[]
  readonly chart?: 'bars' | 'pareto'
  readonly heading?: Labels
}

export function parts(sample: Sample, { id, figure, dimension, names, chart = 'bars', heading }: PartsPlan): ReportSection {
  const { chance, volume } = sample
  // Each has two thirds of what the one before it has, as causes do.
  const shares = names.map((_, at) => chance.about(0.66 ** at))
  const all = shares.reduce((sum, share) => sum + share, 0)
  const whole = Math.round(volume * (usual[figure]?.of ?? 1))
  const counted = shares.map((share) => Math.round((whole * share) / all))
  const listed = names.map((label, at) => {
    const n = counted[at] ?? 0
    return {
      key: `${dimension}-${at}`,
      label,
      now: numbersOf(sample, figure, n),
      before: numbersOf(sample, figure, Math.round(chance.about(n * 0.95, 0.3))),
    }
  })
  const total = {
    ...numbersOf(
      sample,
      figure,
      counted.reduce((sum, n) => sum + n, 0),
    ),
  }
  const hits = listed.reduce((sum, { now }) => sum + (now.hits ?? 0), 0)
  const own = ticketFigures.find((one) => one.id === figure)?.label
  return {
    ...{ id, heading: heading ?? own ?? keyHeading, kind: 'parts' as const, figure, dimension, chart },
    total: { ...total, hits: total.hits === null ? null : hits },
    parts: listed,
  }
}

export function trend(
  sample: Sample,
  { id, figure, heading, periods = 13 }: { id: string; figure: FigureId; heading: Labels; periods?: number },
): ReportSection {
  const { chance, every, from } = sample
  const unit = every === 'day' ? 'days' : every === 'week' ? 'weeks' : every === 'month' ? 'months' : 'quarters'
  const isShare = usual[figure]?.share !== undefined
  const first = DateTime.fromISO(from, { zone })
  const values = Array.from({ length: periods }, (_, at) => {
    const isLast = at === periods - 1
    // What happened last is worth a look: that is what such a chart is for.
    return isShare ? (isLast ? 0.78 : Math.round(chance.about(0.92, 0.02) * 1_000) / 1_000) : Math.round(chance.about(29, 0.12) * 100) / 100
  })
  const chart = xmr(values, { least: 0, most: isShare ? 1 : Infinity })
  return {
    ...{ id, heading, kind: 'trend' as const, figure },
    part: figure === 'attainment' ? { key: 'resolution', label: clocks.resolution } : null,
    perWorkingDay: !isShare,
    points: values.map((value, at) => {
      const begins = first.minus({ [unit]: periods - 1 - at })
      const [begin, end] = [
        begins.toUTC().toISO() ?? '',
        begins
          .plus({ [unit]: 1 })
          .toUTC()
          .toISO() ?? '',
      ]
      return { from: begin, until: end, n: Math.round(sample.volume * chance.about(0.94, 0.1)), value, signal: chart?.signals[at] ?? null }
    }),
    limits: chart ? { mean: chart.mean, lower: chart.lower, upper: chart.upper } : null,
  }
}

export function arrivals({ chance, volume }: Sample): ReportSection {
  const busy = [0, 0, 0, 0, 0, 0, 0.1, 0.4, 0.9, 1.6, 2.1, 1.8, 1.1, 1.5, 2, 1.7, 1.2, 0.8, 0.4, 0.2, 0.1, 0.1, 0, 0]
  const all = busy.reduce((sum, part) => sum + part, 0)
  const weekdays = Array.from({ length: 7 }, (_, weekday) => {
    const isWeekend = weekday > 4
    // October began with holidays, from Thursday to Wednesday.
    const openDays = isWeekend ? 0 : weekday < 2 ? 3 : 4
    const each = (volume / 18) * (weekday === 0 ? 1.25 : 1)
    return {
      openDays,
      hours: busy.map((part) => (openDays === 0 ? 0 : Math.round(chance.about((openDays * each * part) / all, 0.25)))),
      closedDays: isWeekend ? 4 : 1,
      hoursOfClosed: busy.map((part) => Math.round(chance.about((each * part * (isWeekend ? 0.4 : 0.1)) / all, 0.5))),
    }
  })
  return { id: 'arrivals', heading: said('到达分布', '到達分布', 'Arrivals'), kind: 'arrivals', figure: 'arrivals', weekdays }
}

export function ageing({ chance, volume }: Sample): ReportSection {
  const marks = ticketFigures.find(({ id }) => id === 'ageing')?.marks ?? {}
  const open = volume * 0.14
  const ages = [0.3, 0.32, 0.2, 0.12, 0.06]
  const shares = [0.04, 0.24, 0.5, 0.22]
  return {
    ...{
      id: 'ageing',
      heading: said('未结工单账龄', '未結工單帳齡', 'Age of the backlog'),
      kind: 'ageing' as const,
      figure: 'ageing',
      dimension: 'priority' as const,
    },
    groups: Object.entries(marks).map(([id, label]) => ({ id, label })),
    rows: priorities.map((label, at) => ({
      ...{ key: ['urgent', 'high', 'medium', 'low'][at] ?? null, label },
      counts: ages.map((age) => Math.round(chance.about(open * (shares[at] ?? 0) * age, 0.3))),
    })),
  }
}

export function ticketList({ chance, until, asOf }: Sample, list: keyof typeof lists, count: number): ReportSection {
  const rows = Array.from({ length: count }, (_, at) => {
    const { title, type } = sampleTickets[(at * 3 + count) % sampleTickets.length] ?? { title: '', type: 0 }
    const hours = list === 'due-soon' ? at * 2.4 + 1 : -(at * 5 + 2)
    return {
      ...{ number: `TS2026${String(1_100_000 + chance.between(1, 9_999))}`, title, type: types[type] ?? keyHeading },
      ...{ priority: priorities[chance.between(0, 3)] ?? null, team: at === 2 ? null : (teams[chance.between(0, 3)] ?? null) },
      clock: list === 'unclaimed' ? null : at % 2 === 0 ? clocks.resolution : clocks.progress,
      at: new Date(Date.parse(list === 'breaches' ? until : asOf) + hours * 3_600_000).toISOString(),
      late: list === 'breaches' ? Math.round(chance.about((count - at) * 7) * 3_600_000) : null,
    }
  })
  return { id: list, heading: lists[list], kind: 'tickets', list, total: list === 'breaches' ? count * 3 : count, rows }
}

export function changes(sample: Sample): ReportSection {
  const { chance } = sample
  const rows = modules.slice(0, 5).map((label, at) => ({
    ...{ key: `module-${at}`, label },
    now: numbersOf(sample, 'closed', chance.between(4, 48)),
    before: numbersOf(sample, 'closed', chance.between(4, 40)),
  }))
  return {
    id: 'modules',
    heading: said('结案量：变化最大的分类', '結案量：變化最大的分類', 'Tickets closed: what changed most'),
    kind: 'changes',
    figure: 'closed',
    dimension: 'module',
    rows,
  }
}

export function daysBefore(sample: Sample): ReportSection {
  const figures = ['submitted', 'closed', 'attainment', 'satisfaction'] as const
  const rows = [3, 2, 1].map((back) => {
    const begins = DateTime.fromISO(sample.from, { zone }).minus({ days: back })
    const volume = back < 3 ? 5 : 34
    return {
      ...{ from: begins.toUTC().toISO() ?? '', until: begins.plus({ days: 1 }).toUTC().toISO() ?? '' },
      cells: figures.map((figure) => numbersOf({ ...sample, volume }, figure)),
    }
  })
  return {
    id: 'days',
    heading: said('前几日最终数据', '前幾日最終數據', 'The days before, as they turned out'),
    kind: 'days',
    figures: [...figures],
    rows,
  }
}

export function suggestions(): ReportSection {
  return {
    ...{ id: 'suggestions', heading: said('改进建议', '改善建議', 'Suggestions'), kind: 'suggestions' as const },
    items: [
      {
        ...{ rule: 'promises-broken', figure: 'attainment' },
        text: said(
          '“解决闭环”按时完成 86.2%（559 项），低于 90%：请查看超时集中在哪些团队和时段，再决定调整人手还是时限。',
          '「解決閉環」按時完成 86.2%（559 項），低於 90%：請查看逾時集中在哪些團隊與時段，再決定調整人力或時限。',
          '86.2% of 559 promises of “Resolution” were kept, less than 90%: see in which teams and hours they are broken, then decide on people or on the limit.',
        ),
      },
      {
        ...{ rule: 'problems-return', figure: 'repeat-rate' },
        text: said(
          '重复问题率为 23.6%（435 张已分类工单）：同样的问题 30 天内再次出现，建议从根本原因上解决。',
          '重複問題率為 23.6%（435 張已分類工單）：同樣的問題 30 天內再次出現，建議從根本原因解決。',
          '23.6% of 435 classified tickets were of a kind that had come within 30 days: mend the cause, not the case.',
        ),
      },
    ],
  }
}

export function actions(): ReportSection {
  const row = (review: string, action: string, owner: string, day: string, overdue: boolean, state: Labels) => ({
    review,
    action,
    owner,
    dueAt: local(`${day}T18:00`),
    overdue,
    state,
  })
  const [open, done] = [said('进行中', '進行中', 'In progress'), said('已完成', '已完成', 'Done')]
  return {
    ...{ id: 'actions', heading: said('改进措施', '改善措施', 'Improvement actions'), kind: 'actions' as const },
    rows: [
      row('RV2026090003', '发布检查单增加“缓存键版本”一项，并由值班人员双人确认', '李工', '2026-10-16', false, done),
      row('RV2026090003', '登录服务增加缓存命中率告警', '王芳', '2026-10-23', true, open),
      row('RV2026100001', '与供应商约定备件 48 小时到货，写入年度合同', '赵经理', '2026-11-20', false, open),
    ],
  }
}

export function box(id: string, heading: Labels, prompt: Labels): ReportSection {
  return { id, heading, kind: 'written', prompt }
}

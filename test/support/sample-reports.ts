import type { FigureId } from '../../domain/figures/ids.ts'
import { said, type Labels } from '../../domain/labels.ts'
import { reportModelSchema, type ReportModel, type Signed } from '../../domain/reports/model.ts'
import type { ReportNumbers } from '../../domain/reports/numbers.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import { countText } from '../../domain/reports/number-text.ts'
import { judgedTickets } from './sample-judged.ts'
import { causes, keyHeading, modules, teams, types } from './sample-names.ts'
import { comments, drivenBy, mix } from './sample-satisfaction.ts'
import {
  actions,
  ageing,
  arrivals,
  box,
  changes,
  daysBefore,
  keyFigures,
  local,
  parts,
  promises,
  suggestions,
  ticketList,
  trend,
  zone,
  type Sample,
} from './sample-sections.ts'
import { seeded } from './seeded.ts'

/**
 * Reports as a support centre of forty people has them, for whoever shows reports: the same each time, since they are made of a seed. Their
 * numbers fit each other: parts add up to their whole, and who was counted was counted once.
 */

export type SampleKind = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'quiet'
export const sampleKinds = ['daily', 'weekly', 'monthly', 'quarterly', 'quiet'] as const satisfies readonly SampleKind[]

export function sampleReport(kind: SampleKind, seed = 1): ReportModel {
  const chance = seeded(seed)
  const { every, from, until, asOf, period, label } = times[kind]
  const sample: Sample = { chance, every, from, until, asOf, volume: volumes[every] }
  const sections = kind === 'quiet' ? quietSections() : plans[kind](sample)
  return reportModelSchema.parse({
    format: '1',
    report: { id: kind === 'quiet' ? 'weekly' : kind, label, every },
    profile: { id: 'tech-support', version: 3, label: said('技术支持中心', '技術支援中心', 'Technical support') },
    calendar: { id: 'cn-office', version: 2 },
    zone,
    record: kind === 'monthly' || kind === 'quarterly' ? { number: kind === 'monthly' ? 'TS-QR-017' : 'TS-QR-021', version: 'A/0' } : null,
    period,
    from,
    until,
    asOf,
    quiet: kind === 'quiet',
    highlights: kind === 'quiet' ? [nothingHappened] : highlightsOf(sections),
    figures: definitionsOf(sections),
    sections,
  })
}

/** Signed by all three, with a text in each box. */
export function sampleSigned({ sections, asOf }: ReportModel): Signed {
  const day = (days: number) => new Date(Date.parse(asOf) + days * 86_400_000 + 3_600_000).toISOString()
  const boxes = sections.filter(({ kind }) => kind === 'written')
  return {
    texts: Object.fromEntries(boxes.map(({ id }) => [id, writtenText])),
    preparer: { name: '孙主管', at: day(0) },
    reviewer: { name: '周经理', at: day(1) },
    approver: { name: '郑总', at: day(2) },
    standing: 'released',
  }
}

/** Nobody has signed or written anything. */
export const unsigned: Signed = { texts: {}, preparer: null, reviewer: null, approver: null, standing: 'released' }

const writtenText = `本月解决闭环按时率连续两周低于自然波动下限，集中在登录与权限模块：4.2 版升级后缓存配置未随发布下发。
已采取的措施：回退缓存配置，发布检查单增加“缓存键版本”一项；10 月 26 日后同类工单由每日 6 张降至 1 张。
下月重点：硬件故障备件到货时间；与供应商约定 48 小时到货。`

const volumes = { day: 31, week: 148, month: 621, quarter: 1_874 }

const times = {
  daily: time(
    'day',
    '2026-11-30T00:00',
    '2026-11-30T17:30',
    '2026-11-30T17:30',
    '2026-11-30',
    said('技术支持日报', '技術支援日報', 'Technical support daily report'),
  ),
  weekly: time(
    'week',
    '2026-11-23T00:00',
    '2026-11-30T00:00',
    '2026-11-30T09:00',
    '2026-W48',
    said('技术支持周报', '技術支援週報', 'Technical support weekly report'),
  ),
  quiet: time(
    'week',
    '2026-02-16T00:00',
    '2026-02-23T00:00',
    '2026-02-24T09:00',
    '2026-W08',
    said('技术支持周报', '技術支援週報', 'Technical support weekly report'),
  ),
  monthly: time(
    'month',
    '2026-10-01T00:00',
    '2026-11-01T00:00',
    '2026-11-02T09:00',
    '2026-10',
    said('技术支持问题分析报告', '技術支援問題分析報告', 'Technical support problem analysis report'),
  ),
  quarterly: time(
    'quarter',
    '2026-07-01T00:00',
    '2026-10-01T00:00',
    '2026-10-08T09:00',
    '2026-Q3',
    said('服务质量季度报告', '服務品質季報', 'Service quality quarterly report'),
  ),
} satisfies Record<SampleKind, unknown>

function time(every: ReportModel['report']['every'], from: string, until: string, asOf: string, period: string, label: Labels) {
  return { every, from: local(from), until: local(until), asOf: local(asOf), period, label }
}

const plans: Readonly<Record<Exclude<SampleKind, 'quiet'>, (sample: Sample) => ReportSection[]>> = {
  daily: (sample) => [
    keyFigures(sample, ['submitted', 'closed', 'backlog', 'response-time', 'resolution-rate', 'satisfaction']),
    promises(sample),
    ticketList(sample, 'overdue', 4),
    ticketList(sample, 'unclaimed', 3),
    ticketList(sample, 'due-soon', 6),
    daysBefore(sample),
  ],
  weekly: (sample) => [
    keyFigures(sample, [
      'submitted',
      'closed',
      'backlog',
      'response-time',
      'resolution-time',
      'resolution-rate',
      'repeat-rate',
      'satisfaction',
    ]),
    promises(sample),
    ticketList(sample, 'breaches', 5),
    changes(sample),
    ageing(sample),
    suggestions(),
    actions(),
  ],
  monthly: (sample) => [
    keyFigures(sample, monthlyFigures),
    promises(sample),
    trend(sample, { id: 'arrivals-trend', figure: 'submitted', heading: said('受理量：趋势', '受理量：趨勢', 'Tickets received: trend') }),
    trend(sample, {
      id: 'resolution-trend',
      figure: 'attainment',
      heading: said('解决闭环按时率：趋势', '解決閉環按時率：趨勢', 'Resolution in time: trend'),
    }),
    parts(sample, { id: 'by-type', figure: 'submitted', dimension: 'type', names: types }),
    parts(sample, {
      id: 'causes',
      figure: 'closed',
      dimension: 'cause',
      chart: 'pareto',
      names: causes,
      heading: said('按原因', '依原因', 'By cause'),
    }),
    parts(sample, {
      id: 'teams',
      figure: 'resolution-time',
      dimension: 'team',
      names: teams,
      heading: said('各部门解决时长', '各部門解決時長', 'Resolution time by department'),
    }),
    parts(sample, {
      id: 'resolution-by-team',
      figure: 'attainment',
      dimension: 'team',
      names: teams,
      heading: said('各部门解决闭环按时率', '各部門解決閉環按時率', 'Resolution in time by department'),
    }),
    mix(sample),
    arrivals(sample),
    ageing(sample),
    ticketList(sample, 'breaches', 10),
    drivenBy(sample),
    actions(),
    suggestions(),
    box(
      'analysis',
      said('问题分析与结论', '問題分析與結論', 'Analysis and conclusions'),
      said(
        '主要问题的原因、已采取的措施及效果、下月重点',
        '主要問題的原因、已採取的措施及成效、下月重點',
        'Causes of the main problems, what was done and with what effect, and what matters next month',
      ),
    ),
  ],
  quarterly: (sample) => [
    actions(),
    keyFigures(sample, [...monthlyFigures, 'first-contact-resolution', 'lasting-first-contact-resolution', 'judged-quality']),
    promises(sample),
    trend(sample, {
      id: 'satisfaction-trend',
      figure: 'satisfaction',
      heading: said('满意率：趋势', '滿意率：趨勢', 'Satisfaction: trend'),
      periods: 6,
    }),
    parts(sample, {
      id: 'modules',
      figure: 'closed',
      dimension: 'module',
      chart: 'pareto',
      names: modules,
      heading: said('按模块', '依模組', 'By module'),
    }),
    comments(sample),
    judgedTickets(),
    suggestions(),
    box(
      'resources',
      said('资源的充分性', '資源是否充足', 'Adequacy of resources'),
      said(
        '人员、工具、培训是否足够（ISO 9001 9.3.2 e）',
        '人員、工具、訓練是否足夠（ISO 9001 9.3.2 e）',
        'Are people, tools and training sufficient (ISO 9001 9.3.2 e)?',
      ),
    ),
    box(
      'decisions',
      said('改进的决定', '改善的決議', 'Decisions on improvement'),
      said('决定、责任人与期限', '決議、負責人與期限', 'What was decided, who does it and by when'),
    ),
  ],
}

const monthlyFigures: readonly FigureId[] = [
  ...(['submitted', 'closed', 'backlog', 'response-time', 'resolution-time', 'resolution-rate', 'repeat-rate', 'satisfaction'] as const),
  ...(['handling-time', 'net-handling-time', 'waiting-time', 'reopen-rate', 'response-rate'] as const),
]

function quietSections(): ReportSection[] {
  const none: ReportNumbers = { n: 0, hits: null, elapsed: null, worked: null, marks: {} }
  const line = (figure: FigureId) => ({
    figure,
    part: null,
    now: { ...none, hits: figure === 'satisfaction' ? 0 : null },
    before: null,
    yearBefore: null,
  })
  const empty = { id: 'breaches', heading: said('超时最严重的工单', '逾時最嚴重的工單', 'The worst breaches') }
  return [
    {
      id: 'key-figures',
      heading: keyHeading,
      kind: 'figures',
      lines: (['submitted', 'closed', 'response-time', 'satisfaction'] as const).map(line),
    },
    { ...empty, kind: 'tickets', list: 'breaches', total: 0, rows: [] },
    { id: 'suggestions', heading: said('改进建议', '改善建議', 'Suggestions'), kind: 'suggestions', items: [] },
  ]
}

const nothingHappened = said(
  '本期没有新的工单，期末也没有未结工单。',
  '本期沒有新的工單，期末也沒有未結工單。',
  'No ticket came in this period, and none is open.',
)

function highlightsOf(sections: readonly ReportSection[]): Labels[] {
  const lines = sections.flatMap((section) => (section.kind === 'figures' ? section.lines : []))
  const of = (figure: string, key: string | null = null) =>
    lines.find((line) => line.figure === figure && (line.part?.key ?? null) === key)?.now
  const [came, went, left] = ['submitted', 'closed', 'backlog'].map((id) => countText(of(id)?.n ?? 0))
  const percent = ({ n, hits }: ReportNumbers) => `${(((hits ?? 0) / n) * 100).toFixed(1)}%`
  const [resolution, satisfied] = [of('attainment', 'resolution'), of('satisfaction')]
  return [
    said(
      `受理 ${came} 张，结案 ${went} 张，期末未结 ${left} 张。`,
      `受理 ${came} 張，結案 ${went} 張，期末未結 ${left} 張。`,
      `${came} tickets came, ${went} were closed, and ${left} are open.`,
    ),
    ...(resolution
      ? [
          said(
            `各项承诺中“解决闭环”最低：${countText(resolution.n)} 项中按时完成 ${percent(resolution)}。`,
            `各項承諾中「解決閉環」最低：${countText(resolution.n)} 項中按時完成 ${percent(resolution)}。`,
            `“Resolution” was kept least: ${percent(resolution)} of ${countText(resolution.n)} promises.`,
          ),
        ]
      : []),
    ...(satisfied
      ? [
          said(
            `${countText(satisfied.n)} 位客户作出评价，满意率 ${percent(satisfied)}。`,
            `${countText(satisfied.n)} 位客戶作出評價，滿意率 ${percent(satisfied)}。`,
            `${percent(satisfied)} of ${countText(satisfied.n)} customers who answered are satisfied.`,
          ),
        ]
      : []),
  ]
}

/** As the figures call themselves today. */
function definitionsOf(sections: readonly ReportSection[]): ReportModel['figures'] {
  const named = new Set(sections.flatMap(figuresIn))
  return Object.fromEntries(
    ticketFigures
      .filter(({ id }) => named.has(id))
      .map(({ id, kind, label, unit, definition, marks, beside = [], better }) => [
        id,
        { kind, label, unit, definition, marks: { ...marks }, beside: [...beside], ...(better && { better }) },
      ]),
  )
}

function figuresIn(section: ReportSection): string[] {
  if (section.kind === 'figures') return section.lines.map(({ figure }) => figure)
  if (section.kind === 'days') return section.figures
  if (section.kind === 'samples') return ['judged-quality', 'judged-without-fault']
  if (section.kind === 'suggestions') return section.items.map(({ figure }) => figure)
  return 'figure' in section ? [section.figure] : []
}

/** Every kind of section there is. */
export const sectionKinds = [
  ...(['figures', 'parts', 'trend', 'arrivals', 'ageing', 'tickets', 'changes', 'days', 'suggestions', 'actions', 'written'] as const),
  ...(['drivers', 'equal-mix', 'comments', 'samples'] as const),
] satisfies readonly ReportSection['kind'][]

import { said, type Labels } from '../../domain/labels.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { local } from './sample-sections.ts'
import { sampleTickets } from './sample-tickets.ts'

/** What samples found, in the sample reports. */

const kinds = [said('服务质量抽检', '服務品質抽檢', 'Service quality'), said('记录完整性抽检', '紀錄完整性抽檢', 'Completeness of records')]
const criteria = {
  greeting: said('开场规范', '開場規範', 'Greeting by the rule'),
  solution: said('方案质量', '方案品質', 'Quality of the solution'),
  callback: said('回访到位', '回訪到位', 'Called back'),
}

/** Each: so many of so many met, what was not, what was said, and whether it was named. */
const judged: readonly (readonly [number, number, readonly Labels[], string | null, boolean?])[] = [
  [
    3,
    6,
    [criteria.greeting, criteria.solution, criteria.callback],
    '未核实客户身份即重置密码；方案只写了“已处理”，未说明回退步骤。客户手机号 139****5678 应脱敏。',
    true,
  ],
  [4, 6, [criteria.solution, criteria.callback], '结论正确，但未告知客户后续升级计划。'],
  [5, 6, [criteria.callback], null],
  [5, 5, [], '排查过程记录完整，可作培训案例。'],
  [6, 6, [], null],
]

export function judgedTickets(): ReportSection {
  return {
    ...{ id: 'samples', heading: said('抽检结果', '抽檢結果', 'Tickets judged'), kind: 'samples' as const, total: 24 },
    rows: judged.map(([met, of, unmet, remark, named = false], at) => ({
      number: `TS202609${String(12 + at)}00${at + 1}`,
      title: sampleTickets[at]?.title ?? '',
      sample: kinds[at % 2] ?? said('', '', ''),
      named,
      at: local(`2026-09-${20 + at}T10:30`),
      ...{ met, of, unmet: [...unmet], remark },
    })),
  }
}

import { said } from '../../domain/labels.ts'
import type { ProcessStage } from '../../domain/stages.ts'

/** The stages of a report, in the order of its path. One that nobody signs goes from reckoning to sending. */
export const reportStages = [
  { id: 'reckoning', labels: said('统计中', '統計中', 'reckoning'), is: 'open' },
  { id: 'draft', labels: said('待编制', '待編製', 'to be written'), is: 'open' },
  { id: 'written', labels: said('待审核', '待審核', 'to be reviewed'), is: 'open' },
  { id: 'reviewed', labels: said('待批准', '待核准', 'to be approved'), is: 'open' },
  { id: 'sending', labels: said('发送中', '寄送中', 'sending'), is: 'open' },
  { id: 'sent', labels: said('已发送', '已寄送', 'sent'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type ReportStage = (typeof reportStages)[number]['id']

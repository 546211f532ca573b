import { said } from './labels.ts'
import type { ProcessStage } from './stages.ts'

/** The stages of a ticket, in the order of the path; `withdrawn` and `merged` lie off it. */
export const ticketStages = [
  { id: 'intake', labels: said('受理', '受理', 'intake'), is: 'open' },
  { id: 'triage', labels: said('诊断与定级', '診斷與定級', 'triage'), is: 'open' },
  { id: 'assignment', labels: said('分派/待认领', '分派/待認領', 'assignment'), is: 'open' },
  { id: 'handling', labels: said('处理中', '處理中', 'handling'), is: 'open' },
  { id: 'verification', labels: said('内部验证', '內部驗證', 'verification'), is: 'open' },
  { id: 'confirmation', labels: said('客户确认', '客戶確認', 'confirmation'), is: 'open' },
  { id: 'closing', labels: said('结案', '結案', 'closing'), is: 'open' },
  { id: 'follow-up', labels: said('回访', '回訪', 'follow-up'), is: 'settled' },
  { id: 'archived', labels: said('已归档', '已歸檔', 'archived'), is: 'ended' },
  { id: 'withdrawn', labels: said('已撤回', '已撤回', 'withdrawn'), is: 'ended' },
  { id: 'merged', labels: said('已合并', '已合併', 'merged'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type Stage = (typeof ticketStages)[number]['id']

/** Their ids. */
export const stages: readonly Stage[] = ticketStages.map(({ id }) => id)

import { said } from '../../domain/labels.ts'
import type { ProcessStage } from '../../domain/stages.ts'

/** The stages of an assessment, in the order of its path. */
export const assessmentStages = [
  { id: 'reckoning', labels: said('统计中', '統計中', 'reckoning'), is: 'open' },
  { id: 'draft', labels: said('待确认', '待確認', 'to be confirmed'), is: 'open' },
  { id: 'confirmed', labels: said('异议期', '異議期', 'open to objections'), is: 'open' },
  { id: 'final', labels: said('待表彰', '待表揚', 'final, commendations to decide'), is: 'settled' },
  { id: 'closed', labels: said('已结束', '已結束', 'closed'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type AssessmentStage = (typeof assessmentStages)[number]['id']

/** Those in which something can still happen to it. */
export const aliveStages = assessmentStages.filter(({ is }) => is !== 'ended').map(({ id }) => id)

import { said } from '../../domain/labels.ts'
import type { ProcessStage } from '../../domain/stages.ts'

/** The stages of a review, in the order of its path. One whose actions had no effect goes back to the analysis. */
export const reviewStages = [
  { id: 'opened', labels: said('待邀请', '待邀請', 'to be staffed'), is: 'open' },
  { id: 'analysis', labels: said('原因分析', '原因分析', 'analysis'), is: 'open' },
  { id: 'actions', labels: said('改进落实', '改善落實', 'actions'), is: 'open' },
  { id: 'effect', labels: said('效果验证', '效果驗證', 'effect check'), is: 'open' },
  { id: 'closed', labels: said('已结束', '已結束', 'closed'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type ReviewStage = (typeof reviewStages)[number]['id']

export const openReviewStages = ['opened', 'analysis', 'actions', 'effect'] as const satisfies readonly ReviewStage[]

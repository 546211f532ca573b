import { said, type Labels } from './labels.ts'

/** What gives rise to an intervention 介入调查 (R10). */
export const interventionCauses = ['silence', 'failed-result', 'other'] as const
export type InterventionCause = (typeof interventionCauses)[number]

export const interventionCauseLabels: Readonly<Record<InterventionCause, Labels>> = {
  silence: said('长时间无进展', '長時間無進展', 'Silent for too long'),
  'failed-result': said('处理结果未达要求', '處理結果未達要求', 'The result failed'),
  other: said('其他', '其他', 'Another reason'),
}

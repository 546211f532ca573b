import { said } from '../../domain/labels.ts'
import type { ProcessStage } from '../../domain/stages.ts'

/** The stages of a sample, in the order of its path. */
export const sampleStages = [
  { id: 'judging', labels: said('评定中', '評定中', 'judging'), is: 'open' },
  { id: 'judged', labels: said('已评定，可更正', '已評定，可更正', 'judged, may be corrected'), is: 'settled' },
  { id: 'closed', labels: said('已结束', '已結束', 'closed'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type SampleStage = (typeof sampleStages)[number]['id']

export const openSampleStages = ['judging', 'judged'] as const satisfies readonly SampleStage[]

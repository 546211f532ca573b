import type { ScoreItem } from '../../../domain/assessment/model.ts'
import type { Instant } from '../../../domain/instant.ts'

/** What is counted, before it is summed up. */

/** One thing that was counted. */
export interface Charge {
  readonly criterion: string
  readonly ticket: string
  readonly holder: string | null
  readonly team: string
  readonly hit: boolean | 'nobody' | 'running'
  readonly personal: boolean
  readonly item?: ScoreItem
}

export type Uncounted = Omit<Charge, 'criterion'>

export interface Staff {
  /** Teams, by person. */
  readonly teams: Readonly<Record<string, readonly string[]>>
  readonly absences: readonly { readonly person: string; readonly absentFrom: Instant; readonly absentUntil: Instant | null }[]
}

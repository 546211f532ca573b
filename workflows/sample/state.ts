import type { Instant } from '../../domain/instant.ts'
import type { ProfileSample } from '../../domain/profile/samples.ts'
import type { Frame } from '../../domain/samples/frame.ts'
import type { Measure } from '../../domain/samples/judgement.ts'
import type { Counting } from '../common/calendar-news.ts'
import type { CountingPolicy, Worked } from '../common/define-process.ts'
import type { SampleStage } from './stages.ts'

/** A sample 抽检 as its process sees it: how it was drawn, and how far its tickets are. What was said of them stands in the events. */
export interface SampleState extends Worked, Counting {
  readonly stage: SampleStage
  /** Id of its kind in the profile. */
  readonly sample: string
  readonly openedAt: Instant
  readonly manner: Manner
  /** Of which tickets it was drawn; null: they were named. */
  readonly of: Frame | null
  /** The time in which these were closed or submitted; null: they were named. */
  readonly from: Instant | null
  readonly until: Instant | null
  /** So many were asked for. */
  readonly wanted: number
  /** So many there were to draw from; null: they were named. */
  readonly frame: number | null
  readonly seed: string | null
  readonly tickets: readonly DrawnTicket[]
}

export const manners = ['random', 'targeted'] as const
export type Manner = (typeof manners)[number]

export interface DrawnTicket {
  readonly ticket: string
  /** Whose it was when it was drawn. */
  readonly team: string
  /** Who judges it not: whoever handled it, and its customer. */
  readonly involved: readonly string[]
  readonly state: 'pending' | 'judged' | 'excused'
  /** So many of so many criteria are met; null: it is not judged. */
  readonly met: number | null
  readonly of: number | null
  /** When it was judged first, which a correction does not change; null: it is not. */
  readonly judgedAt: Instant | null
}

/** What of a kind of samples their process needs. */
export type SampleTerms = Pick<ProfileSample, 'id' | 'label' | 'by' | 'judgeWithin' | 'correctableFor' | 'size'> & {
  readonly criteria: readonly Measure[]
}

/** By what a sample runs. */
export interface SamplePolicy extends CountingPolicy {
  readonly samples: readonly SampleTerms[]
}

export function termsOf({ samples }: Pick<SamplePolicy, 'samples'>, { sample }: Pick<SampleState, 'sample'>): SampleTerms {
  const terms = samples.find(({ id }) => id === sample)
  if (!terms) throw new Error(`the profile has no sample ${sample}`)
  return terms
}

export function pendingIn({ tickets }: Pick<SampleState, 'tickets'>): readonly DrawnTicket[] {
  return tickets.filter(({ state }) => state === 'pending')
}

/** Of its judged tickets, how many met every criterion that applies. */
export function faultlessIn({ tickets }: Pick<SampleState, 'tickets'>): number {
  return tickets.filter(({ state, met, of }) => state === 'judged' && met === of).length
}

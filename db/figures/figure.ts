import type { RawBuilder } from 'kysely'
import type { FigureDefinition, Span } from '../../domain/figures/figure.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { WorkingSpan } from '../../domain/calendar/working-spans.ts'

/** A figure, and how it is counted. */
export interface Figure extends FigureDefinition {
  /** A statement that gives a {@link Counted} for each thing it counts or tells apart. */
  readonly counted: (asked: Asked) => RawBuilder<Counted>
}

/** Of what a figure is asked. */
export interface Asked extends Span {
  readonly profile: Profile
  /** All working time in which something asked about can have happened, by the calendar as it was known then. */
  readonly hours: readonly WorkingSpan[]
  /** When each working day of that time ended, in milliseconds since the epoch. */
  readonly dayEnds: readonly number[]
}

/** One thing that is counted. */
export interface Counted {
  /** Number of its process. */
  readonly number: string
  /** Of a share: whether it is among them; null: not asked of it. */
  readonly hit: boolean | null
  /** Of a duration, in milliseconds; null: not asked of it. */
  readonly elapsed: number | null
  readonly worked: number | null
  readonly mark: string | null
  readonly clock: string | null
  /** Of a judgement: the criterion of the profile. */
  readonly criterion: string | null
}

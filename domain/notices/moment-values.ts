import { own } from '../own.ts'
import { plainOf, type Moment, type PlainMoment } from '../profile/moments.ts'
import type { Placeholder, ValueKind } from './definition.ts'

/**
 * What each moment of a ticket's life brings to whoever is told of it (X10): values by the names under which templates say them. A notice is
 * sent only where what it needs is brought. The values are taken from the event in `workflows/ticket/values-told.ts`.
 */

export interface BroughtValue {
  readonly kind: ValueKind
  readonly has: 'always' | 'optional'
  /** Written by colleagues for colleagues: it stands in no notice to a customer. */
  readonly internal?: true
}

export type BroughtValues = Readonly<Record<string, BroughtValue>>

const always = (kind: ValueKind): BroughtValue => ({ kind, has: 'always' })
const optional = (kind: ValueKind): BroughtValue => ({ kind, has: 'optional' })
const internal = (value: BroughtValue): BroughtValue => ({ ...value, internal: true })

/** Of every moment: the number, who did it where a person did, and until when the ticket is to be solved. */
const everywhere = {
  number: always('text'),
  by: internal(optional('person')),
  dueAt: optional('instant'),
} as const satisfies BroughtValues

const ofMoments: Readonly<Record<PlainMoment, BroughtValues>> = {
  submitted: { within: optional('duration'), timeBase: optional('base'), startBy: optional('instant') },
  contacted: {},
  'department-contacted': {},
  'waiting-started': { reason: internal(always('text')), until: internal(optional('instant')) },
  'waiting-ended': {},
  'customer-asked': { message: optional('text'), reason: internal(always('text')), until: internal(optional('instant')) },
  'customer-answered': {},
  'review-called': {},
  'review-recorded': { text: internal(always('text')) },
  received: { insteadOf: internal(optional('person')) },
  'priority-reviewed': {},
  'priority-changed': {},
  'plan-needed': {},
  accepted: {},
  queried: { text: internal(always('text')) },
  'query-answered': { text: internal(always('text')) },
  'query-dropped': {},
  'handed-up': { text: internal(always('text')) },
  intervened: { reason: internal(always('text')) },
  'intervention-closed': { text: internal(always('text')) },
  coordinated: { text: internal(always('text')) },
  'milestone-set': { text: internal(optional('text')), until: internal(always('instant')) },
  'milestone-reached': { text: internal(always('text')) },
  'milestone-dropped': { reason: internal(always('text')) },
  planned: { text: internal(always('text')), finishAt: always('instant') },
  updated: { text: internal(always('text')) },
  'deadline-agreed': { agreedDueAt: always('instant') },
  deferred: {
    reason: always('text'),
    newDueAt: always('instant'),
    previousDueAt: optional('instant'),
    cause: internal(always('cause')),
    late: internal(optional('late')),
  },
  released: { reason: internal(optional('text')) },
  completed: { text: internal(always('text')) },
  returned: { remark: internal(optional('text')) },
  'confirmation-asked': { remark: internal(optional('text')) },
  confirmed: { remark: internal(optional('text')) },
  resolved: { remark: internal(optional('text')) },
  dissatisfied: { remark: internal(optional('text')) },
  closed: { reopenableUntil: always('instant') },
  'called-back': {},
  'article-filed': {},
  reopened: { reason: internal(always('text')) },
}

/** What is there for a notice about that moment; of an act of the organisation's own what there is of every moment. */
export function valuesBroughtBy(moment: Moment): BroughtValues {
  return { ...everywhere, ...own<BroughtValues>(ofMoments, plainOf(moment) ?? '') }
}

/** What is there for the notice of a rung of a clock's ladder. */
export const rungValues = {
  number: always('text'),
  clock: always('clock'),
  dueAt: always('instant'),
  level: internal(always('level')),
} as const satisfies BroughtValues

/** Whether such a reader may be told a value. */
export function isFor(audience: 'customer' | 'staff', { internal: isInternal }: BroughtValue): boolean {
  return audience === 'staff' || isInternal !== true
}

/** All that a notice of a profile's own may say beside what every notice says: which of it is there depends on what it is sent by. */
export const customParams: Readonly<Record<string, Placeholder>> = Object.fromEntries(
  [everywhere, ...Object.values(ofMoments), rungValues].flatMap((values: BroughtValues) =>
    Object.entries(values).map(([name, { kind }]): [string, Placeholder] => [name, { kind, has: 'optional' }]),
  ),
)

/** Of values by name, those that a moment brings to such a reader. */
export function toldOf<T>(moment: Moment, audience: 'customer' | 'staff', values: Readonly<Record<string, T>>): Record<string, T> {
  const brought = valuesBroughtBy(moment)
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const value = own(brought, name)
      return value !== undefined && isFor(audience, value)
    }),
  )
}

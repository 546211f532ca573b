import type { Locale } from '../../domain/labels.ts'
import { timesMilestones } from '../../domain/milestones.ts'
import type { ProfileAct } from '../../domain/profile/acts.ts'
import type { Clock, ClockFrom } from '../../domain/profile/clocks.ts'
import { actOfMoment, isPlain, waitIn, type Moment, type PlainMoment } from '../../domain/profile/moments.ts'
import type { ProfileField } from '../../domain/profile/schema.ts'
import { ticketDeadlines } from '../../domain/ticket-deadlines.ts'
import type { ClockName } from '../../workflows/process.ts'
import { promiseView, type Cycle } from './promise.ts'

/** Of which promises of a ticket its customer is told. */

/** Promises as this reader sees them: customers those of which they are part. */
export function promisesFor(promises: readonly Cycle[], clocks: Clocks, { locale, asCustomer }: Reader) {
  const shown = asCustomer ? promisesForCustomer(promises, shownClocks(clocks)) : promises
  return shown.map((promise) => promiseView(promise, clocks.clocks, locale))
}

interface Reader {
  readonly locale: Locale
  readonly asCustomer: boolean
}

/** The profile, as far as its clocks go. */
export interface Clocks extends Shown {
  readonly clocks: readonly (ClockName & Measured)[]
}

/** What of a profile says which clocks customers see. */
interface Shown {
  readonly clocks: readonly ({ readonly id: string } & Measured)[]
  readonly types: readonly Asker[]
  readonly acts?: readonly (Asker & Pick<ProfileAct, 'id' | 'visibleToCustomer'>)[] | undefined
}

type Measured = Pick<Clock, 'starts' | 'stops' | 'from'>

interface Asker {
  readonly fields: readonly Pick<ProfileField, 'id' | 'internal'>[]
}

export function promisesForCustomer<P extends { readonly clock: string }>(promises: readonly P[], clocks: ShownClocks): P[] {
  return promises.filter(({ clock }) => clocks.has(clock))
}

/** Ids of the clocks that customers see. */
export type ShownClocks = ReadonlySet<string>

/**
 * Those that something stops which the customer is part of or hears of, unless they count from a field that customers are not shown, or are what
 * departments promise each other; and the deadlines that are no promise.
 */
export function shownClocks({ clocks, types, acts = [] }: Shown): ShownClocks {
  const seen = new Set(acts.filter(({ visibleToCustomer }) => visibleToCustomer).map(({ id }) => id))
  const isShown = (moment: Moment) => noticed(moment) || seen.has(actOfMoment(moment) ?? '')
  const isInternal = ({ act, field }: ClockFrom) => {
    const askers = act === undefined ? types : acts.filter(({ id }) => id === act)
    return askers.some(({ fields }) => fields.some(({ id, internal }) => id === field && internal === true))
  }
  const isPromised = (clock: Measured) => clock.stops.some(isShown) && !(clock.from && isInternal(clock.from)) && !timesMilestones(clock)
  const promised = clocks.filter(isPromised).map(({ id }) => id)
  return new Set([...promised, ...ticketDeadlines.flatMap(({ id }) => (id === 'handed-off' ? [] : [id]))])
}

/** Whether a customer notices that it happened: of waits those for them. */
function noticed(moment: Moment): boolean {
  const wait = waitIn(moment)
  return wait ? wait.reason === 'customer' : isPlain(moment) && isNoticed[moment]
}

const isNoticed: Readonly<Record<PlainMoment, boolean>> = {
  submitted: true,
  contacted: true,
  'department-contacted': true,
  'waiting-started': false,
  'waiting-ended': false,
  'customer-asked': true,
  'customer-answered': true,
  'review-called': false,
  'review-recorded': false,
  received: false,
  'priority-reviewed': false,
  'priority-changed': false,
  'plan-needed': false,
  accepted: true,
  planned: false,
  updated: true,
  'deadline-agreed': true,
  deferred: true,
  queried: false,
  'query-answered': false,
  'query-dropped': false,
  'handed-up': false,
  intervened: false,
  'intervention-closed': false,
  coordinated: false,
  'milestone-set': false,
  'milestone-reached': false,
  'milestone-dropped': false,
  released: false,
  completed: true,
  returned: false,
  'confirmation-asked': true,
  confirmed: true,
  resolved: true,
  dissatisfied: true,
  closed: true,
  'called-back': true,
  'article-filed': false,
  reopened: true,
}

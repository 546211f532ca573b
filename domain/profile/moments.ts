/**
 * What can happen in a ticket's life that starts or stops a clock, roughly in the order of the path. A profile's clocks
 * are written in these words; which events they come from is said in `workflows/ticket/moments.ts`.
 */
export const moments = [
  /** The request is on record. */
  'submitted',
  /** A person spoke with the customer by a live channel (phone, chat), or the customer was on the line at intake. Automatic mail never counts. */
  'contacted',
  /** The ticket waits for the customer. */
  'customer-asked',
  /** It waits for the customer no longer. */
  'customer-answered',
  /** Triage has found that an emergency review is needed. */
  'review-called',
  /** Its minutes are recorded. */
  'review-recorded',
  /** A person has got the ticket. */
  'received',
  /** That person has confirmed the priority, or asked for another one. */
  'priority-reviewed',
  /** A person has it in hand and no plan is on file, or the customer was not satisfied and a new one is wanted. */
  'plan-needed',
  'accepted',
  'planned',
  /** Somebody told how the work goes. */
  'updated',
  /** The review, or a new plan after an unsatisfied customer, set a deadline; it brings its own instant. */
  'deadline-agreed',
  /** A later deadline was announced; it brings its own instant. */
  'deferred',
  /** Nobody has the ticket in hand any more. */
  'released',
  'completed',
  /** Back to handling: verification failed, the customer was not satisfied, or the ticket was reopened. */
  'returned',
  /** The customer was asked whether it is solved. */
  'confirmation-asked',
  /** The customer answered, whatever they said. */
  'confirmed',
  /** The customer said solved or partly. */
  'resolved',
  /** The report is filed, or the ticket closed without one. */
  'closed',
  /** The callback reached the customer, or was finally recorded as unreached. */
  'called-back',
  /** The knowledge article is filed, or was judged unnecessary. */
  'article-filed',
  'reopened',
] as const
export type ProductMoment = (typeof moments)[number]

/** That an act of the organisation's own took place (X11). */
export type ActMoment = `act:${string}`
export type Moment = ProductMoment | ActMoment

export function momentOfAct(act: string): ActMoment {
  return `act:${act}`
}

/** Id of the act whose moment it is; undefined of the product's own. */
export function actOfMoment(moment: string): string | undefined {
  return moment.startsWith('act:') ? moment.slice('act:'.length) : undefined
}

/** Moments that bring the instant of what is promised, so that a clock needs no target of its own. */
export const statingMoments: readonly Moment[] = ['deadline-agreed', 'deferred']

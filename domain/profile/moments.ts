import { z } from 'zod'
import { idForm } from '../document/checks.ts'

/**
 * What can happen in a ticket's life that starts or stops a clock, roughly in the order of the path. A profile's clocks
 * are written in these words; which events they come from is said in `workflows/ticket/moments.ts`.
 */
export const moments = [
  /** The request is on record. */
  'submitted',
  /** A person spoke with the customer by a live channel (phone, chat), or the customer was on the line at intake. Automatic mail never counts. */
  'contacted',
  /** The same by who has the ticket, helps with it, or belongs to the team that has it: the responsible department itself (Q9). */
  'department-contacted',
  /** The ticket waits, for whatever it is; `waiting-started:part` for that reason alone. */
  'waiting-started',
  /** It waits no longer, but for being closed by silence; `waiting-ended:part` for that reason alone. */
  'waiting-ended',
  /** It waits for the customer. */
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
  /** It has another priority (S12, T5). */
  'priority-changed',
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
  /** The handler asked the service desk back; it answered; the question is asked no more, since the work went on or to somebody else (R7). */
  'queried',
  'query-answered',
  'query-dropped',
  /** It was handed up to a supervisor or an expert group (Q4). */
  'handed-up',
  /** A superior looks into it; said what came of that (R10). */
  'intervened',
  'intervention-closed',
  /** A coordination meeting of several departments was recorded (R9). */
  'coordinated',
  /** A department got a milestone, or another due instant for it, which it brings; it reached it; it need not any more (R9). */
  'milestone-set',
  'milestone-reached',
  'milestone-dropped',
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
  /** The customer said unsolved or partly. */
  'dissatisfied',
  /** The report is filed, or the ticket closed without one. */
  'closed',
  /** The callback reached the customer, or was finally recorded as unreached. */
  'called-back',
  /** The knowledge article is filed, or was judged unnecessary. */
  'article-filed',
  'reopened',
] as const
export type PlainMoment = (typeof moments)[number]

const waitPhases = ['waiting-started', 'waiting-ended'] as const
type WaitPhase = (typeof waitPhases)[number]
/** The same of a wait for one of the reasons that the profile lists: `waiting-started:part`. */
export type WaitMoment = `${WaitPhase}:${string}`

/** That an act of the organisation's own took place (X11): `act:arrived`. */
export type ActMoment = `act:${string}`

export type Moment = PlainMoment | WaitMoment | ActMoment

export const momentSchema = z
  .union([
    z.enum(moments),
    z.templateLiteral([z.enum(waitPhases), ':', z.string().regex(idForm)]),
    z.templateLiteral(['act:', z.string().regex(idForm)]),
  ])
  .meta({
    id: 'Moment',
    description: "a moment of a ticket's life that clocks know; of an act of the organisation's own `act:` and its id",
  })

export function momentOfAct(act: string): ActMoment {
  return `act:${act}`
}

/** Id of the act whose moment it is; undefined of the product's own. */
export function actOfMoment(moment: string): string | undefined {
  return moment.startsWith('act:') ? moment.slice('act:'.length) : undefined
}

/** Moments that bring the instant of what is promised, so that a clock needs no target of its own. */
export const statingMoments: readonly Moment[] = ['deadline-agreed', 'deferred', 'milestone-set']

/** A wait for that reason begins or ends. */
export function waitMoment(phase: WaitPhase, reason: string): WaitMoment {
  return `${phase}:${reason}`
}

export function isMoment(text: string): text is Moment {
  return momentSchema.safeParse(text).success
}

export function isPlain(moment: Moment): moment is PlainMoment {
  return moments.some((one) => one === moment)
}

/** Of a moment that is one of a wait for some reason: which. */
export function waitIn(moment: string): { readonly phase: WaitPhase; readonly reason: string } | undefined {
  const [name = '', ...rest] = moment.split(':')
  const phase = waitPhases.find((one) => one === name || customers[one] === name)
  if (phase === undefined || (rest.length === 0 && phase === name)) return undefined
  return { phase, reason: rest.length === 0 ? 'customer' : rest.join(':') }
}

/** What is said of waits for the customer without naming the reason. */
const customers = { 'waiting-started': 'customer-asked', 'waiting-ended': 'customer-answered' } as const satisfies Record<
  WaitPhase,
  PlainMoment
>

/** What the product calls it: a wait for the customer by the name of its own, another one without its reason; undefined of an organisation's own act. */
export function plainOf(moment: Moment): PlainMoment | undefined {
  if (isPlain(moment)) return moment
  const wait = waitIn(moment)
  return wait && (wait.reason === 'customer' ? customers[wait.phase] : wait.phase)
}

/** Whether two names are of the same moment, not of a more general one. */
export function isExactly(one: Moment, other: Moment): boolean {
  const [wait, another] = [waitIn(one), waitIn(other)]
  return wait && another ? wait.phase === another.phase && wait.reason === another.reason : one === other
}

/** Whether a clock that names these moments means this one, by whichever of its names. */
export function isAmong(moment: Moment, named: readonly Moment[]): boolean {
  if (named.includes(moment)) return true
  const wait = waitIn(moment)
  if (wait === undefined) return false
  const { phase, reason } = wait
  return named.includes(phase) || named.includes(waitMoment(phase, reason)) || (reason === 'customer' && named.includes(customers[phase]))
}

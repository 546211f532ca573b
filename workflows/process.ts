import type { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { Labels } from '../domain/labels.ts'
import type { AnyNoticeKind } from '../domain/notices/custom.ts'
import type { Moment } from '../domain/profile/moments.ts'
import type { Actor, LadderRole, Role } from '../domain/people.ts'
import type { Rejection, RejectionCode } from '../domain/rejection.ts'
import { stageOf, type ProcessStage } from '../domain/stages.ts'
import type { Act, Mentioned } from './act.ts'
import type { Birth } from './birth.ts'
import type { PromiseState, Unpromised } from './promise.ts'
import type { SearchAttribute } from './search-attribute.ts'

/**
 * A process is a pure value: what its commands decide, how its events change its state, what happens next if nobody
 * acts, and who hears of it. Nothing here reads a clock or does I/O, so the same functions serve the workflow, the
 * API, simulation and proof. `workflows/shell` binds a process to Temporal; nothing else knows both. `Given` is what is said of a new one.
 */
export interface Process<S extends ProcessState, E extends Draft, P, Given = unknown> {
  readonly name: string
  /** What one is called, for the middle of a sentence: `ticket`. */
  readonly labels: Labels
  /** What several are called, and so many: `{count}` with the measure word or the plural of the language. */
  readonly several: { readonly labels: Labels; readonly counted: Labels }
  /** In the order of its path. Where one says that it has ended, no further act is possible, and the workflow completes. */
  readonly stages: readonly ProcessStage[]
  readonly commands: readonly Command<S, E, P>[]
  /** What its clocks and other deadlines are called that its profile has no label for; absent: it has none of these. */
  readonly clocks?: readonly ClockName[]
  /** How one begins. */
  readonly birth: Birth<S, E, P, Given>
  /** The only way state changes. Sets the version to the event's sequence number and takes over the promises the event brings. */
  apply(state: S, event: Recorded<E>): S
  /**
   * What the clocks do on an event: the promises that it starts, moves or ends, as they stand after it. They are recorded
   * in the event, so that applying it needs no policy. `after` is the state with everything else applied.
   */
  promises(before: S, after: S, event: Recorded<E>, policy: P): Pick<Entry, 'promises' | 'unpromised'>
  /**
   * Whether the actor has the process in hand or, in the role of a customer, whether it is theirs: what the permission `own`
   * asks, of the actor and of those for whom they stand in.
   */
  owns(state: S, actor: Actor, as: Role): boolean
  /** Whether the actor helps whoever has it: what the permission `part` asks beside. Absent: nobody helps. */
  helps?(state: S, actor: Actor): boolean
  /** Whether its profile has a process of which this is so pass over a stage: refusals do not name that. Absent: it passes over none. */
  passesOver?(this: void, stage: string, state: S, policy: P): boolean
  /** The person who has it, told to whoever comes too late. */
  holder(state: S): string | null
  /** Everything that will happen if nobody acts, in any order. */
  deadlines(state: S, policy: P): Deadline[]
  /** What happens when a deadline passes. At least one event, and one that removes the deadline: otherwise it would fall due for ever. `now`: when that is noticed. */
  expire(state: S, deadline: Deadline, policy: P, now: Instant): readonly E[]
  /**
   * What an event says of the state that it leaves, such as the deadline at its end: taken when it is recorded, since what the same act did
   * before it counts. Nothing that `apply` reads. Absent: events say what was decided.
   */
  saying?(event: Recorded<E>, after: S, policy: P, before: S): Recorded<E>
  /** Who hears of an event. Reads the event for what was true then; the state may already be further on. */
  notices(event: Recorded<E>, state: S): Notice[]
  /**
   * Whom the rules of its profile have told of an event, beside those of whom `notices` says so by itself; recorded in it, so that conditions count
   * as they were then. `before` and `after` the event; absent: such rules do not concern its type.
   */
  notifications?(before: S, after: S, event: Recorded<E>, policy: P): readonly Notification[]
  /** The policy from an event on, where the event changes it: a new version of the calendar, say. */
  amend(policy: P, event: Recorded<E>): P
  /** By what people find its workflow in the Temporal UI. No personal data in this, nor in the three that follow, which `displayed` (common/display.ts) gives. `defineProcess` gives most of the rest. */
  readonly searchAttributes: readonly SearchAttribute<S, P>[]
  /** What it is, in a line that stays as it was at its start. */
  title(state: S, policy: P): string
  /** Where it stands and what comes next, as Markdown; asked for when somebody looks. */
  details(state: S, policy: P): string
  /** What its timers and activities are for, in a line each. */
  summary(doing: Doing, policy: P): string
  /**
   * What an event makes it ask of the world, at most once of a kind and target; null: what it asks when its workflow first starts,
   * for the events it was born with. Reads the event for what was true then; the state may already be further on.
   */
  asks(event: Recorded<E> | null, state: S, policy: P): Ask[]
  /** Nobody is expected to act on it soon. */
  rests(state: S): boolean
}

/** What every process' state has. Plain JSON: no Map, no Set, no Date, no unbounded array. */
export interface ProcessState {
  /** Sequence number of the last event; the ETag of the HTTP API. */
  readonly version: number
  readonly stage: string
  /** The latest cycle of every clock; earlier ones are in the rows. */
  readonly promises: readonly PromiseState[]
  /** Of clocks that began anew the cycle before: what is told late may belong to it. Absent: no clock did. */
  readonly earlier?: readonly PromiseState[]
  /** Clocks that began without a promise; absent: none. */
  readonly unpromised?: readonly Unpromised[]
}

/** An event as decided, before it is recorded. */
export interface Draft {
  readonly type: string
}

/** An event on record. `occurredAt` is when it really happened, `at` when it was recorded (X8). */
export type Recorded<E extends Draft> = E & Entry

export interface Entry {
  readonly seq: number
  readonly at: Instant
  readonly occurredAt: Instant
  readonly actor: string
  /** The absent holder in whose place the actor did it (X8); absent: nobody's. */
  readonly actingFor?: string
  /** The request that caused it; null when time did. */
  readonly requestId: string | null
  /** Stage after the event. */
  readonly stage: string
  /** Promises it started, moved or ended, as they stood after it. */
  readonly promises: readonly PromiseState[]
  /** All clocks that run without a promise after it; absent: as before it. */
  readonly unpromised?: readonly Unpromised[]
  /** What it has the process do with others; absent: nothing. */
  readonly dealings?: readonly Ask[]
  /** Whom rules of the profile have told of it; absent: nobody. */
  readonly notifications?: readonly Notification[]
}

/** Whether every holder of a role may; only who has the process (customers: whose it is); or that person and who helps with it. */
export type Permission = 'any' | 'own' | 'part'

/**
 * A command, defined once. It is the Temporal Update, the HTTP route, the OpenAPI operation, the row of the permission
 * matrix and the row of the stage × command × role table.
 */
export interface Command<S extends ProcessState, E extends Draft, P> {
  /** kebab-case verb: name of the Update and last segment of the route. */
  readonly name: string
  readonly labels: Labels
  /** One English sentence for the API page. */
  readonly summary: string
  /** Requirement ids it serves. */
  readonly requirements: readonly string[]
  /** What the caller sends. */
  readonly input: z.ZodType
  /** Whether the API first makes it ready: seals what history must not hold, adds what only the world knows. Otherwise the process is given what was sent. */
  readonly prepared?: boolean
  /** What of the rows the API shows to whoever gave the command, in clear, once it is on record. */
  readonly shows?: 'contact'
  /** By nobody here: it is the product's own, with which `system` carries out what the world answered. */
  readonly may: Readonly<Partial<Record<Role, Permission>>>
  /** Whether other processes may tell it, for which `system` speaks. Absent: the product's own only. */
  readonly tellable?: boolean
  /** Whether it is what who has the process does, though others may give it, too. Absent: where a role may give it only then. */
  readonly isForHolder?: boolean
  /** Whether by it who gives it has the process: what is first to be done for what is the holder's to do. */
  readonly takes?: boolean
  /** By which code it is refused to roles that may give it for their own alone. Absent: `not-yours`, of who has the process. */
  readonly notOwn?: RejectionCode
  readonly stages: readonly string[]
  /** `event`: an act of the process, through the workflow. `log`: moves no clock; a line of the log, no Update. */
  readonly kind: 'event' | 'log'
  /** What a command of kind `log` writes. */
  entry?(input: unknown): string
  mentions(input: unknown): Mentioned
  /** Why nobody's input would do as things are; undefined when some would. */
  blocked(context: Decision<S, P>): Rejection | undefined
  /** Parses the input and decides. `at` is when the act really happened. */
  decide(context: Decision<S, P>, input: unknown): Decided<E>
}

export interface Decision<S extends ProcessState, P> {
  readonly state: S
  readonly policy: P
  readonly act: Act
}

export type Decided<E extends Draft> =
  | { readonly ok: true; readonly events: readonly E[]; readonly occurredAt: Instant }
  | { readonly ok: false; readonly rejection: Rejection }

/** What a clock, or another deadline, is called. */
export interface ClockName {
  readonly id: string
  readonly label: Labels
}

/** What happens next, when, and what would prevent it (X5). */
export interface Deadline {
  readonly clock: string
  readonly cycle: number
  /** `due`: it is broken; `end`: it is over; else the step of the ladder. */
  readonly level: string
  readonly dueAt: Instant
  /** Who will hear of it. */
  readonly to: readonly Notice['recipient'][]
  /** Names of the commands that would cancel it. */
  readonly cancelledBy: readonly string[]
}

/** What a workflow has Temporal do, and people see it do. */
export type Doing =
  | { readonly kind: 'sleep'; readonly until: Deadline }
  | { readonly kind: 'write' }
  /** Telling the search attributes, when a quick succession of acts is over. */
  | { readonly kind: 'show' }
  | { readonly kind: 'ask'; readonly ask: Ask }

/** A message to be sent to somebody; its text is made from the kind's template when it is sent. */
export interface Notice {
  readonly kind: string
  readonly recipient:
    | { readonly kind: 'customer' }
    | { readonly kind: 'person'; readonly id: string }
    | { readonly kind: 'team'; readonly id: string }
    /** Whoever holds that place over the team when it is sent; an empty place goes up (X8). */
    | { readonly kind: 'role'; readonly role: LadderRole; readonly team: string }
  readonly params: Readonly<Record<string, string | number>>
}

/** What a rule of the profile has told of an event (X10). */
export interface Notification {
  /** Id of the rule. */
  readonly rule: string
  readonly on: Moment
  /** Kind of the notice: the product's or the profile's own. */
  readonly notice: AnyNoticeKind
  readonly to: readonly Placed[]
}

/** A recipient, and the place that brought them there. */
export interface Placed {
  readonly place: Place
  readonly recipient: Notice['recipient']
}

export type Place = 'customer' | 'handler' | 'representative' | 'team' | LadderRole

/** Something a process must learn from the world to go on by itself: who is free, which tags the customer has. */
export interface Ask {
  readonly kind: string
  /** What the answer depends on, as JSON. Neither contacts nor long texts: it stands in history. */
  readonly question: Readonly<Record<string, unknown>>
  /** Of which process it is asked; absent: of none in particular. */
  readonly target?: string
  /** Finding the answer out takes minutes, not milliseconds; absent: it does not. */
  readonly long?: true
}

/** What the world answers: a command that `system` then gives; null: there is nothing to do. */
export type Reply = { readonly command: string; readonly input: unknown } | null

/** Whether people may give the command: it is a route and stands in the docs. */
export function isForPeople({ may }: { readonly may: Readonly<Partial<Record<Role, Permission>>> }): boolean {
  return Object.keys(may).length > 0
}

/** Whether it is what somebody does with the work they have in hand, so that who stands in for them does it in their place. */
export function isForHolder({
  may,
  isForHolder: is = false,
}: {
  readonly may: Readonly<Partial<Record<Role, Permission>>>
  readonly isForHolder?: boolean
}): boolean {
  return is || Object.entries(may).some(([role, permission]) => role !== 'customer' && permission !== 'any')
}

/** Whether no further act is possible. A stage that this release does not know has not ended: its release will say. */
export function hasEnded({ stages }: { readonly stages: readonly ProcessStage[] }, { stage }: Pick<ProcessState, 'stage'>): boolean {
  return stageOf(stages, stage)?.is === 'ended'
}

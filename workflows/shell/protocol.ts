import { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import type { Actor, Directory } from '../../domain/people.ts'
import type { Rejection } from '../../domain/rejection.ts'
import { calendarNewsName } from '../common/calendar-news.ts'
import type { Ask, Draft, ProcessState, Recorded } from '../process.ts'

/**
 * What is said between a running process and the rest. The rows in Postgres always hold events 1 to some version without
 * a gap; each call says how far they reach (`writtenThrough`) and each answer brings everything after that. So any
 * answer that is written closes whatever gap an earlier, interrupted one left.
 */

/** Argument of the workflow. */
export interface ProcessInput<S extends ProcessState, E extends Draft, P> {
  /** Id of the process and of its workflow: the ticket's number. */
  readonly id: string
  readonly policy: P
  readonly state: S
  /** When the last event was recorded; time never runs backwards on record. */
  readonly recordedAt: Instant
  /** The search attributes that its server knew when the process began: telling another would stop it. Absent: none. */
  readonly searchAttributes?: readonly string[]
  /** A worker wakes it when something falls due, by what the rows say; its own timer rings later. Absent: the timer is exact. */
  readonly woken?: true
  /** Present after continue-as-new. */
  readonly carried?: Carried<E>
  /** What it had still to do with others when it was started again from its rows; absent: it is started for the first time. */
  readonly dealings?: readonly OpenAsk[]
}

/** What a run leaves its successor besides the state. */
export interface Carried<E extends Draft> {
  /** Events that the rows may lack. */
  readonly unwritten: readonly Recorded<E>[]
  readonly writtenThrough: number
  /** Up to here an activity, not a gateway, must see to the rows. */
  readonly owedThrough: number
  readonly outcomes: readonly Outcome[]
  /** Ids of recent signals: each is carried out once. */
  readonly signals: readonly string[]
  /** What is still to be answered; absent where nothing is. */
  readonly asks?: readonly OpenAsk[]
}

/** An ask that was not answered yet; its id is made of the process, the event and the kind, and is the answer's request id. */
export interface OpenAsk extends Ask {
  readonly id: string
}

/** Argument of every Update; the Update is named after the command and its id is the request's. */
export interface StepCall {
  readonly requestId: string
  readonly actor: Actor
  readonly input: unknown
  readonly directory: Directory
  readonly expectedVersion?: number
  readonly writtenThrough: number
}

/** Answer of every Update. */
export interface StepAnswer<S extends ProcessState, E extends Draft> {
  /** First and last sequence number of the request's own events. */
  readonly outcome: Outcome
  readonly batch: Batch<S, E>
}

export interface Outcome {
  readonly requestId: string
  readonly from: number
  readonly to: number
}

/** Everything the rows lack, and the full state after it. */
export interface Batch<S extends ProcessState, E extends Draft> {
  readonly id: string
  readonly events: readonly Recorded<E>[]
  readonly state: S
  /** Requests among these events, so that whoever writes the rows finishes the requests of a gateway that died. */
  readonly outcomes: readonly Outcome[]
  /** When it is to be woken next, null when there is nothing to come; absent: it wakes by its own timer. */
  readonly wakeAt?: Instant | null
}

/** Query: what the rows lack. Argument: how far they reach. */
export const batchQuery = 'batch'

/**
 * Update: lets time pass, and carries out a command by `system` where one is given. For whom nothing is due and nothing is
 * news it is refused, which leaves no trace in history.
 */
export const wakeUpdate = 'wake'

/** Argument of {@link wakeUpdate}. The caller writes the answer into the rows; what is lost on the way comes with the next answer. */
export interface WakeCall {
  readonly writtenThrough: number
  /** What another process tells, or news of a calendar. */
  readonly command?: WokenCommand
}

export interface WokenCommand extends SignalledCommand {
  /** The process that tells it. Absent: the product's own news of a calendar, which are all that comes so; histories of releases without telling have nothing else. */
  readonly teller?: string
}

/** Whether it is the product's own: news of a calendar, which no process tells. */
export function isCalendarNews({ command, teller }: WokenCommand): boolean {
  return teller === undefined && command === calendarNewsName
}

/** Answer of {@link wakeUpdate}. */
export interface WakeAnswer<S extends ProcessState, E extends Draft> extends Batch<S, E> {
  /** Why the command that was told was not carried out; told again, it is judged again. Absent: it was, or was before. */
  readonly refused?: Rejection
}

/**
 * Signal: a command of another process, carried out by `system` once however often it is sent. Nothing of ours sends it any more:
 * what is told by an Update can be refused to the teller's face (ADR 40). Histories that have one replay.
 */
export const commandSignal = 'command'

export const signalledCommandSchema = z.object({
  /** The same id is carried out once. */
  id: z.string().min(1),
  command: z.string(),
  input: z.unknown(),
})
export type SignalledCommand = Readonly<z.output<typeof signalledCommandSchema>>

/** `type` of the ApplicationFailure that carries a rejection as its only detail. */
export const rejectionType = 'rejection'

/** `type` of the ApplicationFailure of a process that is older than its rows: Temporal was restored from a time before them. */
export const rowsAheadType = 'rows-ahead'

/** `type` of the ApplicationFailure of a process that was woken for nothing. */
export const nothingDueType = 'nothing-due'

/** `type` of the ApplicationFailure when the rows lack too much: nothing was done; it is, once they have caught up. */
export const rowsBehindType = 'rows-behind'

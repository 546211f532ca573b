import type { Instant } from '../domain/instant.ts'
import { emptyDirectory, isSystem, systemActor, type Actor, type Role } from '../domain/people.ts'
import { conflict, forbidden, type Rejection } from '../domain/rejection.ts'
import type { Beginning, BirthContext } from './birth.ts'
import { concernsAnother } from './common/other-processes.ts'
import { earliest, orderOf } from './deadline-order.ts'
import type { Act } from './act.ts'
import {
  hasEnded,
  isForHolder,
  isForPeople,
  type Command,
  type Deadline,
  type Draft,
  type Entry,
  type Process,
  type ProcessState,
  type Recorded,
} from './process.ts'

/** The engine: how any process carries out a command and lets time pass. Pure, so that it gives the same answer in the workflow, in the API and in a proof. */

export type Performed<S extends ProcessState, E extends Draft> =
  | {
      readonly ok: true
      readonly state: S
      /** What time had already done, then what the command did. */
      readonly events: readonly Recorded<E>[]
      /** Sequence number of the command's own first event. */
      readonly from: number
    }
  | { readonly ok: false; readonly rejection: Rejection }

/**
 * Carries out one command. Deadlines due before the act are settled first, so an answer after an outage neither rescues a
 * broken promise nor breaks a kept one; a deadline due at the very instant of the act is still kept by it.
 */
export function perform<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  command: Command<S, E, P>,
  before: S,
  policy: P,
  act: Act,
  input: unknown,
): Performed<S, E> {
  if (act.expectedVersion !== undefined && act.expectedVersion !== before.version) {
    return refuse({ kind: 'stale', code: 'stale-version', params: { expected: act.expectedVersion, actual: before.version } })
  }
  const settled = settle(process, before, policy, act.at, 'before')
  const refusal = withWhatIsPossible(process, permission(process, command, settled.state, act), {
    command,
    state: settled.state,
    policy,
    act,
  })
  if (refusal) return refuse(refusal)
  const decided = command.decide({ state: settled.state, policy, act }, input)
  if (!decided.ok) return refuse(decided.rejection)
  const done = record(process, settled.state, decided.events, policy, {
    at: act.at,
    occurredAt: decided.occurredAt,
    actor: act.actor.id,
    ...actingFor(process, command, settled.state, act.actor),
    requestId: act.requestId,
  })
  return { ok: true, state: done.state, events: [...settled.events, ...done.events], from: settled.state.version + 1 }
}

/**
 * A refusal that names what is possible: the stages of a command, without those that its profile has the process pass over; and of what is for who
 * has the process, the command that would give it to the actor now.
 */
function withWhatIsPossible<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  refusal: Rejection | undefined,
  { command, state, policy, act }: { readonly command: Command<S, E, P>; readonly state: S; readonly policy: P; readonly act: Act },
): Rejection | undefined {
  const { passesOver } = process
  if (refusal?.code === 'wrong-stage' && passesOver !== undefined)
    return { ...refusal, params: { ...refusal.params, stages: command.stages.filter((stage) => !passesOver(stage, state, policy)) } }
  if (refusal?.code !== 'not-yours') return refusal
  const first = process.commands.find((one) => one.takes === true && isPossible(process, one, { state, policy, act }))
  return first ? { ...refusal, params: { ...refusal.params, first: first.name } } : refusal
}

function isPossible<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  command: Command<S, E, P>,
  context: { readonly state: S; readonly policy: P; readonly act: Act },
): boolean {
  return !permission(process, command, context.state, context.act) && !command.blocked(context)
}

/** Whether the actor may give this command now; undefined when they may. `system` may give any; what others have it say, {@link refusedToTell} judges first. */
export function permission<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  command: Command<S, E, P>,
  state: S,
  act: Pick<Act, 'actor'>,
): Rejection | undefined {
  const { actor } = act
  const bySystem = isSystem(actor)
  const roles = actor.roles.filter((role) => command.may[role] !== undefined)
  if (!bySystem && roles.length === 0) {
    return forbidden('wrong-role', { command: command.name, roles: Object.keys(command.may) })
  }
  const holder = process.holder(state)
  const held = holder === null ? {} : { holder }
  if (hasEnded(process, state)) return conflict('ended', { command: command.name, stage: state.stage })
  if (!command.stages.includes(state.stage)) {
    return conflict('wrong-stage', { command: command.name, stage: state.stage, stages: command.stages, ...held })
  }
  if (!bySystem && !roles.some((role) => command.may[role] === 'any' || takesPart(process, command, state, actor, role))) {
    const { name, notOwn } = command
    if (inPlaceOf(process, command, state, actor) === undefined)
      return notOwn ? forbidden(notOwn, { command: name }) : forbidden('not-yours', { command: name, ...held })
  }
  return undefined
}

/**
 * Why what another process tells is not carried out; undefined when it may be. The only door for what is told: a command that says
 * `tellable`. The rest is for people to decide, or the product's own: what the world answers comes by the asks, news of a calendar as such.
 */
export function refusedToTell({
  name,
  may,
  tellable,
}: Pick<Command<ProcessState, Draft, unknown>, 'name' | 'may' | 'tellable'>): Rejection | undefined {
  return tellable === true ? undefined : forbidden('wrong-role', { command: name, roles: Object.keys(may) })
}

/** Commands the actor may give now: those that some input would carry out. */
export function allowedCommands<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  state: S,
  policy: P,
  { actor, at }: Pick<Act, 'actor' | 'at'>,
): string[] {
  const act = { requestId: '', actor, at, directory: emptyDirectory }
  return process.commands
    .filter(isForPeople)
    .filter((command) => isPossible(process, command, { state, policy, act }))
    .map(({ name }) => name)
}

/** The absent person who has the process and for whom the actor stands in (X8). A customer's matter is theirs alone. */
function inPlaceOf<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  command: Command<S, E, P>,
  state: S,
  actor: Actor,
): string | undefined {
  const roles = actor.roles.filter((role) => role !== 'customer' && command.may[role] !== undefined)
  if (roles.some((role) => takesPart(process, command, state, actor, role))) return undefined
  return actor.standsInFor?.find((id) => roles.some((role) => takesPart(process, command, state, { ...actor, id }, role)))
}

/** Whether the actor has it in hand, as what the command is for them; or helps with it, where that is enough. */
function takesPart<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  { may }: Command<S, E, P>,
  state: S,
  actor: Actor,
  role: Role,
): boolean {
  return process.owns(state, actor, role) || (may[role] === 'part' && process.helps?.(state, actor) === true)
}

/** For whom an act counts that is the holder's to do, and is done by who stands in for them. */
function actingFor<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  command: Command<S, E, P>,
  state: S,
  actor: Actor,
): Pick<Entry, 'actingFor'> {
  const absent = isForHolder(command) ? inPlaceOf(process, command, state, actor) : undefined
  return absent === undefined ? {} : { actingFor: absent }
}

/**
 * Lets every deadline that has passed take effect, earliest first; a deadline that one of them creates counts too. With
 * `before` a deadline at `now` itself has not passed yet, with `at` it has.
 */
export function settle<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  start: S,
  policy: P,
  now: Instant,
  when: 'before' | 'at',
): { readonly state: S; readonly events: readonly Recorded<E>[] } {
  let state = start
  const events: Recorded<E>[] = []
  const passed = new Set<string>()
  for (;;) {
    const next = nextDeadline(process, state, policy)
    if (!next || next.dueAt > now || (when === 'before' && next.dueAt === now)) return { state, events }
    if (passed.has(orderOf(next))) throw new Error(`deadline ${next.clock}/${next.cycle}/${next.level} passed and is still ahead`)
    passed.add(orderOf(next))
    const done = record(process, state, process.expire(state, next, policy, now), policy, {
      at: now,
      occurredAt: next.dueAt,
      actor: systemActor.id,
      requestId: null,
    })
    if (done.events.length === 0) throw new Error(`deadline ${next.clock}/${next.cycle}/${next.level} passed without an event`)
    state = done.state
    events.push(...done.events)
  }
}

/** The new process, its first event, and when it is to be woken first. Its clocks count from `act.at`. Nothing was found wrong with it ({@link Beginning.check}). */
export function begin<S extends ProcessState, E extends Draft, P, First extends E>(
  process: Process<S, E, P>,
  number: string,
  beginning: Beginning<First, P>,
  context: BirthContext<P>,
): { readonly state: S; readonly first: First; readonly event: Recorded<E>; readonly wakeAt: Instant | null } {
  const { policy, act } = context
  const circumstances = { at: act.at, occurredAt: act.at, actor: act.actor.id, requestId: act.requestId }
  const first = beginning.first(context)
  const { state, events } = record(process, process.birth.initial(number, act.at), [first], policy, circumstances, () => null)
  const [event] = events
  if (!event) throw new Error(`a ${process.name} began without an event`)
  return { state, first, event, wakeAt: wakeAtOf(process, state, policy) }
}

/** The deadline that comes first; worked out once for each state, since a step asks for it again and again. */
export function nextDeadline<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  state: S,
  policy: P,
): Deadline | undefined {
  const known = nextDeadlines.get(state)
  if (known && known.process === process && known.policy === policy) return known.deadline
  const deadline = earliest(process.deadlines(state, policy))
  nextDeadlines.set(state, { process, policy, deadline })
  return deadline
}

const nextDeadlines = new WeakMap<
  ProcessState,
  { readonly process: unknown; readonly policy: unknown; readonly deadline: Deadline | undefined }
>()

/** When a process is to be woken next; null when nothing is to come. */
export function wakeAtOf<S extends ProcessState, E extends Draft, P>(process: Process<S, E, P>, state: S, policy: P): Instant | null {
  return nextDeadline(process, state, policy)?.dueAt ?? null
}

/**
 * Records drafts one after another: numbers them, works out what they do to the promises and what the process has to do with others
 * because of them, and applies them. `asked` is the event of which the process is asked that.
 */
export function record<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  start: S,
  drafts: readonly E[],
  before: P,
  circumstances: Pick<Entry, 'at' | 'occurredAt' | 'actor' | 'actingFor' | 'requestId'>,
  asked: (event: Recorded<E>) => Recorded<E> | null = (event) => event,
): { readonly state: S; readonly events: readonly Recorded<E>[] } {
  let state = start
  let policy = before
  const events: Recorded<E>[] = []
  for (const draft of drafts) {
    const provisional: Recorded<E> = { ...draft, ...circumstances, seq: state.version + 1, stage: state.stage, promises: [] }
    const after = process.apply(state, provisional)
    const decided = { ...provisional, stage: after.stage, ...process.promises(state, after, provisional, policy) }
    const previous = state
    state = process.apply(state, decided)
    policy = process.amend(policy, decided)
    const event = process.saying?.(decided, state, policy, previous) ?? decided
    const dealings = process.asks(asked(event), state, policy).filter(concernsAnother)
    const notifications = process.notifications?.(previous, state, event, policy) ?? []
    events.push({ ...event, ...(dealings.length > 0 && { dealings }), ...(notifications.length > 0 && { notifications }) })
  }
  return { state, events }
}

function refuse(rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection }
}

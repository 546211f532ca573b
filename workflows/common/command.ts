import type { z } from 'zod'
import { plus, type Instant } from '../../domain/instant.ts'
import { classifyIssue } from '../../domain/issues.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import { invalid, type FieldError, type Rejection, type RejectionCode } from '../../domain/rejection.ts'
import type { Command, Decision, Draft, Permission, ProcessState } from '../process.ts'
import { mentioned, type Mentions } from './mentions.ts'

/** A decision with when the act really took place. */
export type TimedDecision<S extends ProcessState, P> = Decision<S, P> & { readonly occurredAt: Instant }

export type Definition<S extends ProcessState, E extends Draft, P, Given, Name extends string = string, Sent = unknown> = Described<
  S,
  E,
  P,
  Given,
  Name
> &
  Inputs<Given, Sent>

/** What a definition knows beside what all commands have: what exactly it is called, and what is sent to it. */
export interface Known<Name extends string, Sent> {
  readonly name: Name
  readonly input: z.core.$ZodType<unknown, Sent>
}

/**
 * What the caller sends is what `decide` is given, unless the API makes it ready first. Made when it is first asked
 * for: every process has all the commands of its type, and uses few.
 */
type Inputs<Given, Sent> =
  | { readonly input: () => z.ZodType<Given, Sent>; readonly preparedInput?: undefined }
  | { readonly input: () => z.ZodType<unknown, Sent>; readonly preparedInput: () => z.ZodType<Given> }

interface Described<S extends ProcessState, E extends Draft, P, Given, Name extends string> {
  readonly name: Name
  readonly labels: Labels
  readonly summary: string
  readonly requirements: readonly string[]
  readonly may: Readonly<Partial<Record<Role, Permission>>>
  readonly tellable?: boolean
  readonly isForHolder?: boolean
  /** {@link Command.takes} */
  readonly takes?: boolean
  /** {@link Command.notOwn} */
  readonly notOwn?: RejectionCode
  readonly stages: readonly S['stage'][]
  readonly kind?: 'event' | 'log'
  /** What a command of kind `log` writes. */
  readonly entry?: (input: Given) => string
  readonly shows?: 'contact'
  readonly mentions?: (input: Given) => Mentions
  /** Earliest instant the act can have taken place; only asked where the input has `occurredAt`. Default: when the process began. */
  readonly notBefore?: (state: S) => Instant
  /** Why it would be refused whatever the input says, or, with one, whatever else it says; undefined when some input would do. Such a command is not offered. */
  readonly blocked?: (context: Decision<S, P>, input?: Given) => Rejection | undefined
  /** Events, at least one; or why not. Not asked while {@link blocked}. */
  readonly decide: (context: TimedDecision<S, P>, input: Given) => readonly E[] | Rejection
}

/** Defines a command: parses its input once, checks when the act took place, then decides. `beganAt` tells when the process began. */
export function defineCommandOf<S extends ProcessState, E extends Draft, P, Given, Name extends string, Sent>(
  definition: Definition<S, E, P, Given, Name, Sent>,
  beganAt: (state: S) => Instant,
): Command<S, E, P> & Known<Name, Sent> {
  const { decide, blocked, mentions, notBefore, entry, kind = 'event', input: _, preparedInput, ...described } = definition
  const { input, given } = schemasOf<Given, Sent>(definition)
  const parse = (sent: unknown) => given().safeParse(sent, { reportInput: true })
  return {
    ...described,
    get input() {
      return input()
    },
    prepared: preparedInput !== undefined,
    kind,
    ...(entry && { entry: (input: unknown) => entry(given().parse(input)) }),
    blocked: (context) => named(definition.name, blocked?.(context)),
    mentions(input) {
      const parsed = parse(input)
      return mentioned(parsed.success ? mentions?.(parsed.data) : {})
    },
    decide(context, input) {
      const parsed = parse(input)
      if (!parsed.success) return { ok: false, rejection: invalid(...parsed.error.issues.map(classifyIssue)) }
      const refusal = named(definition.name, blocked?.(context, parsed.data))
      if (refusal) return { ok: false, rejection: refusal }
      const occurredAt = settledAt(occurredAtOf(parsed.data), context.act.at)
      const timing = implausible(occurredAt, context, (notBefore ?? beganAt)(context.state))
      const decided = decide({ ...context, occurredAt }, parsed.data)
      // Beside whatever else the input is refused for: everything is told at once.
      if (timing) return { ok: false, rejection: invalid(timing, ...('kind' in decided ? (decided.errors ?? []) : [])) }
      return 'kind' in decided ? { ok: false, rejection: named(definition.name, decided) } : { ok: true, events: decided, occurredAt }
    },
  }
}

/** The refusal with what was refused, of which its sentence speaks; where it speaks of another command, it says so itself. */
function named<R extends Rejection | undefined>(command: string, refused: R): R {
  if (refused?.kind !== 'forbidden' && refused?.kind !== 'conflict') return refused
  return { ...refused, params: { command, ...refused.params } }
}

function schemasOf<Given, Sent>(
  inputs: Inputs<Given, Sent>,
): { readonly input: () => z.ZodType<unknown, Sent>; readonly given: () => z.ZodType<Given> } {
  if (inputs.preparedInput !== undefined) return { input: once(inputs.input), given: once(inputs.preparedInput) }
  const input = once(inputs.input)
  return { input, given: input }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Clocks of two machines differ: what seems to take place within the next minute takes place now. */
function settledAt(given: Instant | undefined, now: Instant): Instant {
  return given === undefined || (given > now && given <= plus(now, clockSkew)) ? now : given
}

const clockSkew = 'PT1M'

function implausible(
  occurredAt: Instant,
  { act }: Pick<Decision<ProcessState, unknown>, 'act'>,
  earliest: Instant,
): FieldError | undefined {
  if (occurredAt > act.at) return { path: 'occurredAt', code: 'in-the-future', params: { given: occurredAt, now: act.at } }
  if (occurredAt < earliest) return { path: 'occurredAt', code: 'too-early', params: { given: occurredAt, earliest } }
  return undefined
}

function occurredAtOf(input: unknown): Instant | undefined {
  const given = typeof input === 'object' && input !== null && 'occurredAt' in input ? input.occurredAt : undefined
  return typeof given === 'string' ? given : undefined
}

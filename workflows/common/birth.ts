import type { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import { classifyIssue } from '../../domain/issues.ts'
import { own } from '../../domain/own.ts'
import type { FieldError } from '../../domain/rejection.ts'
import type { Beginning, Birth, BirthContext } from '../birth.ts'
import type { Draft, ProcessState } from '../process.ts'
import { mentioned, type Mentions } from './mentions.ts'

export interface BirthDefinition<S extends ProcessState, First extends Draft, P, Given> {
  /** What whoever opens it says, with a label for each field. What it makes of a field, it takes again. */
  readonly input: z.ZodObject & z.ZodType<Given>
  readonly mentions?: (given: Given) => Mentions
  /** The field that says whose it is as a customer, and what it says: it is nobody's work that is their own, and `mentions` leaves it out. */
  readonly requester?: { readonly path: string; readonly of: (given: Given) => string | undefined }
  /** The field that says to which process it is to belong, and what it says; absent: those of this type belong to none. */
  readonly parent?: { readonly path: string; readonly of: (given: Given) => string | undefined }
  readonly initial: (number: string, at: Instant) => S
  /** What is wrong with it as things are; places where nothing is are undefined. */
  readonly check: (context: BirthContext<P>, given: Given) => readonly (FieldError | undefined)[]
  /** What happens first. Asked once {@link check} has found nothing. */
  readonly first: (context: BirthContext<P>, given: Given) => First
}

/** A birth with the way in for who has read already what is said. */
export interface DefinedBirth<S extends ProcessState, First extends Draft, P, Given> extends Birth<S, First, P, Given> {
  of(given: Given): Beginning<First, P, Given>
}

/** Defines how processes of a type begin: the input is parsed once, and each of the functions is given what came of it. */
export function defineBirth<S extends ProcessState, First extends Draft, P, Given>(
  definition: BirthDefinition<S, First, P, Given>,
): DefinedBirth<S, First, P, Given> {
  const { input, initial } = definition
  return {
    input,
    initial,
    of: (given) => beginningOf(definition, given),
    read(sent) {
      const parsed = input.safeParse(sent, { reportInput: true })
      if (!parsed.success) return { ok: false, errors: parsed.error.issues.map(classifyIssue) }
      return { ok: true, beginning: beginningOf(definition, parsed.data) }
    },
  }
}

function beginningOf<S extends ProcessState, First extends Draft, P, Given>(
  { input, mentions, requester, parent, check, first }: BirthDefinition<S, First, P, Given>,
  given: Given,
): Beginning<First, P, Given> {
  const number = parent?.of(given)
  const person = requester?.of(given)
  return {
    given,
    mentions: mentioned(mentions?.(given)),
    requester: requester === undefined || person === undefined ? null : { path: requester.path, person },
    parent: parent === undefined || number === undefined ? null : { path: parent.path, number },
    check: (context) => check(context, given).flatMap((error) => (error === undefined ? [] : withChoice(input, error))),
    first: (context) => first(context, given),
  }
}

/** Who is told that what they name has ended is told, too, whether they may name nothing. */
function withChoice({ shape }: { readonly shape: Readonly<Record<string, z.ZodType>> }, error: FieldError): FieldError {
  if (error.code !== 'parent-ended') return error
  const mayBeEmpty = own(shape, error.path)?.safeParse(undefined).success === true
  return mayBeEmpty ? { ...error, params: { ...error.params, field: 'optional' } } : error
}

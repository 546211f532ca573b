import type { z } from 'zod'
import { excerpt } from '../../domain/excerpt.ts'
import type { Rejection, RejectionKind, RejectionParams } from '../../domain/rejection.ts'
import { retryAfterSeconds, Trouble } from '../../gateway/trouble.ts'
import { apiProblems, type ApiProblem, type ProblemCode } from '../messages/catalogue.ts'
import type { problemSchema } from './schemas.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { fieldText, idsToName, isInstant, problemText, summaryText, type InputError, type Speech, type Terms } from '../messages/render.ts'
import type { Worded } from './words.ts'

/** Why a request is not answered with what it asked for. Thrown anywhere in the API; `app.ts` answers with it (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ProblemStatus
  readonly code: ProblemCode
  readonly params: RejectionParams
  readonly errors: readonly InputError[]
  /** Zone in which its instants are told: that of the process' profile. Absent: that of the profile which the request names, else the house's. */
  zone: string | undefined
  /** What the process' profile calls what its parameters name. */
  terms: Terms = {}
  /** The type of the process of which it speaks. Absent: as its route says. */
  about: Worded | undefined

  /** Whether it is certain that the request took no effect and never will: a server that is busy may have carried it out. */
  get tookNoEffect(): boolean {
    return this.status < 500 && this.code !== 'too-many-requests'
  }

  constructor(status: ProblemStatus, code: ProblemCode, params: RejectionParams = {}, errors: readonly InputError[] = []) {
    super(code)
    this.status = status
    this.code = code
    this.params = shortened(params)
    this.errors = errors
      .slice(0, mostErrors)
      .map(({ path, params: given, ...error }) => ({ ...error, path: excerpt(path), ...(given && { params: shortened(given) }) }))
  }
}

export type ProblemStatus = (typeof apiProblems)[ApiProblem] | (typeof statusOf)[RejectionKind]

/** What went wrong around a process. */
export function problem(code: ApiProblem, params: RejectionParams = {}): Problem {
  return new Problem(apiProblems[code], code, params)
}

/** What a trouble on the way to Temporal is for the caller; anything else as it was thrown. */
export function asProblem(thrown: unknown): unknown {
  if (!(thrown instanceof Trouble)) return thrown
  const trouble = problem(thrown.code, { seconds: retryAfterSeconds })
  trouble.cause = thrown.cause
  return trouble
}

/** What a process, or the check before one, refused. */
export function rejected(rejection: Rejection): Problem {
  return new Problem(statusOf[rejection.kind], rejection.code, rejection.params, rejection.errors)
}

export function invalidInput(errors: readonly InputError[]): Problem {
  return new Problem(422, 'invalid-input', {}, errors)
}

/** The answer's body: `application/problem+json`, with the reasons' parameters as extensions. */
export type ProblemBody = Unchanging<z.input<typeof problemSchema>>

export function problemBody(thrown: Problem, requestId: string, speech: Speech): ProblemBody {
  const { errors } = thrown
  const params = { ...thrown.params, requestId, ...(errors.length > 0 && { summary: summaryText(errors, speech) }) }
  return {
    ...thrown.params,
    type: `/problems/${thrown.code}`,
    status: thrown.status,
    ...problemText(thrown.code, params, speech),
    errors: errors.map((error) => ({
      path: error.path,
      ...(error.line !== undefined && { line: error.line }),
      message: fieldText(error, speech),
      code: error.code,
    })),
    requestId,
  }
}

/** Ids of people and teams whose names the answer needs. */
export function namesNeeded(thrown: Problem): string[] {
  return [...new Set([thrown.params, ...thrown.errors.map((error) => error.params ?? {})].flatMap(idsToName))]
}

/** Nobody reads more, and a hostile body must not be answered with a greater one. */
export const mostErrors = 100

/** Whether it speaks of a time of day. */
export function tellsInstants(thrown: Problem): boolean {
  return [thrown.params, ...thrown.errors.map((error) => error.params ?? {})]
    .flatMap((params) => Object.values(params).flat())
    .some((value) => isInstant(String(value)))
}

/** What a problem repeats of what was sent, cut where it is long. */
function shortened(params: RejectionParams): RejectionParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      // The reason of a document is a sentence of ours, in which what was sent is cut already.
      name === 'message' || typeof value === 'number'
        ? value
        : typeof value === 'string'
          ? excerpt(value)
          : value.map((item) => excerpt(item)),
    ]),
  )
}

const statusOf = { forbidden: 403, 'not-found': 404, conflict: 409, stale: 412, invalid: 422 } as const satisfies Record<
  RejectionKind,
  number
>

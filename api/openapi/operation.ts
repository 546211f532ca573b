import { z } from 'zod'
import type { Role } from '../../domain/people.ts'
import type { Unchanging } from '../../domain/unchanging.ts'

/** Operations that stand together. */
export interface Group {
  readonly name: string
  readonly description: string
}

/**
 * What an operation is: one route, one entry of the OpenAPI document, and the types of what is sent and answered. Nothing here serves
 * it (`api/routes/serving.ts`): whoever calls the API may know what it says without what it is made of.
 */
export interface Operation {
  readonly method: 'get' | 'post' | 'put'
  /** OpenAPI form: `/api/tickets/{number}`. */
  readonly path: string
  /** Unique camelCase name, of which clients make a function name: a verb and what it is done to. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  /** What the body may be, by content type. */
  readonly content?: Content
  /** Roles that may, also told in the description and as `x-roles`. */
  readonly roles: readonly Role[]
  /** The handler asks for the roles itself, because it has something to ask first: whether the caller may know that the thing is there. */
  readonly asksRoles?: boolean
  /** Those of the roles that may only for what is theirs. */
  readonly ownOnly?: readonly Role[]
  readonly answer: {
    readonly status: 200 | 201
    readonly description: string
    readonly schema: z.core.$ZodType
    readonly sends?: readonly Sent[]
  }
  /** Another status with the same kind of answer. */
  readonly also?: { readonly status: 200 | 201; readonly description: string }
  /** The same answer as a document in YAML, for who asks for it by `Accept`. */
  readonly yaml?: boolean
  /** Media types in which the same can be had as a file, for who asks for it by a query. */
  readonly files?: readonly string[]
  /** Takes effect once for each `Idempotency-Key`. */
  readonly keyed?: boolean
  /** Answers with an `ETag`. Read again with `If-None-Match` it gives 304, acted on with `If-Match` perhaps 412. */
  readonly tagged?: boolean
  /** Statuses of problems worth telling, beside those every operation has. */
  readonly problems?: readonly ProblemStatus[]
  /** Extensions such as `x-stages`. */
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>>
}

/** Headers of an answer that only some operations send. */
export type Sent = 'Location' | 'ETag'
type ProblemStatus = 400 | 403 | 404 | 409 | 412 | 429 | 504
type Content = Readonly<Record<string, z.ZodType>>

/** A GET. */
export interface Reading extends Operation {
  readonly method: 'get'
}

/** A POST or PUT that reads its body itself. */
export interface Receiving extends Operation {
  readonly method: 'post' | 'put'
  readonly content: Content & { readonly 'application/json': z.ZodType }
}

/** A POST or PUT whose JSON body is checked before anything else. */
export interface Writing extends Receiving {
  readonly body: z.ZodType
}

export function reading<const O extends Omit<Reading, 'method'>>(operation: O) {
  return { ...operation, method: 'get' as const }
}

export function receiving<const O extends Receiving>(operation: O): O {
  return operation
}

export function writing<const O extends Omit<Writing, 'content'>>(operation: O) {
  const { body }: { readonly body: O['body'] } = operation
  return { ...operation, content: { 'application/json': body } }
}

/** No parameters, no fields: whatever is given is refused by name. */
export const none = z.strictObject({})

/** What is read from an answer. */
export type AnswerOf<O extends Operation> = z.output<O['answer']['schema']>

/** What an answer is made of: what its schema takes. */
export type Told<O extends Operation> = Unchanging<z.input<O['answer']['schema']>>

/** With which statuses it answers what was asked for. */
export type StatusOf<O extends Operation> =
  | O['answer']['status']
  | (O['also'] extends { readonly status: infer S extends 200 | 201 } ? S : never)

import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Role } from '../../domain/people.ts'
import type { Caller, Env } from '../http/env.ts'
import { checked, fittingWithRest, jsonBody, queryOf } from '../http/input.ts'
import type { InputError } from '../messages/render.ts'
import { rejected } from '../problems/problem.ts'
import { forbidden } from '../../domain/rejection.ts'

/** One operation is one route and one entry of the OpenAPI document (api/openapi/document.ts). */

/** Routes, and a list of the operations among them. */
export class App extends Hono<Env> {
  readonly operations: Described[] = []
}

interface Operation<P extends z.ZodObject, Q extends z.ZodObject> {
  /** OpenAPI form: `/api/tickets/{number}`. */
  readonly path: string
  /** Unique camelCase name, of which clients make a function name: a verb and what it is done to. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly params: P
  readonly query: Q
  /** Roles that may, also told in the description and as `x-roles`. */
  readonly roles: readonly Role[]
  /** The handler asks for the roles itself, because it has something to ask first: whether the caller may know that the thing is there. */
  readonly asksRoles?: boolean
  /** Those of the roles that may only for tickets that are theirs. */
  readonly ownOnly?: readonly Role[]
  readonly answer: {
    readonly status: 200 | 201
    readonly description: string
    readonly schema: z.ZodType
    readonly sends?: readonly Sent[]
  }
  /** Another status with the same kind of answer. */
  readonly also?: { readonly status: 200 | 201; readonly description: string }
  /** The same answer as a document in YAML, for who asks for it by `Accept`. */
  readonly yaml?: boolean
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

interface Writing<B extends z.ZodType> {
  readonly method: 'post' | 'put'
  readonly body: B
  /** What is wrong with the rest of a body of which something does not fit. */
  readonly rest?: (request: { readonly c: Context<Env>; readonly sent: unknown }) => Promise<readonly InputError[]>
}

interface Receiving {
  readonly method: 'post' | 'put'
  /** What the body may be, by content type. */
  readonly content: Readonly<Record<string, z.ZodType>>
}

/** What the OpenAPI document is made from. */
export interface Described extends Operation<z.ZodObject, z.ZodObject> {
  readonly method: 'get' | 'post' | 'put'
  readonly content?: Readonly<Record<string, z.ZodType>>
}

/** No parameters, no fields: whatever is given is refused by name. */
export const none = z.strictObject({})

export interface Request<P, Q> {
  readonly c: Context<Env>
  readonly caller: Caller
  readonly params: P
  readonly query: Q
}

/** Adds a GET operation; the handler gets checked parameters. */
export function reads<P extends z.ZodObject, Q extends z.ZodObject>(
  app: App,
  operation: Operation<P, Q>,
  handler: (request: Request<z.output<P>, z.output<Q>>) => Promise<Response>,
): void {
  app.operations.push({ ...operation, method: 'get' })
  app.get(routePath(operation.path), (c) => handler(requestOf(c, operation)))
}

/** Adds a POST or PUT operation whose JSON body is checked before the handler runs. */
export function writes<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  app: App,
  operation: Operation<P, Q> & Writing<B>,
  handler: (request: Request<z.output<P>, z.output<Q>> & { readonly body: z.output<B>; readonly raw: unknown }) => Promise<Response>,
): void {
  app.operations.push({ ...operation, content: { 'application/json': operation.body } })
  app.on(operation.method.toUpperCase(), routePath(operation.path), async (c) => {
    const request = requestOf(c, operation)
    const raw = await jsonBody(c)
    const { parsed } = await fittingWithRest(operation.body, raw, async (sent) => (await operation.rest?.({ c, sent })) ?? [])
    return handler({ ...request, raw, body: parsed })
  })
}

/** Adds a POST or PUT operation that reads its body itself. */
export function receives<P extends z.ZodObject, Q extends z.ZodObject>(
  app: App,
  operation: Operation<P, Q> & Receiving,
  handler: (request: Request<z.output<P>, z.output<Q>>) => Promise<Response>,
): void {
  app.operations.push(operation)
  app.on(operation.method.toUpperCase(), routePath(operation.path), async (c) => handler(requestOf(c, operation)))
}

function requestOf<P extends z.ZodObject, Q extends z.ZodObject>(
  c: Context<Env>,
  operation: Operation<P, Q>,
): Request<z.output<P>, z.output<Q>> {
  const caller = c.get('caller')
  const { roles, asksRoles } = operation
  if (!asksRoles && !roles.some((role) => caller.roles.includes(role))) throw rejected(forbidden('wrong-role', { roles }))
  return { c, caller, params: checked(operation.params, c.req.param()), query: checked(operation.query, queryOf(c)) }
}

function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

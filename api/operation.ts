import { z } from '@hono/zod-openapi'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Locale } from '../domain/labels.ts'
import { roles as allRoles, type Role } from '../domain/people.ts'
import type { Caller } from './auth.ts'
import { checked, jsonBody, queryOf } from './input.ts'
import { rejected } from './problem.ts'
import { forbidden } from '../domain/rejection.ts'

/** One operation is one route and one entry of the OpenAPI document. */

export interface Env {
  Variables: { requestId: string; locale: Locale; caller: Caller }
}
export type App = OpenAPIHono<Env>

interface Operation<P extends z.ZodObject, Q extends z.ZodObject> {
  /** OpenAPI form: `/api/tickets/{number}`. */
  readonly path: string
  /** Unique camelCase name, of which clients make a function name. */
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
  readonly answer: { readonly status: 200 | 201; readonly description: string; readonly schema: z.ZodType }
  /** Another status with the same kind of answer. */
  readonly also?: { readonly status: 200 | 201; readonly description: string }
  /** Statuses of problems worth telling, beside those every operation has. */
  readonly problems?: readonly number[]
  /** Extensions such as `x-stages`. */
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>>
}

interface Writing<B extends z.ZodType> {
  readonly method: 'post' | 'put'
  readonly body: B
}

/** Tells the OpenAPI document how callers sign in. */
export function addBearer(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
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
  document(app, 'get', operation, {})
  app.get(routePath(operation.path), (c) => handler(requestOf(c, operation)))
}

/** Adds a POST or PUT operation whose JSON body is checked before the handler runs. */
export function writes<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  app: App,
  operation: Operation<P, Q> & Writing<B>,
  handler: (request: Request<z.output<P>, z.output<Q>> & { readonly body: z.output<B>; readonly raw: unknown }) => Promise<Response>,
): void {
  document(app, operation.method, operation, { body: operation.body })
  app.on(operation.method.toUpperCase(), routePath(operation.path), async (c) => {
    const request = requestOf(c, operation)
    const raw = await jsonBody(c)
    return handler({ ...request, raw, body: checked(operation.body, raw) })
  })
}

/** Adds a POST or PUT operation that reads its body itself. */
export function receives<P extends z.ZodObject, Q extends z.ZodObject>(
  app: App,
  operation: Operation<P, Q> & { readonly method: 'post' | 'put'; readonly content: Readonly<Record<string, z.ZodType>> },
  handler: (request: Request<z.output<P>, z.output<Q>>) => Promise<Response>,
): void {
  document(app, operation.method, operation, { content: operation.content })
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

/** Who may, in words. */
function who({ roles, ownOnly = [] }: Pick<Operation<z.ZodObject, z.ZodObject>, 'roles' | 'ownOnly'>): string {
  if (roles.length === allRoles.length && ownOnly.length === 0) return 'whoever is signed in'
  return roles.map((role) => (ownOnly.includes(role) ? `${role} (own tickets)` : role)).join(', ')
}

function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), code: z.string() })),
    requestId: z.string(),
  })
  .openapi('Problem', {
    description:
      "RFC 9457 problem, in the language of Accept-Language; the reasons' parameters (holder, stage, stages, roles…) are members too",
  })

const problemDescriptions: Readonly<Record<number, string>> = {
  400: 'Body or header cannot be read',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not there, or not to be seen by this caller',
  409: 'Refused in the present state',
  412: 'If-Match names another version',
  413: 'Body too large',
  415: 'Content type not read',
  422: 'Content not right; `errors` says where and why',
  429: 'Too many requests',
  503: 'Database or workflow service away; try again with the same Idempotency-Key',
  504: 'Outcome unknown; ask again with the same Idempotency-Key',
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(200)
    .optional()
    .describe('The same key again gives the same answer and takes effect once; made up when absent'),
})
const ifMatchHeader = z.object({
  'If-Match': z.string().optional().describe('Version the caller saw, "7"; another one refuses the act with 412'),
})

function document(
  app: App,
  method: 'get' | 'post' | 'put',
  operation: Operation<z.ZodObject, z.ZodObject>,
  sent: { readonly body?: z.ZodType; readonly content?: Readonly<Record<string, z.ZodType>> },
): void {
  const { answer } = operation
  const content = sent.body ? { 'application/json': sent.body } : sent.content
  const problems = [401, ...(method === 'get' ? [] : [400, 413, 415]), 422, 503, ...(operation.problems ?? [])]
  app.openAPIRegistry.registerPath({
    method,
    path: operation.path,
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description, `**Who:** ${who(operation)}`].filter((part) => part !== undefined).join('\n\n'),
    'x-roles': operation.roles,
    ...operation.extensions,
    security: [{ bearer: [] }],
    request: {
      params: operation.params,
      query: operation.query,
      ...(method === 'post' && { headers: problems.includes(412) ? idempotencyHeader.extend(ifMatchHeader.shape) : idempotencyHeader }),
      ...(content && {
        body: {
          required: !Object.values(content).some((schema) => schema.safeParse({}).success),
          content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
        },
      }),
    },
    responses: {
      [answer.status]: { description: answer.description, content: { 'application/json': { schema: answer.schema } } },
      ...(operation.also && {
        [operation.also.status]: { description: operation.also.description, content: { 'application/json': { schema: answer.schema } } },
      }),
      ...Object.fromEntries(
        [...new Set([...problems, ...(operation.roles.length < allRoles.length ? [403] : [])])]
          .toSorted((a, b) => a - b)
          .map((status) => [
            status,
            { description: problemDescriptions[status] ?? 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
          ]),
      ),
    },
  })
}

import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { forbidden } from '../../domain/rejection.ts'
import type { Operation, Reading, Receiving, StatusOf, Told, Writing } from '../openapi/operation.ts'
import { rejected } from '../problems/problem.ts'
import type { Caller, Env } from '../http/env.ts'
import { taggedAnswer, tellReplayed } from '../http/headers.ts'
import type { Answer } from '../http/idempotency.ts'
import { checked, fittingWithRest, jsonBody, queryOf } from '../http/input.ts'
import type { InputError } from '../messages/render.ts'

/** From an operation's description to its route. The compiler holds what a handler answers against what the description says. */

/** Routes, and a list of the operations among them. */
export class App extends Hono<Env> {
  readonly operations: Operation[] = []
}

export interface Request<O extends Operation> extends Answers<O> {
  readonly c: Context<Env>
  readonly caller: Caller
  readonly params: z.output<O['params']>
  readonly query: z.output<O['query']>
}

/** How a handler answers: in the ways that its operation describes, and in no other. */
interface Answers<O extends Operation> {
  /** In JSON; `status`: where there is another beside the usual one. */
  readonly answer: (body: Told<O>, status?: StatusOf<O>) => Answered
  /** In JSON with a tag of what it says, for what is read of something with a version: 304 to whoever has it. */
  readonly tagged: (version: O extends { readonly tagged: true } ? number : never, body: Told<O>) => Answered
  /** What is stored of a request that takes effect once: in JSON, and told where it was an earlier attempt that stored it. */
  readonly stored: (done: Answer) => Answered
  /** As a file of that media type, which browsers show without letting it run anything. */
  readonly file: (
    type: O extends { readonly files: readonly (infer T extends string)[] } ? T : never,
    body: string | Uint8Array<ArrayBuffer> | ReadableStream,
    name: string,
  ) => Answered
  /** As the document was written, in YAML. */
  readonly written: (source: O extends { readonly yaml: true } ? string : never) => Answered
}

/** An answer that is as its operation describes it: {@link Answers} alone make one. */
export interface Answered {
  readonly [response]: Response
}

const response = Symbol('response')

/** Adds a GET operation; the handler gets checked parameters. */
export function reads<O extends Reading>(app: App, operation: O, handler: (request: Request<O>) => Promise<Answered>): void {
  readsOf(app, operation, async () => null, handler)
}

/**
 * The same of what is not for everybody. `first`: refuses whoever may see nothing of it, before what they sent is looked at; what it had to read for
 * that, the handler gets.
 */
export function readsOf<O extends Reading, First>(
  app: App,
  operation: O,
  first: (asked: Asked) => Promise<First>,
  handler: (request: Request<O>, known: First) => Promise<Answered>,
): void {
  app.operations.push(operation)
  app.get(routePath(operation.path), async (c) => {
    const known = await first({ caller: c.get('caller'), params: c.req.param() })
    return (await handler(requestOf(c, operation), known))[response]
  })
}

/** Who asks, and for what, as it was sent. */
export interface Asked {
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
}

/**
 * Adds a POST or PUT operation whose JSON body is checked before the handler runs.
 * `rest`: what is wrong with the rest of a body of which something does not fit.
 */
export function writes<O extends Writing>(
  app: App,
  operation: O,
  handler: (request: Request<O> & { readonly body: z.output<O['body']>; readonly raw: unknown }) => Promise<Answered>,
  rest: (request: Request<O> & { readonly sent: unknown }) => Promise<readonly InputError[]> = async () => [],
): void {
  app.operations.push(operation)
  app.on(operation.method.toUpperCase(), routePath(operation.path), async (c) => {
    const request = requestOf(c, operation)
    const { body }: Pick<O, 'body'> = operation
    const raw = await jsonBody(c)
    const { parsed } = await fittingWithRest(body, raw, (sent) => rest({ ...request, sent }))
    return (await handler({ ...request, raw, body: parsed }))[response]
  })
}

/** Adds a POST or PUT operation that reads its body itself. */
export function receives<O extends Receiving>(app: App, operation: O, handler: (request: Request<O>) => Promise<Answered>): void {
  app.operations.push(operation)
  app.on(operation.method.toUpperCase(), routePath(operation.path), async (c) => (await handler(requestOf(c, operation)))[response])
}

function requestOf<O extends Operation>(c: Context<Env>, operation: O): Request<O> {
  const caller = c.get('caller')
  const { roles, asksRoles } = operation
  const { params, query }: Pick<O, 'params' | 'query'> = operation
  if (!asksRoles && !roles.some((role) => caller.roles.includes(role))) throw rejected(forbidden('wrong-role', { roles }))
  return { c, caller, params: checked(params, c.req.param()), query: checked(query, queryOf(c)), ...answersOn(c, operation) }
}

function answersOn<O extends Operation>(c: Context<Env>, operation: O): Answers<O> {
  const told = (body: unknown, status: StatusOf<Operation>) => ({
    [response]: c.body(JSON.stringify(body), status, { 'Content-Type': 'application/json' }),
  })
  return {
    answer: (body, status = operation.answer.status) => told(body, status),
    tagged: (version, body) => ({ [response]: taggedAnswer(c, version, body) }),
    stored(done) {
      tellReplayed(c, done)
      return told(z.parse(operation.answer.schema, done.body), operation.answer.status)
    },
    file: (type: string, body: string | Uint8Array<ArrayBuffer> | ReadableStream, name: string) => {
      c.header('Content-Security-Policy', fileSecurity)
      c.header('Content-Disposition', `${type.startsWith('text/html') ? 'inline' : 'attachment'}; filename="${name}"`)
      return { [response]: c.body(body, 200, { 'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type }) }
    },
    written: (source: string) => ({ [response]: c.body(source, 200, { 'Content-Type': 'application/yaml; charset=utf-8' }) }),
  }
}

/** Styles and pictures of its own, and nothing else: no script, no form, nothing from elsewhere. */
const fileSecurity =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { AnswerOf, Reading, Receiving } from '../api/openapi/operation.ts'
import { actedSchema, type Acted, type TicketCommandInput, type TicketCommandName } from '../api/operations/commands.ts'
import { putProfile, rehearseProfile } from '../api/operations/profiles.ts'
import { readReportContent } from '../api/operations/reports.ts'
import { registerTicket } from '../api/operations/tickets.ts'
import { openedSchema } from '../api/views/process-schemas.ts'
import { problemSchema } from '../api/problems/schemas.ts'
import type { Locale } from '../domain/labels.ts'
import { own } from '../domain/own.ts'
import type { Unchanging } from '../domain/unchanging.ts'
import type { Profile } from '../domain/profile/schema.ts'

/** One person's way to a running product: its HTTP API, with their token and in their language. Everything is typed by its operations. */
export interface Client {
  /** Asks what there is to read. */
  read<O extends Reading>(operation: O, asked?: Asked<O>): Promise<AnswerOf<O>>
  /** Registers a ticket. The same key again gives the same ticket. */
  register(form: SentTo<typeof registerTicket>, key?: string): Promise<Answer<AnswerOf<typeof registerTicket>>>
  /** Opens a process of a type that has no routes of its own: of `reports`, say. */
  open(plural: string, given: object): Promise<Answer<z.output<typeof openedSchema>>>
  /** Gives a command to a ticket. */
  act<N extends TicketCommandName>(number: string, command: N, input: TicketCommandInput<N>): Promise<Answer<Acted>>
  /** Installs a version of a profile. A version never changes: the same again is no change, other content a conflict. */
  install(profile: Profile): Promise<Answer<AnswerOf<typeof putProfile>>>
  /** How an imagined ticket would fare. */
  rehearse(asked: SentTo<typeof rehearseProfile>): Promise<Answer<AnswerOf<typeof rehearseProfile>>>
}

/** What fills the path of a GET, and narrows down what is asked. */
export interface Asked<O extends Reading> {
  readonly params?: z.input<O['params']>
  readonly query?: z.input<O['query']>
}

export type SentTo<O extends Receiving> = Unchanging<z.input<O['content']['application/json']>>

/** What an act came to. A refusal is an answer too; only an answer nobody can use is thrown. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** The problem document of a refused act, in the caller's language. */
export type Refusal = Pick<z.output<typeof problemSchema>, 'title' | 'detail' | 'errors'> &
  Partial<Pick<z.output<typeof problemSchema>, 'type'>>

/** The product cannot be reached, or says what no caller can act upon. The message ends with the remedy. */
export class ApiError extends Error {
  override name = 'ApiError'
}

export interface ClientOptions {
  /** URL of the API, such as `http://127.0.0.1:3000`. */
  readonly api: string
  readonly token: string
  readonly locale: Locale
}

export function createClient(options: ClientOptions): Client {
  return {
    read: (operation, asked = {}) => read(options, operation, asked),
    register: (form, key) => give(options, { ...registerTicket, schema: registerTicket.answer.schema }, form, key),
    open: (plural, given) => give(options, { method: 'post', path: `/api/${plural}`, schema: openedSchema }, given),
    act: (number, command, input) =>
      give(options, { method: 'post', path: `/api/tickets/${encodeURIComponent(number)}/${command}`, schema: actedSchema }, input),
    install: (profile) =>
      give(options, { ...putProfile, path: filled(putProfile.path, profile), schema: putProfile.answer.schema }, profile),
    rehearse: (asked) => give(options, { ...rehearseProfile, schema: rehearseProfile.answer.schema }, asked),
  }
}

/** Where a report is had as a file of that form. */
export function contentPath(number: string, format: string): string {
  return `${filled(readReportContent.path, { number })}?format=${format}`
}

/**
 * What a GET answers as a file, however long it takes to make.
 * @throws ApiError with what is wrong, in the caller's language
 */
export async function download({ api, token, locale }: ClientOptions, path: string, accept = '*/*'): Promise<Buffer> {
  const headers = { Authorization: `Bearer ${token}`, 'Accept-Language': locale, Accept: accept }
  const response = await fetch(new URL(path, api), { headers }).catch((cause: unknown) => unreachable(api, cause))
  if (response instanceof ApiError) throw response
  if (response.ok) return Buffer.from(await response.arrayBuffer())
  const body = await bodyOf(response)
  const refusal = problemSchema.safeParse(body)
  throw refusal.success ? new ApiError(refusal.data.detail) : unusable({ api, token, locale }, `GET ${path}`, response, body)
}

async function read<O extends Reading>(options: ClientOptions, operation: O, { params, query }: Asked<O>): Promise<AnswerOf<O>> {
  const { schema }: Pick<O['answer'], 'schema'> = operation.answer
  const path = [filled(operation.path, params), ...(query ? [new URLSearchParams(textsOf(query)).toString()] : [])].join('?')
  const response = await send(options, path, {})
  const body = await bodyOf(response)
  if (!response.ok) throw unusable(options, `GET ${path}`, response, body)
  return understood(`GET ${path}`, schema, body)
}

/** What something is given to, and by what its answer is read. */
interface Giving<S extends z.core.$ZodType> {
  readonly method: 'post' | 'put'
  readonly path: string
  readonly schema: S
}

/** The same key goes with every attempt, so repeating takes effect once. */
async function give<S extends z.core.$ZodType>(
  options: ClientOptions,
  { method, path, schema }: Giving<S>,
  input: unknown,
  key: string = randomUUID(),
): Promise<Answer<z.output<S>>> {
  const what = `${method.toUpperCase()} ${path}`
  const response = await send(options, path, {
    method: method.toUpperCase(),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(input),
  })
  const body = await bodyOf(response)
  if (response.ok) return { ok: true, value: understood(what, schema, body) }
  const refusal = problemSchema.safeParse(body)
  if (!refusal.success || !refusals.has(response.status)) throw unusable(options, what, response, body)
  return { ok: false, refusal: refusal.data }
}

/** `/api/tickets/{number}` with its number. */
function filled(path: string, params: object = {}): string {
  const given = textsOf(params)
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(own(given, name) ?? ''))
}

function textsOf(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

/** What a process or the check before it says no with; other statuses mean that something is out of order. */
const refusals = new Set([403, 404, 409, 412, 422])

/** Answers that say "not now": the outcome is unknown or nothing happened, and the same request may come again. */
const passing = new Set([429, 503, 504])
const attempts = 5
const pauseMs = 1_000
/** Longer than the API itself waits for a step. */
const patienceMs = 30_000

/** What a request says beyond what all of them say. */
interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function send({ api, token, locale }: ClientOptions, path: string, init: Sent): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Bearer ${token}`, 'Accept-Language': locale, Accept: 'application/json' }
  for (let attempt = 1; ; attempt += 1) {
    const tried = await fetch(new URL(path, api), { ...init, headers, signal: AbortSignal.timeout(patienceMs) }).catch((cause: unknown) =>
      unreachable(api, cause),
    )
    const passes = tried instanceof ApiError || passing.has(tried.status)
    if (!passes || attempt === attempts) {
      if (tried instanceof ApiError) throw tried
      return tried
    }
    await sleep(pauseMs * attempt)
  }
}

function unreachable(api: string, cause: unknown): ApiError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const reason = inner instanceof Error ? inner.message : String(inner)
  return new ApiError(`${api} does not answer (${reason}). Is it running? Start it with: npm start`, { cause })
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function unusable({ api }: ClientOptions, what: string, response: Response, body: unknown): ApiError {
  const problem = problemSchema.safeParse(body)
  const said = problem.success ? `${problem.data.title}: ${problem.data.detail}` : response.statusText
  return new ApiError(`${what} at ${api} answered ${response.status}: ${said}`)
}

function understood<S extends z.core.$ZodType>(what: string, schema: S, body: unknown): z.output<S> {
  const parsed = z.safeParse(schema, body)
  if (parsed.success) return parsed.data
  throw new ApiError(`${what} answered what this client does not understand: ${z.prettifyError(parsed.error)}`)
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Locale } from '../domain/labels.ts'
import type { Profile } from '../domain/profile/schema.ts'

/** One person's way to a running product: its HTTP API, with their token and in their language. */
export interface Client {
  me(): Promise<Me>
  /** Registers a ticket. The same key again gives the same ticket. */
  register(submission: Submission, key?: string): Promise<Answer<Registered>>
  /** Gives a command to a ticket. */
  act(number: string, command: string, input?: object): Promise<Answer<Step>>
  ticket(number: string): Promise<Ticket>
  /** Installs a version of a profile. A version never changes: the same again is no change, other content a conflict. */
  install(profile: Profile): Promise<Answer<Installed>>
  /** Whatever else there is to read. */
  read<T>(path: string, schema: z.ZodType<T>): Promise<T>
}

/** What an act came to. A refusal is an answer too; only an answer nobody can use is thrown. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** The problem document of a refused act, in the caller's language. */
export type Refusal = z.infer<typeof refusalSchema>
export type Me = z.infer<typeof meSchema>
export type Installed = z.infer<typeof installedSchema>
export type Registered = z.infer<typeof registeredSchema>
export type Step = z.infer<typeof stepSchema>
export type Ticket = z.infer<typeof ticketSchema>

/** The registration form. */
export interface Submission {
  readonly profile: string
  readonly type: string
  readonly priority: string
  readonly channel: string
  /** Absent: who registers is the customer. */
  readonly customer?: {
    readonly name?: string
    readonly company?: string
    readonly account?: string
    readonly phone?: string
    readonly email?: string
  }
  readonly title: string
  readonly description: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly keywords?: readonly string[]
  readonly live?: boolean
  readonly representative?: string
}

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
    me: () => read(options, '/api/me', meSchema),
    register: (submission, key) => give(options, 'POST', '/api/tickets', submission, registeredSchema, key),
    act: (number, command, input = {}) => give(options, 'POST', `/api/tickets/${encodeURIComponent(number)}/${command}`, input, stepSchema),
    ticket: (number) => read(options, `/api/tickets/${encodeURIComponent(number)}`, ticketSchema),
    install: (profile) => give(options, 'PUT', `/api/profiles/${encodeURIComponent(profile.id)}`, profile, installedSchema),
    read: (path, schema) => read(options, path, schema),
  }
}

const instant = z.iso.datetime()

const meSchema = z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()), teams: z.array(z.string()).default([]) })

/** One cycle of a clock. */
export const promiseSchema = z.object({
  clock: z.string(),
  label: z.string(),
  cycle: z.number(),
  dueAt: instant,
  state: z.enum(['running', 'paused', 'kept', 'broken', 'cancelled']),
  stoppedAt: instant.nullable(),
  recordedLate: z.boolean(),
})

const installedSchema = z.object({ id: z.string(), version: z.number() })

const registeredSchema = z.object({ number: z.string(), stage: z.string(), version: z.number(), tell: z.string() })

/** Further members by type. */
const eventSchema = z.looseObject({ seq: z.number(), type: z.string() })

const contactSchema = z.object({ phone: z.string().nullable(), email: z.string().nullable() })

const stepSchema = z.object({
  number: z.string(),
  version: z.number(),
  stage: z.string(),
  events: z.array(eventSchema),
  /** Only `reveal` brings it. */
  contact: contactSchema.nullish(),
})

const ticketSchema = z.object({
  number: z.string(),
  stage: z.string(),
  version: z.number(),
  assignee: z.string().nullable(),
  customer: z.object({
    name: z.string().nullable(),
    company: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  promises: z.array(promiseSchema),
})

const refusalSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
})

async function read<T>(options: ClientOptions, path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await send(options, path, {})
  const body = await bodyOf(response)
  if (!response.ok) throw unusable(options, `GET ${path}`, response, body)
  return understood(`GET ${path}`, schema, body)
}

/** The same key goes with every attempt, so repeating takes effect once. */
async function give<T>(
  options: ClientOptions,
  method: 'POST' | 'PUT',
  path: string,
  input: object,
  schema: z.ZodType<T>,
  key: string = randomUUID(),
): Promise<Answer<T>> {
  const response = await send(options, path, {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(input),
  })
  const body = await bodyOf(response)
  if (response.ok) return { ok: true, value: understood(`${method} ${path}`, schema, body) }
  const refusal = refusalSchema.safeParse(body)
  if (!refusal.success || !refusals.has(response.status)) throw unusable(options, `${method} ${path}`, response, body)
  return { ok: false, refusal: refusal.data }
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
  readonly method?: 'POST' | 'PUT'
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
  const problem = refusalSchema.safeParse(body)
  const said = problem.success ? `${problem.data.title}: ${problem.data.detail}` : response.statusText
  return new ApiError(`${what} at ${api} answered ${response.status}: ${said}`)
}

function understood<T>(what: string, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new ApiError(`${what} answered what this client does not understand: ${z.prettifyError(parsed.error)}`)
}

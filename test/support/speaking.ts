import { z } from 'zod'

/** One person at one API. */
export interface Speaker {
  get(path: string, headers?: Headers): Promise<Heard>
  post(path: string, body?: unknown, headers?: Headers): Promise<Heard>
  send(method: string, path: string, body: string | Uint8Array<ArrayBuffer>, headers: Headers): Promise<Heard>
  /** The same person at another API. */
  at(api: Answering): Speaker
}

interface Answering {
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

export type Headers = Readonly<Record<string, string>>

/** An answer: whole in `body`, and the members that most answers have. */
export interface Heard extends z.output<typeof usualMembers> {
  readonly status: number
  readonly headers: Response['headers']
  readonly body: Readonly<Record<string, unknown>>
}

const usualMembers = z.object({
  number: z.string().catch(''),
  version: z.number().catch(0),
  detail: z.string().catch(''),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string(), code: z.string() })).catch([]),
  events: z.array(z.looseObject({ seq: z.number(), type: z.string() })).catch([]),
  items: z.array(z.looseObject({})).catch([]),
  next: z.string().nullable().catch(null),
})

export function speaker(api: Answering, token: string): Speaker {
  const say = async (
    path: string,
    init: { readonly method: string; readonly headers?: Headers | undefined; readonly body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Heard> => {
    const response = await api.request(path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } })
    const text = await response.text()
    const body = z.record(z.string(), z.unknown()).parse(isJson(response) ? JSON.parse(text) : { text })
    return { ...usualMembers.parse(body), status: response.status, headers: response.headers, body }
  }
  return {
    get: (path, headers) => say(path, { method: 'GET', headers }),
    post: (path, body = {}, headers) =>
      say(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    send: (method, path, body, headers) => say(path, { method, headers, body }),
    at: (other) => speaker(other, token),
  }
}

function isJson(response: Response): boolean {
  return /json/.test(response.headers.get('content-type') ?? '')
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import type { Context as HonoContext } from 'hono'
import { cors } from 'hono/cors'
import { PayloadError, type PayloadVault } from '../../runtime/payload-codec.ts'
import { processTypesOf } from '../../db/heads.ts'
import { confidentialTypesOf } from '../../processes/hosting.ts'
import type { Context } from '../deps.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import { checked, jsonBody } from '../http/input.ts'
import type { InputError } from '../messages/render.ts'
import type { Env } from '../http/env.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { createRateLimit } from '../http/rate.ts'
import * as operations from '../operations/codec.ts'
import { writes, type App } from './serving.ts'

/** Temporal's codec server protocol: the UI and the CLI send payloads as they are stored and get them in clear. Nothing is encoded for anybody. */
export function addCodec(app: App, { codec, clock, db, processes }: Context): void {
  const { vault, secret } = codec
  const confidential = confidentialTypesOf(processes)
  const mayNow = createRateLimit(rate)

  const decode = async (c: HonoContext<Env>, { payloads: sealed }: Payloads, caller: string): Promise<Payloads> => {
    if (!mayNow(caller, clock.now().getTime())) throw problem('too-many-requests', { seconds: retryAfterSeconds })
    const namespace = c.req.header('x-namespace')
    if (namespace !== undefined && namespace !== vault.namespace)
      throw invalidInput([{ path: 'X-Namespace', code: 'other-namespace', params: { namespace: vault.namespace } }])
    const owners = new Set(sealed.map((payload) => vault.sealedFor(sealedOf(payload)) ?? ''))
    const suspects = [...owners].filter((owner) => confidential.some((type) => owner.startsWith(`${type}:`)))
    // What belongs to another process has that one's number before its own, and is of another type; of what the rows do not know, nothing is opened.
    const types = suspects.length > 0 ? await processTypesOf(db, suspects) : new Map<string, string>()
    const isOpen = (owner: string) => types.has(owner) && !confidential.includes(types.get(owner) ?? '')
    return {
      payloads: opened(
        vault,
        sealed,
        suspects.filter((owner) => !isOpen(owner)),
      ),
    }
  }

  if (secret !== undefined) {
    app.post(uiPath, async (c) => {
      if (!isSame(c.req.param('secret'), secret)) throw problem('unknown-route', { path: '/codec' })
      return c.json(await decode(c, checked(payloads, await jsonBody(c)), 'ui'))
    })
  }
  writes(app, operations.decodePayloads, async ({ c, caller, body, answer }) => answer(await decode(c, body, caller.id)))
}

/** Must come before whoever asks for a token: a browser sends none with its preflight, and reads no problem without these headers. */
export function addCodecCors(app: App, { codec: { uis } }: Pick<Context, 'codec'>): void {
  const allowed = cors({ origin: [...uis], allowMethods: ['POST'], allowHeaders: preflighted, maxAge: 600 })
  for (const path of [operations.decodePayloads.path, uiPath]) app.use(path, allowed)
}

/** The address to give to the Temporal UI that comes along, without `/decode`, which it adds itself. */
const uiPath = '/codec/:secret/decode'
const preflighted = ['Authorization', 'Content-Type', 'X-Namespace']

/** A page of the UI asks once for every payload it shows, which are some hundred for a long history. */
const rate = { perSecond: 50, burst: 1_000 }
const payloads = operations.decodePayloads.body
type Payloads = z.output<typeof payloads>

/** What belongs to a process of a confidential type stays sealed: who looks after the machine sees that it runs, and not what it holds. */
function opened(vault: PayloadVault, payloads: Payloads['payloads'], kept: readonly string[]): Payloads['payloads'] {
  const errors: InputError[] = []
  const clear = payloads.flatMap((given, at) => {
    try {
      const sealed = sealedOf(given)
      const owner = vault.sealedFor(sealed)
      const payload = owner !== undefined && kept.includes(owner) ? sealed : vault.open(sealed, undefined)
      return {
        ...(payload.metadata && {
          metadata: Object.fromEntries(Object.entries(payload.metadata).map(([name, value]) => [name, base64Of(value)])),
        }),
        ...(payload.data && { data: base64Of(payload.data) }),
      }
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error
      errors.push({ path: `payloads[${at}]`, code: `payload-${error.reason}` })
      return []
    }
  })
  if (errors.length > 0) throw invalidInput(errors)
  return clear
}

function sealedOf({ metadata, data }: Payloads['payloads'][number]): Parameters<PayloadVault['sealedFor']>[0] {
  return {
    ...(metadata && { metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, bytesOf(value)])) }),
    ...(typeof data === 'string' && { data: bytesOf(data) }),
  }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** Takes as long for a wrong secret as for the right one. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

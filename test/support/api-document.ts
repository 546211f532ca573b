import type { Registry } from '../../processes/hosting.ts'
import { processes as ours } from '../../processes/index.ts'
import { pino } from 'pino'
import { z } from 'zod'
import { createApp } from '../../api/app.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { connect } from '../../db/connect.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { systemClock } from '../../runtime/clock.ts'
import { createPayloadVault } from '../../runtime/payload-codec.ts'
import { noSchedules } from './no-schedules.ts'

/** The OpenAPI document, read as clients read it; it needs neither Postgres nor Temporal. */

export type Schema = z.output<typeof schema>
export type DocumentedOperation = z.output<typeof operation>

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  get properties() {
    return z.record(z.string(), schema).optional()
  },
  required: z.array(z.string()).optional(),
  get items() {
    return schema.optional()
  },
  get additionalProperties() {
    return z.union([z.boolean(), schema]).optional()
  },
  get anyOf() {
    return z.array(schema).optional()
  },
  get oneOf() {
    return z.array(schema).optional()
  },
  enum: z.array(z.unknown()).optional(),
  const: z.string().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  maxLength: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
})

const reference = z.object({ $ref: z.string() })
const content = z.record(z.string(), z.looseObject({ schema }))
const response = z.looseObject({
  $ref: z.string().optional(),
  description: z.string().optional(),
  headers: z.record(z.string(), reference).optional(),
  content: content.optional(),
})
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(
    z.looseObject({ name: z.string(), in: z.string(), required: z.boolean(), description: z.string().optional(), schema }),
  ),
  requestBody: z.looseObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string(), response),
})
const documentSchema = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string() }),
  servers: z.array(z.looseObject({ url: z.string() })),
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), response),
    headers: z.record(z.string(), z.looseObject({ description: z.string(), schema })),
  }),
})

export type ApiDocument = z.output<typeof documentSchema>

/** The document as it is served. */
export async function apiDocument(processes: Registry = ours): Promise<ApiDocument> {
  const db = connect('postgres://127.0.0.1:1/none', { connectTimeoutMs: 500 })
  const secret = Buffer.alloc(32, 1)
  const codec = { vault: createPayloadVault({ keys: [secret], temporalNamespace: 'default' }), uis: [], secret: undefined }
  const { app } = createApp({
    processes,
    db,
    gateway: away,
    clock: systemClock,
    keys: keysOf(secret),
    codec,
    customerLimits: { registrations: 1, acts: 1 },
    log: pino({ level: 'silent' }),
  })
  const document = await documentOf(app)
  await db.destroy()
  return document
}

/** The document that an API serves. */
export async function documentOf(app: Documented): Promise<ApiDocument> {
  return parsedDocument(await (await app.request('/api/openapi.json')).text())
}

export interface Documented {
  request(path: string): Response | Promise<Response>
}

export function parsedDocument(text: string): ApiDocument {
  return documentSchema.parse(JSON.parse(text))
}

/** A way to workflows that nobody goes. */
const away: Gateway = {
  schedules: noSchedules,
  findable: () => Promise.reject(new Error('not asked')),
  start: () => Promise.reject(new Error('not asked')),
  step: () => Promise.reject(new Error('not asked')),
  wake: () => Promise.reject(new Error('not asked')),
  batch: () => Promise.reject(new Error('not asked')),
  reachable: () => Promise.resolve({ ok: false, reason: 'nobody there' }),
  close: () => Promise.resolve(),
}

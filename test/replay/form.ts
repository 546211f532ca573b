import { historyFromJSON, historyToJSON, JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { PayloadCodec } from '@temporalio/common'
import { z } from 'zod'

/**
 * The form in which histories are stored: Temporal's proto JSON, with what payloads say written out instead of base64, and
 * without what only the machine knew that recorded it. So they can be read and compared, and replaying them needs no key.
 */

export type Json = z.infer<ReturnType<typeof z.json>>
/** Reads JSON. Checking megabytes of it against a schema would take longer than replaying them. */
export function parsed(text: string): Json {
  const json: Json = JSON.parse(text)
  return json
}

export type History = ReturnType<typeof historyFromJSON>

/** @param codecs those of the client that fetched it: histories are stored decoded */
export async function storedForm(history: History, codecs: readonly PayloadCodec[]): Promise<Json> {
  return withoutMachine(parsed(historyToJSON(history)))

  async function withoutMachine(value: Json): Promise<Json> {
    if (Array.isArray(value)) return Promise.all(value.map(withoutMachine))
    if (!isObject(value)) return value
    if (isObject(value['metadata'] ?? null) && typeof value['data'] === 'string') return payload(value)
    const kept = Object.entries(value).filter(([name]) => !ofTheMachine.includes(name))
    const entries = await Promise.all(kept.map(async ([name, part]): Promise<[string, Json]> => [name, await withoutMachine(part)]))
    return stickyQueueRenamed(Object.fromEntries(entries))
  }

  async function payload(encoded: Json): Promise<Json> {
    let payloads = [JSONToPayload(asPayload(encoded))]
    for (const codec of codecs.toReversed()) payloads = await codec.decode(payloads)
    const [decoded] = payloads
    if (!decoded) throw new Error('a codec swallowed a payload')
    const text = Buffer.from(decoded.data ?? []).toString('utf8')
    const encoding = Buffer.from(decoded.metadata?.['encoding'] ?? []).toString('utf8')
    // Bytes that only a key opens would be stored for ever unread.
    if (encoding.startsWith('binary/') && encoding !== 'binary/null')
      throw new Error(`a payload of encoding ${encoding}: fetch histories with a client that has the product's data converter`)
    if (encoding !== 'json/plain') return parsed(JSON.stringify(payloadToJSON(decoded)))
    const type = Buffer.from(decoded.metadata?.['type'] ?? []).toString('utf8')
    return { json: withoutTrace(parsed(text)), ...(type !== '' && { type }) }
  }
}

/** A stored history as the worker replays it. */
export function historyOf(stored: Json): History {
  return historyFromJSON(withPayloads(stored))
}

function withPayloads(value: Json): Json {
  if (Array.isArray(value)) return value.map(withPayloads)
  if (!isObject(value)) return value
  if ('json' in value) {
    const { json, type } = value
    // Search attributes say of which type they are.
    const metadata = { encoding: base64('json/plain'), ...(typeof type === 'string' && { type: base64(type) }) }
    return { metadata, data: base64(JSON.stringify(json)) }
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withPayloads(part)]))
}

/** Who polled and with which build: host names, process ids, paths. */
const ofTheMachine: readonly string[] = ['identity', 'stackTrace', 'workerVersion', 'binaryChecksum']

/** A worker's own queue is named after its host and process. */
function stickyQueueRenamed(value: { readonly [name: string]: Json }): Json {
  return value['kind'] === 'TASK_QUEUE_KIND_STICKY' ? { ...value, name: 'sticky' } : { ...value }
}

/** What a failure's encoded attributes say, without the paths of the machine. */
function withoutTrace(value: Json): Json {
  return isObject(value) && 'stack_trace' in value ? { ...value, stack_trace: '' } : value
}

const payloadShape = z.looseObject({ metadata: z.record(z.string(), z.string()), data: z.string() })

function asPayload(value: Json): Parameters<typeof JSONToPayload>[0] {
  return payloadShape.parse(value)
}

export function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

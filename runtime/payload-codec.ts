import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common'
import type { Config } from './config.ts'
import { deriveKey, keyIdOf } from './key.ts'
import { withoutFiringTime } from '../domain/recurring/schedule-ids.ts'

/**
 * Keeps what Temporal stores unreadable: arguments, answers, memo, summaries, and messages and stacks of failures.
 * AES-256-GCM with a key of its own; a payload is bound to its namespace and workflow, so copied into another workflow's
 * history it does not open. Every client and worker takes its converter from here.
 */
export function createDataConverter(config: Pick<Config, 'keys' | 'temporalNamespace'>): DataConverter {
  return { payloadCodecs: [createPayloadCodec(createPayloadVault(config))], failureConverterPath }
}

/** Also wanted where workflows are bundled: failures inside the sandbox pass through it. */
export const failureConverterPath = fileURLToPath(new URL('failure-converter.cjs', import.meta.url))

/** Seals and opens single payloads. */
export interface PayloadVault {
  readonly namespace: string
  /** `workflowId` is undefined where the SDK knows none: failures of whole workflow tasks. */
  seal(payload: Payload, workflowId: string | undefined): Payload
  /**
   * What was sealed; a payload that never was comes back as it is. With `workflowId`, the payload must be that
   * workflow's; without, whose it is stands in the payload and is authenticated with it.
   * @throws PayloadError
   */
  open(payload: Payload, workflowId: string | undefined): Payload
  /** For which workflow it says that it was sealed; undefined: for none, or not at all. */
  sealedFor(payload: Payload): string | undefined
}

/** A sealed payload that does not open. */
export class PayloadError extends Error {
  override name = 'PayloadError'
  readonly reason: keyof typeof explanations
  constructor(reason: PayloadError['reason'], detail = '', options?: ErrorOptions) {
    super(`${explanations[reason]}${detail}`, options)
    this.reason = reason
  }
}

const explanations = {
  malformed: 'this is no payload that Bihuan sealed, or a part of it is missing',
  'unknown-key': 'the payload was sealed with a key that BIHUAN_KEY does not hold (any more); add it behind the others: ',
  'other-workflow': 'the payload was sealed for another workflow: ',
  tampered: 'the payload was changed, or was sealed for another namespace',
} as const

export function createPayloadVault({ keys, temporalNamespace: namespace }: Pick<Config, 'keys' | 'temporalNamespace'>): PayloadVault {
  const vault = keys.map((secret) => ({ id: keyIdOf(secret), key: createSecretKey(deriveKey(secret, 'payload')) }))
  const [newest] = vault
  if (!newest) throw new RangeError('BIHUAN_KEY holds no key')
  const byId = new Map<string, KeyObject>(vault.map(({ id, key }) => [id, key]))
  const newestId = Buffer.from(newest.id)

  return {
    namespace,

    seal(payload, workflowId) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, newest.key, iv).setAAD(boundTo(newest.id, namespace, workflowId))
      const sealed = [iv, cipher.update(framed(payload)), cipher.final(), cipher.getAuthTag()]
      return {
        metadata: {
          encoding: sealedEncoding,
          [keyIdField]: newestId,
          ...(workflowId !== undefined && { [workflowField]: Buffer.from(workflowId) }),
        },
        data: Buffer.concat(sealed),
      }
    },

    sealedFor: ({ metadata }) => (text(metadata?.['encoding']) === sealedName ? text(metadata?.[workflowField]) : undefined),

    open(payload, workflowId) {
      const { metadata, data } = payload
      if (text(metadata?.['encoding']) !== sealedName) return payload
      const keyId = text(metadata?.[keyIdField])
      const owner = text(metadata?.[workflowField])
      if (keyId === undefined || !data || data.length < ivBytes + tagBytes + frameBytes) throw new PayloadError('malformed')
      const key = byId.get(keyId)
      if (!key) throw new PayloadError('unknown-key', keyId)
      if (workflowId !== undefined && owner !== workflowId) throw new PayloadError('other-workflow', owner ?? 'none')
      const sealed = bytesOf(data)
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(boundTo(keyId, namespace, owner))
        .setAuthTag(sealed.subarray(-tagBytes))
      const clear = decipher.update(sealed.subarray(ivBytes, -tagBytes))
      try {
        decipher.final()
      } catch (cause) {
        throw new PayloadError('tampered', '', { cause })
      }
      return unframed(clear)
    },
  }
}

/** Async because the SDK wants it so; nothing in it waits. */
function createPayloadCodec(vault: PayloadVault): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => vault.seal(payload, ownerOf(context?.workflowId))),
    decode: async (payloads, context) => payloads.map((payload) => vault.open(payload, ownerOf(context?.workflowId))),
  }
}

/**
 * For whom a payload is sealed. Those that one schedule starts are one: Temporal names each by the schedule's workflow and a time, and hands it
 * how the one before it ended.
 */
function ownerOf(workflowId: string | undefined): string | undefined {
  return workflowId && withoutFiringTime(workflowId)
}

/*
 * What is encrypted: a byte for the form, four for the header's length, the header (the payload's metadata as JSON of
 * latin-1 strings), and the payload's bytes, deflated where that pays.
 */

const plain = 0
const deflated = 1
const frameBytes = 5

/**
 * A ticket's start and every answer hold its state, JSON that shrinks to a third for some tens of microseconds, while the
 * step around it takes milliseconds. Below this size there is little to gain.
 */
const deflateFrom = 1024
const deflateLevel = 1

function framed({ metadata, data }: Payload): Buffer {
  const header = Buffer.from(
    JSON.stringify(metadata ? Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, latin1(value)])) : null),
    'latin1',
  )
  const body = data ? bytesOf(data) : Buffer.alloc(0)
  const pays = body.length >= deflateFrom
  const frame = Buffer.allocUnsafe(frameBytes)
  frame.writeUInt8(pays ? deflated : plain)
  frame.writeUInt32BE(header.length, 1)
  return Buffer.concat([frame, header, pays ? deflateRawSync(body, { level: deflateLevel }) : body])
}

function unframed(clear: Buffer): Payload {
  const bodyAt = frameBytes + clear.readUInt32BE(1)
  const header: unknown = JSON.parse(clear.toString('latin1', frameBytes, bodyAt))
  const body = clear.subarray(bodyAt)
  return {
    metadata:
      typeof header === 'object' && header !== null
        ? Object.fromEntries(Object.entries(header).map(([name, value]) => [name, Buffer.from(String(value), 'latin1')]))
        : null,
    data: clear.readUInt8() === deflated ? inflateRawSync(body) : body,
  }
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16
const sealedName = 'binary/bihuan-sealed-v1'
const sealedEncoding = Buffer.from(sealedName)
const keyIdField = 'encryption-key-id'
const workflowField = 'encryption-workflow-id'

function boundTo(keyId: string, namespace: string, workflowId: string | undefined): Buffer {
  return Buffer.from(JSON.stringify(['bihuan', 'payload', 'v1', keyId, namespace, workflowId ?? null]))
}

function text(bytes: Uint8Array | null | undefined): string | undefined {
  return bytes ? bytesOf(bytes).toString('utf8') : undefined
}

function latin1(bytes: Uint8Array): string {
  return bytesOf(bytes).toString('latin1')
}

/** Without copying. Where a message has no bytes, protobufjs says so with an empty array, which is none of bytes. */
function bytesOf(bytes: Uint8Array | readonly number[]): Buffer {
  return ArrayBuffer.isView(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.from(bytes)
}

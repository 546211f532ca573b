import type { PayloadVault } from '../../runtime/payload-codec.ts'

/**
 * What Temporal's client returns as plain values, with bytes as text: payloads opened by the vault, if one is given.
 * Bytes that were not opened stand as text and in base64, so that a search sees both.
 */
export function readable(vault: PayloadVault | undefined, value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return vault ? bytes.toString('utf8') : [bytes.toString('utf8'), bytes.toString('utf16le'), bytes.toString('base64')]
  }
  if (Array.isArray(value)) return value.map((item) => readable(vault, item))
  if (typeof value !== 'object' || value === null) return value
  const given = vault && isPayload(value) ? vault.open(value, undefined) : value
  return Object.fromEntries(Object.entries(given).map(([name, member]) => [name, readable(vault, member)]))
}

function isPayload(value: object): value is { metadata: Record<string, Uint8Array>; data: Uint8Array } {
  return 'metadata' in value && 'data' in value && value.data instanceof Uint8Array
}

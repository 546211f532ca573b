import { randomUUID } from 'node:crypto'
import { problem } from './problem.ts'

/** Request headers that decide whether and how often an act takes effect. */

/**
 * `Idempotency-Key`: up to 200 visible ASCII characters, chosen by the caller for one request. Made up when absent, and
 * told in the answer, so that even then an answer lost on the way can be asked for again.
 */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined) return randomUUID()
  if (!/^[\x21-\x7e]{1,200}$/.test(header)) throw problem('malformed-header', { header: 'Idempotency-Key', expected: 'idempotency-key' })
  return header
}

/**
 * `If-Match`: the version the caller acts on, `"7"`. A weak tag `W/"7"` counts as well: a proxy that compresses makes
 * it weak, and the number names the same version. `*` demands no certain version.
 */
export function expectedVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (version === undefined) throw problem('malformed-header', { header: 'If-Match', expected: 'if-match' })
  return Number(version)
}

export function etag(version: number): string {
  return `"${version}"`
}

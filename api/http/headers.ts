import { createHash, randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import { problem } from '../problems/problem.ts'

/** Headers that decide whether and how often an act takes effect, and whether an answer is needed at all. */

/**
 * `Idempotency-Key`: up to 200 visible ASCII characters, chosen by the caller for one request. Made up when absent, and
 * told in the answer, so that even then an answer lost on the way can be asked for again.
 */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined) return randomUUID()
  if (!keyForm.test(header)) throw problem('malformed-header', { header: 'Idempotency-Key', expected: 'idempotency-key' })
  return header
}

/** The caller's key, told in the answer. */
export function requestKey(c: Context): string {
  const key = idempotencyKey(c.req.header('idempotency-key'))
  c.header('Idempotency-Key', key)
  return key
}

/** Says of an answer that it was stored by an earlier attempt. */
export function tellReplayed(c: Context, { replayed }: { readonly replayed: boolean }): void {
  if (replayed) c.header('Idempotency-Replayed', 'true')
}

/**
 * `If-Match`: the version the caller acts on, `"7"`, or the whole tag of what they read. A weak tag counts as well: a proxy
 * that compresses makes it weak, and the number names the same version. `*` demands no certain version.
 */
export function expectedVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = versionForm.exec(header.trim())?.[1]
  if (version === undefined) throw problem('malformed-header', { header: 'If-Match', expected: 'if-match' })
  return Number(version)
}

export function etag(version: number): string {
  return `"${version}"`
}

/**
 * Answers a read with a tag of exactly what it says: the version and a digest, since names, languages and who is away change
 * without an event. 304 where the caller has it.
 */
export function taggedAnswer(c: Context, version: number, body: unknown): Response {
  const text = JSON.stringify(body)
  const tag = `"${version}-${createHash('sha256').update(text).digest('base64url').slice(0, digestLength)}"`
  c.header('ETag', tag)
  if (isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304)
  return c.body(text, 200, { 'Content-Type': 'application/json' })
}

/** `If-None-Match`: tags of what the caller has, weak ones alike; `*` is whatever there is. */
function isKnown(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((known) => {
    const trimmed = known.trim()
    return trimmed === '*' || trimmed.replace(/^W\//, '') === tag
  })
}

/** Enough that two answers of one version do not meet. */
const digestLength = 16

const keyForm = /^[!-~]{1,200}$/
const versionForm = /^(?:W\/)?"(\d{1,9})(?:-[\w-]{1,32})?"$/

/** Headers of requests, as the OpenAPI document tells of them; by when they are looked at. */
export const requestHeaders = {
  all: {
    'Accept-Language': z.string().optional().describe('The language of texts and reasons: zh-CN, zh-TW or en'),
  },
  keyed: {
    'Idempotency-Key': z
      .string()
      .regex(keyForm, 'idempotency-key')
      .optional()
      .describe('The same key again gives the same answer and takes effect once; made up when absent'),
  },
  seen: {
    'If-Match': z
      .string()
      .regex(/^(?:\*|(?:W\/)?"\d{1,9}(?:-[\w-]{1,32})?")$/, 'if-match')
      .optional()
      .meta({
        description: 'Version the caller saw, `"7"`, or the whole `ETag` of what they read; another version refuses the act with 412',
        examples: ['"7"'],
      }),
  },
  known: {
    'If-None-Match': z.string().optional().describe('`ETag` of what the caller has; 304 while it is still what would be answered'),
  },
}

/** Headers of answers, as the OpenAPI document tells of them. */
export const headerSchemas = {
  'X-Request-Id': z
    .string()
    .regex(/^[\w=-]{1,128}$/)
    .describe('By which the administrator finds the request in the log'),
  'Content-Language': z.enum(['zh-CN', 'zh-TW', 'en']).describe('The language of the texts in the answer'),
  ETag: z
    .string()
    .regex(/^"\d+(?:-[\w-]+)?"$/)
    .describe('The version; of what was read, also a digest of what the answer says'),
  Location: z.string().meta({ format: 'uri-reference', description: 'Address of what was made' }),
  'Idempotency-Key': z.string().regex(keyForm).describe('The key of the request: made up when none was sent; a refusal does not use it up'),
  'Idempotency-Replayed': z.literal('true').optional().describe('The answer was stored by an earlier attempt'),
  'Retry-After': z.string().regex(/^\d+$/).meta({ type: 'integer', minimum: 1, description: 'Seconds after which to try again' }),
  'WWW-Authenticate': z
    .string()
    .regex(/^Bearer\b/)
    .describe('How to sign in'),
} as const

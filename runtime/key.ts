import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from './environment.ts'
import { createFileAtomically } from './files.ts'

/** Keys of 32 bytes. The first encrypts, every one decrypts: put a new one in front to rotate. */
export type Secrets = readonly [Buffer, ...Buffer[]]

/** A key of 32 bytes for one purpose; from it nobody learns the secret or the key of another purpose. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `bihuan/${purpose}/v1`, 32))
}

/** Names a secret in what was encrypted with it; says nothing about it. */
export function keyIdOf(secret: Buffer): string {
  return deriveKey(secret, 'id').subarray(0, 4).toString('hex')
}

/**
 * The encryption keys kept in a file, one a line: the first encrypts, every one decrypts. Made on first use and readable
 * by its owner alone. Losing the file loses every contact and every running ticket's history.
 * @throws ConfigError when the file holds no key
 */
export function keysFromFile(path: string): { keys: Secrets; made: boolean } {
  const made = !existsSync(path) && createFileAtomically(path, `${randomBytes(32).toString('base64')}\n`, 0o600)
  const parsed = encryptionKeys.safeParse(readFileSync(path, 'utf8'))
  if (parsed.success) return { keys: parsed.data, made }
  throw new ConfigError(
    `The key file ${path} ${parsed.error.issues[0]?.message ?? 'holds no key'}. Bring back the file that encrypted the data.`,
  )
}

/** Keys as they stand in BIHUAN_KEY or in the key file: each base64 of 32 bytes, between them commas or line ends. */
export const encryptionKeys = z.string().transform((text, context): Secrets => {
  const [first, ...others] = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => ({ part, key: Buffer.from(part, 'base64') }))
  const wrong = [first, ...others].findIndex((one) => one?.key.length !== 32 || unpadded(one.key.toString('base64')) !== unpadded(one.part))
  if (first && wrong === -1) return [first.key, ...others.map(({ key }) => key)]
  context.addIssue({
    code: 'custom',
    message: `must be base64 of exactly 32 bytes${others.length > 0 ? ` in each key; key ${wrong + 1} is not` : ''}. Make one with: openssl rand -base64 32`,
  })
  return z.NEVER
})

function unpadded(base64: string): string {
  return base64.replace(/={1,2}$/, '')
}

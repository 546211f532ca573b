import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { ConfigError, encryptionKeys, type Secrets } from './config.ts'
import { createFileAtomically } from './files.ts'

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

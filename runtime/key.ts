import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { ConfigError, encryptionKey } from './config.ts'
import { createFileAtomically } from './files.ts'

/**
 * The encryption key kept in a file, made on first use and readable by its owner alone. Losing the file loses every
 * contact that was encrypted with it.
 * @throws ConfigError when the file holds no key
 */
export function keyFromFile(path: string): { key: Buffer; made: boolean } {
  const made = !existsSync(path) && createFileAtomically(path, `${randomBytes(32).toString('base64')}\n`, 0o600)
  const parsed = encryptionKey.safeParse(readFileSync(path, 'utf8').trim())
  if (parsed.success) return { key: parsed.data, made }
  throw new ConfigError(
    `The key file ${path} ${parsed.error.issues[0]?.message ?? 'holds no key'}. Bring back the file that encrypted the data.`,
  )
}

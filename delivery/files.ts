import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer'
import { hasCode } from '../runtime/error-code.ts'
import type { Mail } from './mail.ts'
import { composed } from './composed.ts'
import { messageOf, withoutAddresses, type Transport } from './transport.ts'

/**
 * Where there is no mail server each mail is a file, to be read with any mail program. The name is the notice's own, so a
 * repeat puts the same file in the same place; it is there whole or not at all, and for its owner alone.
 */
export function fileTransport(folder: string): Transport {
  let swept = -Infinity
  return {
    patienceMs: 20_000,
    async send(mail) {
      try {
        await put(folder, mail)
        const now = Date.now()
        if (now - swept >= sweepsEveryMs) {
          swept = now
          await sweep(folder, now)
        }
        return { kind: 'taken', providerId: `${mail.name}.eml`, remark: null }
      } catch (error) {
        return { kind: 'unreachable', words: withoutAddresses(messageOf(error)) }
      }
    },
    close() {},
  }
}

async function put(folder: string, mail: Mail): Promise<void> {
  const content = await new MailComposer(composed(mail)).compile().build()
  const staged = join(folder, `.${mail.name}.${randomBytes(6).toString('hex')}`)
  try {
    const file = await made(staged).catch(async (error: unknown) => {
      // The folder is not there yet, or not any more.
      if (!hasCode(error, 'ENOENT')) throw error
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return made(staged)
    })
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(staged, join(folder, `${mail.name}.eml`))
  } catch (error) {
    await rm(staged, { force: true })
    throw error
  }
}

const sweepsEveryMs = 600_000
/** Longer than any mail is under way. */
const abandonedMs = 60_000

/** Removes what workers left that were killed while they wrote a mail. */
async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\..+\.[0-9a-f]{12}$/.test(name)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && now - found.mtimeMs > abandonedMs) await rm(path, { force: true })
  }
}

function made(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o600)
}

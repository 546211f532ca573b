import { readFile, writeFile } from 'node:fs/promises'
import { Option } from 'commander'
import { decode, encodings, type Encoding } from '../domain/document/encoding.ts'
import { hasCode } from '../runtime/error-code.ts'

/** A file of text that somebody wrote. */
export interface TextFile {
  /** Without a byte order mark. */
  readonly text: string
  /** Whether it began with one, which an editor may want back. */
  readonly marked: boolean
}

/** `--encoding`, for files that are only read. */
export function encodingOption(): Option {
  return new Option('--encoding <encoding>', 'how the file is written; gb18030 reads GBK and GB 2312 too')
    .choices(encodings)
    .default('utf-8')
}

/** Reads a file, or standard input for `-`. @throws Error with the remedy when it cannot be read, and with the line when it is written otherwise */
export async function readTextFile(path: string, encoding: Encoding = 'utf-8', isOption = true): Promise<TextFile> {
  const bytes = await readFile(path === '-' ? '/dev/stdin' : path).catch((error: unknown) => refuse(path, error))
  const read = decode(bytes, encoding)
  if (read.ok) return read
  const known = encoding === 'utf-8' ? 'UTF-8' : 'GB 18030'
  const seems = read.seems === 'utf-16' ? ', but UTF-16' : read.seems === 'gb18030' ? '; it may be GBK' : ''
  const remedy =
    read.seems !== 'gb18030'
      ? 'Save it as UTF-8.'
      : isOption
        ? 'Save it as UTF-8, or read it with --encoding gb18030.'
        : `Save it as UTF-8: iconv -f GB18030 -t UTF-8 ${path}`
  throw new Error(`${path}:${read.line}: this is not ${known}${seems}. ${remedy}`)
}

/** Writes a file. @throws Error with the remedy when it cannot be written */
export async function writeTextFile(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => refuse(path, error))
}

/** What the system says in a code, with what to do about it; the code stays for whoever can do without the file. */
function refuse(path: string, error: unknown): never {
  const [code, remedy] = remedies.find(([one]) => hasCode(error, one)) ?? []
  if (remedy === undefined) throw error
  throw Object.assign(new Error(`${path}: ${remedy}`, { cause: error }), { code })
}

const remedies = [
  ['ENOENT', 'there is no such file. Check the name, and in which folder you are.'],
  ['ENOTDIR', 'there is no such file. Check the name: what stands before a "/" must be a folder.'],
  ['EISDIR', 'this is a folder. Give the path of a file in it.'],
  ['EACCES', 'this file may not be read or written by you. Ask its owner, or use another user or place.'],
  ['EPERM', 'this file may not be read or written by you. Ask its owner, or use another user or place.'],
] as const

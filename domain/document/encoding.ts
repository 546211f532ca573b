/**
 * From bytes to text, without guessing: a file in another encoding, read as UTF-8, is text with holes, and whoever writes it back
 * has destroyed it.
 */

export const encodings = ['utf-8', 'gb18030'] as const
/** UTF-8, and what Chinese editions of Windows save; GB 18030 holds GBK and GB 2312. */
export type Encoding = (typeof encodings)[number]

export type Decoded =
  /** Without a byte order mark; `marked` says that there was one. */
  | { readonly ok: true; readonly text: string; readonly marked: boolean }
  | {
      readonly ok: false
      /** Counted from 1: the first line that cannot be read. */
      readonly line: number
      /** What it seems to be instead. */
      readonly seems: 'utf-16' | 'gb18030' | undefined
    }

export function decode(bytes: Uint8Array, encoding: Encoding = 'utf-8'): Decoded {
  if (isUtf16(bytes)) return { ok: false, line: 1, seems: 'utf-16' }
  const text = decoded(bytes, encoding)
  if (text !== undefined) return { ok: true, text: text.replace(/^\uFEFF/, ''), marked: text.startsWith('\uFEFF') }
  const readable = encoding === 'utf-8' && decoded(bytes, 'gb18030') !== undefined
  return { ok: false, line: firstUnreadable(bytes, encoding), seems: readable ? 'gb18030' : undefined }
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** By its byte order mark, or by the zero that every second byte of plain letters is. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  const beginning = bytes.subarray(0, 64)
  return beginning.filter((byte) => byte === 0).length * 3 > beginning.length
}

/** In neither encoding does a line feed stand within a letter, so each line can be read by itself. */
function firstUnreadable(bytes: Uint8Array, encoding: Encoding): number {
  let line = 1
  for (let from = 0; from <= bytes.length; line += 1) {
    const end = bytes.indexOf(lineFeed, from)
    const to = end < 0 ? bytes.length : end
    if (decoded(bytes.subarray(from, to), encoding) === undefined) return line
    from = to + 1
  }
  return line
}

const lineFeed = 0x0a

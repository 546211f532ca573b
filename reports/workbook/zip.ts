import { pipeline, Readable } from 'node:stream'
import { createDeflateRaw } from 'node:zlib'

/** A file within an archive, in pieces of text. */
export interface Entry {
  readonly name: string
  readonly content: AsyncIterable<string> | Iterable<string>
}

/**
 * An archive (PKZIP) of files that come one after the other, while they come: of none more is held than the piece at hand. How long each is
 * stands behind it, since nobody knows before.
 * @throws Error where it becomes larger than 4 GiB, which old readers do not read
 */
export async function* zipped(entries: AsyncIterable<Entry>, madeAt: Date): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, content } of entries) {
    const began = offset
    const head = headOf(name, madeAt)
    const local = Buffer.concat([signed(0x04034b50), head, Buffer.from(name)])
    offset += local.length
    yield local
    const sizes = { checksum: 0, plain: 0 }
    let packed = 0
    const deflate = createDeflateRaw()
    // Whatever goes wrong on one side ends the other; the loop below throws it.
    pipeline(Readable.from(encoded(content, sizes)), deflate, () => undefined)
    for await (const piece of deflate) {
      if (!(piece instanceof Uint8Array)) throw new TypeError('deflating gives bytes')
      packed += piece.length
      offset += piece.length
      yield piece
    }
    if (Math.max(offset, sizes.plain) >= largest) throw new Error(`${name} makes the archive larger than 4 GiB: ask for a shorter time`)
    const lengths = numbers([sizes.checksum, 4], [packed, 4], [sizes.plain, 4])
    const tail = Buffer.concat([signed(0x08074b50), lengths])
    offset += tail.length
    yield tail
    directory.push(entryOf(name, head, lengths, began))
  }
  const whole = Buffer.concat(directory)
  yield whole
  const count = directory.length
  yield Buffer.concat([signed(0x06054b50), numbers([0, 2], [0, 2], [count, 2], [count, 2], [whole.length, 4], [offset, 4], [0, 2])])
}

const largest = 0xffff_ffff

/** In pieces worth deflating, counted on their way. */
async function* encoded(content: Entry['content'], sizes: { checksum: number; plain: number }): AsyncGenerator<Buffer> {
  let text = ''
  const counted = () => {
    const bytes = Buffer.from(text)
    text = ''
    sizes.checksum = crc32(bytes, sizes.checksum)
    sizes.plain += bytes.length
    return bytes
  }
  for await (const piece of content) {
    text += piece
    if (text.length > 65_536) yield counted()
  }
  if (text !== '') yield counted()
}

/** Of a file, in front of it and in the directory alike: deflated, lengths behind, name in UTF-8. */
function headOf(name: string, at: Date): Buffer {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const [version, flags, deflated] = [20, 0x0808, 8]
  return numbers([version, 2], [flags, 2], [deflated, 2], [time, 2], [day, 2], [0, 4], [0, 4], [0, 4], [Buffer.byteLength(name), 2], [0, 2])
}

function entryOf(name: string, head: Buffer, lengths: Buffer, began: number): Buffer {
  const described = Buffer.concat([head.subarray(0, 10), lengths, head.subarray(22)])
  return Buffer.concat([
    signed(0x02014b50),
    numbers([20, 2]),
    described,
    numbers([0, 2], [0, 2], [0, 2], [0, 4], [began, 4]),
    Buffer.from(name),
  ])
}

function signed(signature: number): Buffer {
  return numbers([signature, 4])
}

function numbers(...values: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const written = Buffer.alloc(bytes)
      if (bytes === 2) written.writeUInt16LE(value)
      else written.writeUInt32LE(value)
      return written
    }),
  )
}

/** As zlib.crc32, which Node 20.11 has not. */
function crc32(bytes: Uint8Array, before: number): number {
  let sum = ~before
  for (const byte of bytes) sum = (sum >>> 8) ^ (remainders[(sum ^ byte) & 0xff] ?? 0)
  return ~sum >>> 0
}

const remainders = Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether a font has a letter, by its code point. */
export type Letters = (codePoint: number) => boolean

/** Which letters the font of PDFs has: those of the table `cmap` of its file, of which every one has a segmented one (format 12). */
export async function lettersIn(tools: string): Promise<Letters> {
  const folder = join(tools, 'node_modules', '@expo-google-fonts', 'noto-sans-sc', '400Regular')
  return lettersOf(await readFile(join(folder, 'NotoSansSC_400Regular.ttf')))
}

/** @throws Error where the file has no such table */
export function lettersOf(font: Buffer): Letters {
  const ranges = rangesOf(font)
  return (codePoint) => {
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.last ?? 0) < codePoint) low = middle + 1
      else high = middle
    }
    return (ranges[low]?.first ?? Infinity) <= codePoint
  }
}

interface Range {
  readonly first: number
  readonly last: number
}

function rangesOf(font: Buffer): Range[] {
  const [directoryAt, entry] = [12, 16]
  const tables = counted(font.readUInt16BE(4), (at) => directoryAt + at * entry)
  const cmapAt = tables.flatMap((at) => (font.toString('latin1', at, at + 4) === 'cmap' ? [font.readUInt32BE(at + 8)] : []))[0] ?? NaN
  const subtables = Number.isNaN(cmapAt)
    ? []
    : counted(font.readUInt16BE(cmapAt + 2), (at) => cmapAt + font.readUInt32BE(cmapAt + 8 + at * 8))
  const segmented = subtables.find((at) => font.readUInt16BE(at) === 12)
  if (segmented === undefined) throw new Error('the font does not say which letters it has')
  return counted(font.readUInt32BE(segmented + 12), (at) => {
    const group = segmented + 16 + at * 12
    return { first: font.readUInt32BE(group), last: font.readUInt32BE(group + 4) }
  })
}

function counted<T>(length: number, of: (at: number) => T): T[] {
  return Array.from({ length }, (_, at) => of(at))
}

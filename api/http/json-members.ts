import { pathText } from '../../domain/issues.ts'

/** What `JSON.parse` tells nobody of a text it has read: how much there is in it, and which member stands twice in an object. */
export interface Members {
  /** Members of objects and items of lists, counted up to one more than was asked for. */
  readonly count: number
  /** Where a member stands that has a namesake before it; the first ones. */
  readonly repeated: readonly string[]
}

/** Looks through a text that is JSON, once, until it has seen more than `most` members and items, or enough that are wrong. */
export function membersOf(text: string, most: number): Members {
  const open: Place[] = []
  const repeated: string[] = []
  let count = 0
  for (let at = 0; at < text.length && count <= most && repeated.length < mostRepeated; at += 1) {
    const place = open.at(-1)
    switch (text.charAt(at)) {
      case '"': {
        const end = endOfText(text, at)
        if (place?.names && place.isAtName) {
          count += 1
          place.isAtName = false
          place.part = nameIn(text.slice(at, end + 1))
          if (place.names.has(place.part)) repeated.push(pathText(open.map(({ part }) => part)))
          place.names.add(place.part)
        }
        at = end
        break
      }
      case '{':
        open.push({ names: new Set(), isAtName: true, part: '' })
        break
      case '[':
        count += 1
        open.push({ part: 0 })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (place?.names) place.isAtName = true
        else if (typeof place?.part === 'number') {
          count += 1
          place.part += 1
        }
        break
    }
  }
  return { count, repeated }
}

/** Nobody mends more at a time, and a place far inside takes long to name. */
const mostRepeated = 20

/** An object or a list that is not closed yet, and the member or the item of it that is read. */
interface Place {
  /** Of an object: its members so far. */
  readonly names?: Set<string | number>
  isAtName?: boolean
  part: string | number
}

/** Where the text that begins there ends: at the next quotation mark that stands after an even number of backslashes. */
function endOfText(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text[before - 1] === '\\') before -= 1
    if ((end - before) % 2 === 0) return end
  }
  return text.length
}

/** `"\u0061"` is another way to write `"a"`. */
function nameIn(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}

/**
 * Where a text stops being JSON: line and column, from 1. `JSON.parse` says so only of some faults, and each version of
 * the engine in other words.
 */
export function jsonFault(text: string): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, faultAt(text)).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

/** What may come next: a value; a value or the end of a list; a key; a key or the end of an object; and so on. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing'

function faultAt(text: string): number {
  const open: ('{' | '[')[] = []
  let at = 0
  let expected: Expected = 'value'
  for (;;) {
    at += lengthOf(/[\t\n\r ]*/y, text, at)
    const found = text[at]
    if (found === undefined) return at
    if (expected === ':') {
      if (found !== ':') return at
      expected = 'value'
      at += 1
    } else if (expected === ', or end') {
      const within = open.at(-1)
      if (found === ',') expected = within === '{' ? 'key' : 'value'
      else if (found === (within === '{' ? '}' : ']')) expected = closed()
      else return at
      at += 1
    } else if (expected === 'key' || expected === 'key or }') {
      if (found === '}' && expected === 'key or }') {
        expected = closed()
        at += 1
      } else {
        const length = lengthOf(string, text, at)
        if (length === 0) return at
        expected = ':'
        at += length
      }
    } else if (expected === 'nothing') {
      return at
    } else if (found === ']' && expected === 'value or ]') {
      expected = closed()
      at += 1
    } else if (found === '{' || found === '[') {
      open.push(found)
      expected = found === '{' ? 'key or }' : 'value or ]'
      at += 1
    } else {
      const length = lengthOf(string, text, at) || lengthOf(scalar, text, at)
      if (length === 0) return at
      expected = open.length === 0 ? 'nothing' : ', or end'
      at += length
    }
  }

  function closed(): Expected {
    open.pop()
    return open.length === 0 ? 'nothing' : ', or end'
  }
}

const string = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y

function lengthOf(token: RegExp, text: string, at: number): number {
  token.lastIndex = at
  return token.exec(text)?.[0].length ?? 0
}

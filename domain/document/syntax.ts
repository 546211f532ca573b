import { Composer, Lexer, LineCounter, Parser, YAMLParseError, type CST, type Document } from 'yaml'

/**
 * From a text to the nodes of a YAML document, in time that grows as the text does. The bounds are kept while the text is cut
 * into pieces, before anything looks at a piece twice.
 */

export type Syntax =
  | { readonly ok: true; readonly document: Document.Parsed; readonly lines: LineCounter }
  | { readonly ok: false; readonly fault: DocumentBound }

/** The bound that a document passes, and the line where it does. */
export interface DocumentBound {
  readonly bound: 'too-long' | 'too-many-parts' | 'too-deep'
  readonly limit: number
  readonly line?: number
}

/** Reads a document. What is wrong with its syntax stands in it, but a key that stands twice is not looked for. */
export function readSyntax(text: string, mostPieces = usualPieces): Syntax {
  if (text.length > longest) return { ok: false, fault: { bound: 'too-long', limit: longest } }
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let pieces = 0
  for (const piece of new Lexer().lex(text)) {
    for (const token of parser.next(piece)) tokens.push(token)
    pieces += 1
    const line = lines.lineStarts.length
    if (pieces > mostPieces) return { ok: false, fault: { bound: 'too-many-parts', limit: mostPieces, line } }
    if (parser.stack.length > deepest) return { ok: false, fault: { bound: 'too-deep', limit: deepest, line } }
  }
  for (const token of parser.end()) tokens.push(token)
  return { ok: true, document: composed(tokens, text), lines }
}

/** Characters; twenty times the largest profile that comes along. */
export const longest = 1_000_000
/** Words, signs, blanks and line ends. A profile that comes along has some ten thousand, and five times as many hold nobody up for long. */
export const usualPieces = 50_000
/** Lists and mappings within each other, as the parser counts them: a mapping and its entry are two. Profiles need ten. */
export const deepest = 64

function composed(tokens: readonly CST.Token[], text: string): Document.Parsed {
  const composer = new Composer({
    prettyErrors: false,
    // The library compares each key with all before it, and the entries of some types likewise.
    uniqueKeys: false,
    schema: 'core',
    resolveKnownTags: false,
  })
  const [document, second] = withoutTraces(() => firstTwo(composer.compose(tokens, true, text.length)))
  if (!document) throw new Error('a YAML text is at least an empty document')
  if (second) document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'several documents'))
  return document
}

/** Each fault of syntax is an Error. There may be very many, nobody reads where in the library they were made, and noting that takes longest. */
function withoutTraces<T>(work: () => T): T {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = before
  }
}

function firstTwo<T>(all: Iterable<T>): T[] {
  const found: T[] = []
  for (const one of all) {
    found.push(one)
    if (found.length === 2) break
  }
  return found
}

import type { z } from 'zod'
import { judgeDocument } from './judge.ts'
import { openDocument, type DocumentResult, type ReadOptions } from './open.ts'
import { placeFinder } from './places.ts'
import { readSyntax } from './syntax.ts'
import { valuesOf } from './values.ts'

/**
 * Reading of the documents people write: profiles and calendars, in YAML or JSON (X1). Everything wrong is said at
 * once, each with its path (`types[2].fields[0].kind`), its line and a reason that says what to write instead. Whoever may send a document
 * must not stop others by it: reading takes time that grows as the document does (test/unit/domain/document-growth.test.ts).
 */

/**
 * Reads a document of the given schema. `across` adds what has to agree between its parts: beside the schema rather than in it,
 * since zod leaves its checks out where a part is wrong in certain ways.
 */
export function readDocument<T>(
  text: string,
  schema: z.ZodType<T>,
  options: ReadOptions = {},
  across: (document: unknown, context: z.RefinementCtx) => void = () => {},
): DocumentResult<T> {
  const opened = openDocument(text, options)
  if (!opened.ok) return opened
  const { data, errors } = judgeDocument(opened, schema, { across })
  return errors.length === 0 && data !== undefined ? { ok: true, value: data } : { ok: false, errors, read: opened.value }
}

/** The line of a place in a text that could be read; for what is found wrong with it afterwards. */
export function lineIn(text: string, path: readonly PropertyKey[]): number | undefined {
  const syntax = readSyntax(text)
  if (!syntax.ok) return undefined
  const values = valuesOf(syntax.document)
  return 'fault' in values ? undefined : placeFinder(syntax.document, syntax.lines, values.named)(path)?.line
}

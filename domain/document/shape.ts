import { z } from 'zod'
import { own } from '../own.ts'

/** The schema at a path; undefined where nothing is known. */
export function schemaAt(schema: unknown, path: readonly PropertyKey[]): unknown {
  return bare(path.reduce<unknown>(partOf, schema))
}

/** The keys that a schema knows at a path; empty where it knows none or any. */
export function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  return keysOf(schemaAt(schema, path))
}

function keysOf(object: unknown): string[] {
  // Whichever form with keys was meant.
  if (object instanceof z.ZodUnion) return [...new Set(object.options.flatMap((form) => keysOf(bare(form))))]
  if (object instanceof z.ZodRecord && object.keyType instanceof z.ZodEnum) return object.keyType.options.map(String)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

/** The schema of a member or an item; undefined where the schema knows none. */
export function partOf(whole: unknown, part: PropertyKey): unknown {
  const schema = bare(whole)
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, unknown>> = schema.shape
    return typeof part === 'string' ? own(shape, part) : undefined
  }
  if (schema instanceof z.ZodArray) return schema.element
  // The form that knows such a part is the one that was meant.
  if (schema instanceof z.ZodUnion) return schema.options.map((form) => partOf(form, part)).find((found) => found !== undefined)
  return schema instanceof z.ZodRecord ? schema.valueType : undefined
}

/** The schema without what only says that a value may be left out, or what stands for it then. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return bare(schema.unwrap())
  return schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform ? bare(schema.out) : schema
}

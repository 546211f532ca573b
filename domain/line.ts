import { z } from 'zod'

/**
 * Schemas of texts that stand in one line: names, titles, words. What is sent is brought into that form at the border, by the
 * schema (api/http/tidy.ts), and not by the schema itself: a process takes again whatever it once took, or it could not be replayed.
 */
const lines = new WeakSet<z.core.$ZodType>()

/** Marks the schema, and whatever is made of it by describing it or by letting it be left out. */
export function inOneLine<S extends z.ZodType>(schema: S): S {
  lines.add(schema)
  return schema
}

export function isOneLine(schema: unknown): boolean {
  if (!(schema instanceof z.ZodType)) return false
  if (lines.has(schema)) return true
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return isOneLine(schema.unwrap())
  return isOneLine(schema._zod.parent)
}

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { DocumentError, DocumentFormat, ReadOptions } from '../domain/document/read.ts'
import { parsedJson, textBody } from './input.ts'
import type { Env } from './operation.ts'
import { invalidInput } from './problem.ts'

/** A profile or a calendar as the body of a request, in YAML or JSON (X1). */

const bodyTypes = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'] as const

/** The text of the body, and how to read it: in its format, with reasons in the caller's language. */
export async function documentText(c: Context<Env>): Promise<{ readonly source: string; readonly options: ReadOptions }> {
  const source = await textBody(c, bodyTypes)
  const format: DocumentFormat = /^application\/json/i.test(c.req.header('content-type') ?? '') ? 'json' : 'yaml'
  if (format === 'json') parsedJson(source)
  return { source, options: { format, locale: c.get('locale') } }
}

/** Refuses a document with everything that is wrong in it: path, line and reason. */
export function faultyDocument(errors: readonly DocumentError[]): Error {
  return invalidInput(
    errors.map(({ path, line, reason }) => ({
      path,
      code: 'other',
      params: { message: reason },
      ...(line !== undefined && { line }),
    })),
  )
}

/** Which version of it; in a query. */
export const versionQuery = z
  .string()
  .regex(/^\d{1,9}$/, 'int')
  .transform(Number)
  .optional()
  .openapi({ type: 'integer', description: 'default: the newest' })

/** Whether the caller wants the document as it was written rather than in JSON. */
export function wantsYaml(c: Context<Env>): boolean {
  return /yaml/.test(c.req.header('accept') ?? '')
}

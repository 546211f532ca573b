import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * One request and its answer for each operation, shown in the OpenAPI document. They were recorded from a real conversation
 * (`npm run examples:record`), and test/integration/examples.test.ts holds it again.
 */

const exampleSchema = z.strictObject({
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** What is sent in JSON. */
  body: z.unknown().optional(),
  /** What is sent in YAML: one of the files that come along. */
  bodyFile: z.string().optional(),
  answer: z.unknown(),
})

export type Example = z.output<typeof exampleSchema>
/** By the ids of the operations. */
export type Examples = Readonly<Record<string, Example>>

export const examplesSchema = z.record(z.string(), exampleSchema)

export const examplesPath = new URL('examples.json', import.meta.url)

/** What an example sends in YAML. */
export function bodyText(bodyFile: string): string {
  return readFileSync(new URL(`../../${bodyFile}`, import.meta.url), 'utf8')
}

export function readExamples(): Examples {
  return examplesSchema.parse(JSON.parse(readFileSync(examplesPath, 'utf8')))
}

import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { headPageSchema, headSchema } from '../api/views/process-schemas.ts'
import { said, type Labels } from '../domain/labels.ts'
import { clientFor, whereFor } from './asking.ts'
import { download } from './client.ts'
import type { Asking } from './commands/asking.ts'
import { refusalText } from './refusal.ts'
import { columns, pad } from './terminal-text.ts'

/** What reports and assessments have in common on a terminal: they are made, listed and fetched alike. */

export type Plural = 'reports' | 'assessments'

const words = {
  none: said('还没有。', '還沒有。', 'There are none yet.'),
  written: said('已写入', '已寫入', 'written to'),
} satisfies Record<string, Labels>

/** Opens one and waits until it is reckoned; its number. */
export async function opened(plural: Plural, input: Readonly<Record<string, unknown>>, asking: Asking): Promise<string> {
  const made = await clientFor(asking).open(plural, input)
  if (!made.ok) throw new Error(refusalText(made.refusal, asking.lang))
  const { number } = made.value
  const until = Date.now() + patienceMs
  while ((await stageOf(plural, number, asking)) === 'reckoning' && Date.now() < until) await sleep(500)
  return number
}

const patienceMs = 10 * 60_000

export async function list(plural: Plural, asking: Asking): Promise<void> {
  const { items } = await answered(asking, `/api/${plural}?limit=100`, headPageSchema)
  if (items.length === 0) console.log(words.none[asking.lang])
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map(columns))
  const numbers = width(items.map(({ number }) => number))
  const stages = width(items.map(({ stageLabel }) => stageLabel))
  for (const { number, stageLabel, title } of items) console.log(`${pad(number, numbers)}  ${pad(stageLabel, stages)}  ${title}`)
}

/** Prints it, or writes it where it was said. */
export function putOut(bytes: Buffer, { out, lang }: { readonly out: string | undefined } & Pick<Asking, 'lang'>): void {
  if (out === undefined) console.log(bytes.toString())
  else {
    writeFileSync(out, bytes)
    console.log(`${words.written[lang]} ${out}`)
  }
}

/** @throws Error that says which option is missing */
export function wantFile(format: string, out: string | undefined): void {
  if ((format === 'pdf' || format === 'xlsx') && out === undefined)
    throw new Error(`What is asked for as ${format} is no text: say with --out into which file it goes.`)
}

async function stageOf(plural: Plural, number: string, asking: Asking): Promise<string> {
  return (await headOf(plural, number, asking, z.looseObject({ stage: headSchema.shape.stage }))).stage
}

/** How one of them stands. */
export function headOf<S extends z.ZodType>(plural: Plural, number: string, asking: Asking, schema: S): Promise<z.output<S>> {
  return answered(asking, `/api/${plural}/${encodeURIComponent(number)}`, schema)
}

async function answered<S extends z.ZodType>(asking: Asking, path: string, schema: S): Promise<z.output<S>> {
  return schema.parse(JSON.parse((await fetched(asking, path)).toString()))
}

export function fetched(asking: Asking, path: string): Promise<Buffer> {
  return download({ ...whereFor(asking), locale: asking.lang }, path)
}

import { processes } from '../../../processes/index.ts'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../../api/app.ts'
import type { Gateway } from '../../../gateway/gateway.ts'
import { requestHeaders } from '../../../api/http/headers.ts'
import { checked } from '../../../api/http/input.ts'
import { bodyLimitBytes } from '../../../api/http/limits.ts'
import { longestOf } from '../../../api/http/lengths.ts'
import { formats, kinds } from '../../../api/messages/catalogue.ts'
import { connect } from '../../../db/connect.ts'
import { keysOf } from '../../../db/contact-vault.ts'
import { calendarSchema } from '../../../domain/calendar/schema.ts'
import { profileSchema } from '../../../domain/profile/schema.ts'
import { systemClock } from '../../../runtime/clock.ts'
import { createPayloadVault } from '../../../runtime/payload-codec.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { expectLinear } from '../../support/growth.ts'
import { noSchedules } from '../../support/no-schedules.ts'

/**
 * Whatever text a caller may send, in whatever place of whatever operation, command or document: it has a bound, and looking at it
 * takes time that grows as it does.
 */

const db = connect('postgres://127.0.0.1:1/none', { connectTimeoutMs: 500 })
afterAll(() => db.destroy())
const notAsked = () => Promise.reject(new Error('not asked'))
const gateway: Gateway = {
  ...{ schedules: noSchedules, findable: notAsked, start: notAsked, step: notAsked, wake: notAsked, batch: notAsked, reachable: notAsked },
  close: () => Promise.resolve(),
}
const key = Buffer.alloc(32, 1)
const codec = { vault: createPayloadVault({ keys: [key], temporalNamespace: 'default' }), uis: [], secret: undefined }
const { app } = createApp({
  processes,
  db,
  gateway,
  clock: systemClock,
  keys: keysOf(key),
  codec,
  customerLimits: { registrations: 1, acts: 1 },
  log: pino({ level: 'silent' }),
})

interface Beside {
  readonly key: string
  readonly beside: Readonly<Record<string, unknown>>
}

interface Place {
  /** Keys, and 0 for any item; what stands under it is a text. Beside a key may have to stand what says which form the object has. */
  readonly path: readonly (string | 0 | Beside)[]
  readonly schema: z.ZodType
  /** Of what it is a part. */
  readonly holder?: z.ZodType
}

/** Every place where a text may stand. */
function textsIn(schema: unknown, path: Place['path'] = [], holder?: z.ZodType): Place[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return textsIn(schema.unwrap(), path, holder)
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodPrefault) return textsIn(schema.unwrap(), path, holder)
  if (schema instanceof z.ZodPipe) return textsIn(schema.in, path, holder)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => textsIn(option, path, holder))
  if (schema instanceof z.ZodArray) return textsIn(schema.element, [...path, 0], holder)
  if (schema instanceof z.ZodRecord)
    return textsIn(schema.valueType, [...path, schema.keyType instanceof z.ZodEnum ? String(schema.keyType.options[0]) : 'key'], schema)
  if (schema instanceof z.ZodObject) {
    const literals = Object.entries(schema.shape).flatMap(([key, inner]) =>
      inner instanceof z.ZodLiteral ? [[key, inner.value] as const] : [],
    )
    const beside = Object.fromEntries(literals)
    return Object.entries(schema.shape).flatMap(([key, inner]) =>
      textsIn(inner, [...path, literals.length > 0 ? { key, beside } : key], schema),
    )
  }
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodUnknown
    ? [{ path, schema, ...(holder && { holder }) }]
    : []
}

function holding(path: Place['path'], text: string): unknown {
  return path.reduceRight<unknown>((inside, part) => {
    if (part === 0) return [inside]
    return typeof part === 'string' ? { [part]: inside } : { ...part.beside, [part.key]: inside }
  }, text)
}

const headers = z.object({ ...requestHeaders.all, ...requestHeaders.keyed, ...requestHeaders.seen, ...requestHeaders.known })
const sent = [
  { what: 'headers', schema: headers },
  ...app.operations.flatMap(({ method, path, params, query, content = {} }) => [
    ...[params, query].map((schema) => ({ what: `${method} ${path}`, schema })),
    ...Object.values(content).flatMap((schema) => (schema instanceof z.ZodObject ? [{ what: `body of ${method} ${path}`, schema }] : [])),
  ]),
]
const schemas = onceEach([
  ...sent,
  ...ticketProcess.commands.map(({ name, input }) => ({ what: `command ${name}`, schema: input })),
  { what: 'a profile', schema: profileSchema },
  { what: 'a calendar', schema: calendarSchema },
])

const pieces = [
  ' ',
  '\u3000',
  '\t',
  '\n',
  '\r\n',
  '1',
  'a',
  'A',
  '-',
  '.',
  '@',
  'a@',
  'a.',
  '[',
  '{',
  '(',
  '{a}',
  '[a',
  '1 ',
  ' 1',
  '1,',
  '+',
  '%',
  'PT1',
  ':',
  '/',
  '转',
  'é',
  '\u200b',
  '<',
  '=',
  '"',
  '\\',
]

/** A command is a route too. */
function onceEach<T extends { readonly schema: z.ZodType }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.schema, one])).values()]
}

it('there are operations, commands and documents, and texts in them', () => {
  expect(sent.length).toBeGreaterThan(60)
  expect(schemas.flatMap(({ schema }) => textsIn(schema)).length).toBeGreaterThan(150)
})

describe.each(schemas)('$what', ({ what, schema }) => {
  const places = textsIn(schema).map((place) => ({
    ...place,
    where: place.path.map((part) => (typeof part === 'object' ? part.key : part)).join('.'),
  }))

  // A condition stands wherever a rule does, and takes as long there.
  const unlike = places.filter(
    ({ schema: text, holder }, at) => !places.slice(0, at).some((other) => other.schema === text && other.holder === holder),
  )

  it('takes no text without end', () => {
    for (const { path, schema: text, where } of places) {
      const long = 'a'.repeat(Math.min(longestOf(text) + 1, bodyLimitBytes))
      if (long.length === bodyLimitBytes) continue
      const errors = refusals(() => checked(schema, holding(path, long)))
      // What has a form says that: its own bound may be lower.
      const isTold = ({ code, params }: Refusal) =>
        code === 'too-long' ? params.limit === longestOf(text) : isNamed(params.expected) || (code === 'wrong-format' && isDocument(what))
      expect(errors.filter(isTold), where).not.toEqual([])
    }
  })

  it.skipIf(isDocument(what))('says which form a text must have in words of our own, and in no sentence of a validator', () => {
    for (const { path, where } of places) {
      const unfit = refusals(() => checked(schema, holding(path, '¿?'))).filter(({ code }) => code === 'wrong-format')
      expect(
        unfit.filter(({ params }) => !isNamed(params.expected)),
        where,
      ).toEqual([])
    }
  })

  it('looks at a text in time that grows as the text does', () => {
    for (const piece of pieces)
      expectLinear(
        `${what}: texts of ${JSON.stringify(piece)}`,
        2_000,
        (size) => unlike.map(({ path }) => holding(path, piece.repeat(size / piece.length))),
        (values) => {
          // As the process and whoever reads a document do it, and as the border does.
          for (const value of values) {
            schema.safeParse(value, { reportInput: true })
            refusals(() => checked(schema, value))
          }
        },
      )
  })
})

const refusalSchema = z.object({
  code: z.string(),
  params: z.object({ limit: z.number().optional(), expected: z.string().optional() }).default({}),
})
type Refusal = z.output<typeof refusalSchema>

function refusals(act: () => unknown): readonly Refusal[] {
  try {
    act()
    return []
  } catch (refused) {
    return z.object({ errors: z.array(refusalSchema) }).parse(refused).errors
  }
}

/** What is written as a document is told of in the sentences of documents (`domain/document/sentences.ts`). */
function isDocument(what: string): boolean {
  return ['a profile', 'a calendar', 'command change-calendar', 'body of post /api/profiles/check'].includes(what)
}

/** Whether it is a form that has a name in three languages; `regex` stands for those that have none. */
function isNamed(expected: string | undefined): boolean {
  return [...formats, ...kinds].some((name) => name === expected && name !== 'regex')
}

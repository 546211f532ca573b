import { setImmediate as othersFirst } from 'node:timers/promises'
import { pascal } from './names.ts'
import { z } from 'zod'
import { own } from '../../domain/own.ts'
import { roles as allRoles } from '../../domain/people.ts'
import { productVersion } from '../../runtime/version.ts'
import { bodyText, type Example, type Examples } from './examples.ts'
import { headerSchemas, requestHeaders } from '../http/headers.ts'
import { createSchemaBook, type Json, type Named, type SchemaBook } from './schemas.ts'
import { problemDescriptions, problemSchema } from '../problems/schemas.ts'
import type { Group, Operation } from './operation.ts'

/**
 * The OpenAPI document of the operations: valid, and such that the usual generators make clients of it that compile. It takes a
 * second, in which others are answered: after each operation. `added` are groups of operations beside the product's own: they stand behind the acts.
 */
export async function openApiDocument(operations: readonly Operation[], examples: Examples, added: readonly Group[]) {
  const book = createSchemaBook()
  const problem = book.of(problemSchema, 'output')
  const described: (Operation & { readonly entry: ReturnType<typeof entryOf> })[] = []
  for (const operation of operations) {
    described.push({ ...operation, entry: entryOf(operation, book, own(examples, operation.id)) })
    await othersFirst()
  }
  const paths = record(new Set(operations.map(({ path }) => path)), (path) => {
    const here = described.filter((operation) => operation.path === path)
    return Object.fromEntries(here.map(({ method, entry }) => [method, entry] as const))
  })
  return {
    ...apiDescription,
    tags: apiDescription.tags.flatMap((tag) => (tag.name === 'Steps' ? [tag, ...added] : [tag])),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of a person, as `bihuan token create` prints it' },
      },
      headers: Object.fromEntries(
        Object.entries(headerSchemas).map(([name, schema]) => [name, headerOf(book.of(schema, 'output'))] as const),
      ),
      responses: Object.fromEntries(
        Object.entries(problemDescriptions).map(
          ([status, text]) => [`Problem${status}`, problemAnswer(Number(status), text, problem)] as const,
        ),
      ),
      schemas: book.components(),
      examples: shippedExamples(examples),
    },
  }
}

function entryOf(operation: Operation, book: SchemaBook, example: Example | undefined) {
  const { id, tag, summary, description, extensions, answer, also, roles, yaml, files = [] } = operation
  const name = pascal(id)
  const schema = book.of(answer.schema, 'output', { name: `${name}Answer`, description: `What \`${id}\` answers` })
  const content = {
    'application/json': { schema, ...(example && { example: example.answer }) },
    ...Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    ...(yaml && { 'application/yaml': { schema: { type: 'string', description: 'The document as it was written' } } }),
  }
  const headers = referencesTo('headers', answerHeaders(operation))
  const answers = [answer, ...(also ? [also] : [])].map(({ status, description }) => [status, { description, headers, content }] as const)
  const unchanged = { description: 'What the tag in `If-None-Match` stands for is still what would be answered', headers }
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, `**Who:** ${who(operation)}`].filter((part) => part !== undefined).join('\n\n'),
    'x-roles': roles,
    ...extensions,
    security: [{ bearer: [] }],
    parameters: parametersOf(operation, book, example),
    ...(operation.content && {
      requestBody: bodyOf(operation.content, { name: `${name}Body`, description: `What \`${id}\` takes` }, book, example),
    }),
    responses: {
      ...Object.fromEntries(answers),
      ...(isRead(operation) && operation.tagged && { 304: unchanged }),
      ...record(problemsOf(operation), (status) => ({ $ref: `#/components/responses/Problem${status}` })),
    },
  }
}

/** Who may, in words. */
function who({ roles, ownOnly = [] }: Operation): string {
  if (roles.length === allRoles.length && ownOnly.length === 0) return 'whoever is signed in'
  return roles.map((role) => (ownOnly.includes(role) ? `${role} (own)` : role)).join(', ')
}

function isRead({ method }: Operation): boolean {
  return method === 'get'
}

function answerHeaders({ answer, keyed, tagged }: Operation): (keyof typeof headerSchemas)[] {
  return [
    ...always,
    ...(answer.sends ?? []),
    ...(tagged ? (['ETag'] as const) : []),
    ...(keyed ? (['Idempotency-Key', 'Idempotency-Replayed'] as const) : []),
  ]
}

const always = ['X-Request-Id', 'Content-Language'] as const

/** Statuses with which an operation may refuse. */
function problemsOf(operation: Operation): number[] {
  const { roles, keyed, tagged, problems = [] } = operation
  const statuses = [401, 422, 500, 503, ...problems]
  if (roles.length < allRoles.length) statuses.push(403)
  if (!isRead(operation)) statuses.push(400, 413, 415)
  if (keyed && tagged) statuses.push(412)
  return [...new Set(statuses)].toSorted((a, b) => a - b)
}

function problemAnswer(status: number, description: string, schema: Json) {
  const headers = [
    ...always,
    // Where the operation takes one.
    'Idempotency-Key',
    ...(status === 401 ? ['WWW-Authenticate'] : []),
    ...([429, 503, 504].includes(status) ? ['Retry-After'] : []),
  ]
  return { description, headers: referencesTo('headers', headers), content: { 'application/problem+json': { schema } } }
}

function referencesTo(kind: string, names: readonly string[]) {
  return record(names, (name) => ({ $ref: `#/components/${kind}/${name}` }))
}

function headerOf({ description, ...schema }: Json) {
  return { description, schema }
}

function parametersOf(operation: Operation, book: SchemaBook, { params: inPath, query: inQuery }: Partial<Example> = {}) {
  const { params, query, keyed, tagged } = operation
  return [
    ...parametersIn('path', params, book, inPath),
    ...parametersIn('query', query, book, inQuery),
    ...parametersIn(
      'header',
      z.object({
        ...requestHeaders.all,
        ...(keyed && requestHeaders.keyed),
        ...(tagged && (isRead(operation) ? requestHeaders.known : requestHeaders.seen)),
      }),
      book,
    ),
  ]
}

function parametersIn(place: 'path' | 'query' | 'header', schema: z.ZodObject, book: SchemaBook, examples: Example['query'] = {}) {
  const { properties = {}, required = [] } = book.of(schema, 'input')
  return Object.entries(properties).map(([name, property]) => {
    if (typeof property !== 'object') throw new Error(`${name} may be anything`)
    const { description } = property
    delete property.description
    const example = own(examples, name)
    return { name, in: place, required: required.includes(name), description, schema: property, ...(example !== undefined && { example }) }
  })
}

function bodyOf(content: Readonly<Record<string, z.ZodType>>, named: Named, book: SchemaBook, example: Example | undefined) {
  const schemas = Object.entries(content).map(([type, schema]) => {
    const isJson = type === 'application/json'
    const inJson = isJson && example?.body !== undefined && { example: example.body }
    const inYaml = !isJson &&
      example?.bodyFile !== undefined && { examples: { shipped: { $ref: `#/components/examples/${shippedExample}` } } }
    return [type, { schema: book.of(schema, 'input', isJson ? named : undefined), ...inJson, ...inYaml }] as const
  })
  return { required: !Object.values(content).some((schema) => schema.safeParse({}).success), content: Object.fromEntries(schemas) }
}

/** What is too long to stand at each operation that takes it. */
function shippedExamples(examples: Examples) {
  const [bodyFile] = Object.values(examples).flatMap((example) => example.bodyFile ?? [])
  return bodyFile === undefined ? {} : { [shippedExample]: { summary: 'A profile that comes along', value: bodyText(bodyFile) } }
}

const shippedExample = 'ShippedProfile'

function record<K extends string | number, V>(keys: Iterable<K>, valueOf: (key: K) => V): Record<string, V> {
  return Object.fromEntries([...keys].map((key) => [key, valueOf(key)] as const))
}

const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Bihuan',
    version: productVersion,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description: [
      'Bihuan 闭环: customer-support ticketing in which every ticket is a durable workflow, so that no promise made to a customer is forgotten.',
      '',
      '**Signing in.** `Authorization: Bearer <token>`.',
      '',
      '**Repeating safely.** Send an `Idempotency-Key` with every POST that takes one: the same key gives the same answer and takes effect once, also after a 503 or 504. A refused request does not use its key up.',
      '',
      '**Acting on what you saw.** `ETag` begins with the version of what is read; with `If-Match` an act is refused (412) when somebody was faster. With `If-None-Match` what has not changed is answered with 304.',
      '',
      '**When something is wrong.** Every error is `application/problem+json` (RFC 9457) in the language of `Accept-Language` (zh-CN, zh-TW, en): what was wrong, where (`errors[]` with `path` and `message`) and what to do. `type` is the address of a page that explains it; `/problems` lists them all.',
      '',
      '**Lists** that come in pages have `next`: give it as `cursor` for the next page. Lists without it are whole.',
      '',
      '**Forms.** A member of what is sent to a command says what a form calls it (`x-label`; `x-choices`: the values of an enumeration) and from which list it is chosen (`x-choices-from`).',
      '',
      '**Instants** are ISO 8601 in UTC; input may have any offset but must have one. **Texts of answers** (`label`, `detail` …) are in the language asked for; ids and codes never are.',
      '',
      '**Later versions** may add members to answers; a client ignores those it does not know.',
    ].join('\n'),
    contact: { name: 'Whoever runs this installation' },
  },
  servers: [{ url: '/', description: 'Where this document came from' }],
  tags: [
    { name: 'Tickets', description: 'Registering, finding and reading tickets' },
    { name: 'Steps', description: 'Every act on a ticket, one operation each' },
    { name: 'Customers', description: 'The directory of customers: people and organisations, and how they are found' },
    { name: 'Work', description: 'What waits for whom' },
    { name: 'Figures', description: 'What is reckoned of tickets, of any time, and what each figure means' },
    { name: 'People', description: 'People, teams, absences, handing over' },
    { name: 'Profiles', description: 'The process as a versioned document' },
    { name: 'Calendars', description: 'Working time and holidays' },
    { name: 'Notices', description: 'What was said to whom, and what became of it' },
    { name: 'Tokens', description: 'Tokens of the API, by which people and machines sign in' },
    { name: 'Templates', description: '话术: scripts for the phone and the chat' },
    { name: 'Requests', description: 'What became of a POST' },
    { name: 'Service', description: 'What machines ask' },
  ],
}

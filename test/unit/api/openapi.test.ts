import { beforeAll, describe, expect, it } from 'vitest'
import { eventTypes } from '../../../api/views/ticket-events.ts'
import { fieldErrorCodes, rejectionCodes } from '../../../domain/rejection.ts'
import { apiFieldErrors, apiProblems } from '../../../api/messages/catalogue.ts'
import { processes as withLoans } from '../../loan/processes/index.ts'
import { apiDocument, type ApiDocument, type DocumentedOperation, type Schema } from '../../support/api-document.ts'

/** The OpenAPI document is one from which clients can be made; each test here finds the next member that is not as it should be. */

let document: ApiDocument
beforeAll(async () => {
  // With a type that has no routes of its own.
  document = await apiDocument(withLoans)
})

const operations = (): DocumentedOperation[] => Object.values(document.paths).flatMap((methods) => Object.values(methods))

/** Every schema in the document with its place, references not followed. */
function places(): [string, Schema][] {
  const found: [string, Schema][] = []
  const add = (place: string, schema: Schema): void => {
    found.push([place, schema])
    for (const [name, member] of Object.entries(schema.properties ?? {})) add(`${place}.${name}`, member)
    if (schema.items) add(`${place}[]`, schema.items)
    if (typeof schema.additionalProperties === 'object') add(`${place}{}`, schema.additionalProperties)
    for (const [at, one] of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].entries()) add(`${place}|${at}`, one)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) add(name, schema)
  for (const { operationId, parameters, requestBody, responses } of operations()) {
    for (const { name, schema } of parameters) add(`${operationId} ${name}`, schema)
    for (const { schema } of Object.values(requestBody?.content ?? {})) add(`${operationId} body`, schema)
    for (const [status, { content }] of Object.entries(responses))
      for (const { schema } of Object.values(content ?? {})) add(`${operationId} ${status}`, schema)
  }
  return found
}

function meant(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '')
  return name === undefined ? schema : { ...document.components.schemas[name], ...schema }
}

/** Every text in a part of the document with its place, references followed once. */
function textsIn(part: unknown, place: string, seen = new Set<string>()): { readonly place: string; readonly text: string }[] {
  if (typeof part === 'string') return [{ place, text: part }]
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, inner]: [string, unknown]) => {
    if (name !== '$ref' || typeof inner !== 'string') return textsIn(inner, `${place}.${name}`, seen)
    if (seen.has(inner)) return []
    seen.add(inner)
    const names = inner.replace('#/', '').split('/')
    return textsIn(names.reduce<unknown>(memberOf, document), `${place}.${names.at(-1) ?? ''}`, seen)
  })
}

function memberOf(whole: unknown, name: string): unknown {
  return typeof whole === 'object' && whole !== null ? Object.entries(whole).find(([member]) => member === name)?.[1] : undefined
}

const faulty = (isFaulty: (schema: Schema, place: string) => boolean): string[] =>
  places().flatMap(([place, schema]) => (isFaulty(schema, place) ? [place] : []))

describe('schemas', () => {
  it('are described, each member, each parameter and each by itself', () => {
    const members = faulty((schema, place) => /\.[^.[\]{}|]+$/.test(place) && !meant(schema).description)
    const named = Object.entries(document.components.schemas).flatMap(([name, { description }]) => (description ? [] : [name]))
    const parameters = operations().flatMap(({ operationId, parameters: all }) =>
      all.flatMap(({ name, description }) => (description ? [] : [`${operationId} ${name}`])),
    )
    expect([...members, ...named, ...parameters]).toEqual([])
  })

  it('have patterns that are patterns in every language: without flags', () => {
    expect(faulty(({ pattern }) => pattern !== undefined && (/\/[a-z]*$/.test(pattern) || pattern.startsWith('/')))).toEqual([])
    expect(
      new RegExp(document.components.schemas['RecordAbsenceBody']?.properties?.['person']?.pattern ?? '^$', 'u').test('Engineer-Wang'),
    ).toBe(true)
  })

  it('have no defaults that other languages cannot have', () => {
    expect(faulty((schema) => 'default' in schema && typeof schema['default'] === 'object')).toEqual([])
  })

  it('have no nameless objects that may be null: a class needs a name', () => {
    const nullable = faulty(({ type, properties }) => Array.isArray(type) && type.includes('null') && properties !== undefined)
    const inUnion = faulty(({ anyOf = [], oneOf = [] }) => [...anyOf, ...oneOf].some(({ properties }) => properties !== undefined))
    expect([...nullable, ...inUnion]).toEqual([])
  })

  it('say of the members that they demand what these are', () => {
    expect(faulty(({ required = [], properties = {} }) => required.some((name) => !(name in properties)))).toEqual([])
  })
})

describe('names', () => {
  it('do not hide what every program has', () => {
    const inEveryLanguage = [...globals, 'close', 'confirm', 'wait', 'print', 'open', 'import', 'delete', 'assert', 'accept', 'release']
    const ids = operations().map(({ operationId }) => operationId)
    expect(ids.filter((id) => inEveryLanguage.includes(id))).toEqual([])
    expect(ids.filter((id) => !/^[a-z]+[A-Z][a-zA-Z]+$/.test(id))).toEqual([])
    const schemas = Object.keys(document.components.schemas)
    expect(schemas.filter((name) => globals.includes(name))).toEqual([])
    // Go's clients make a Token with NewToken.
    expect(schemas.filter((name) => schemas.includes(name.replace(/^New/, '')) && name.startsWith('New'))).toEqual([])
  })

  it('make a package', () => {
    expect(document.info.title).toMatch(/^[A-Za-z][A-Za-z0-9]*$/)
    expect(document.servers.map(({ url }) => url)).toEqual(['/'])
  })

  it('of the groups are all explained', () => {
    expect([...new Set(operations().flatMap(({ tags }) => tags))].toSorted()).toEqual(document.tags.map(({ name }) => name).toSorted())
  })
})

const globals = Object.getOwnPropertyNames(globalThis).concat([
  // Java: java.lang, which every file imports.
  'Character',
  'Class',
  'Comparable',
  'Double',
  'Enum',
  'Exception',
  'Float',
  'Integer',
  'Iterable',
  'Long',
  'Module',
  // Of java.util and java.time, what generated classes import by name.
  'Currency',
  'Duration',
  'Instant',
  'Locale',
  'Objects',
  'Period',
  'Override',
  'Package',
  'Process',
  'Record',
  'Runnable',
  'Runtime',
  'Short',
  'System',
  'Thread',
  'Throwable',
  'Void',
  // Python: what starts with a capital, of the language and of typing; what generated clients import.
  'Any',
  'Callable',
  'Client',
  'Enum',
  'File',
  'List',
  'Literal',
  'None',
  'Optional',
  'True',
  'False',
  'Type',
  'Union',
  'Unset',
  // Go and its generated clients.
  'APIClient',
  'Configuration',
  // What browsers have beside Node.
  'Event',
  'Request',
  'Response',
  'Promise',
  'Error',
  'Map',
  'Set',
  'Node',
  'Text',
  'Notification',
])

describe('operations', () => {
  it('tell the headers that they take and send', () => {
    const { headers } = document.components
    expect(Object.keys(headers)).toEqual(
      expect.arrayContaining([
        'ETag',
        'Location',
        'Idempotency-Key',
        'Idempotency-Replayed',
        'Retry-After',
        'X-Request-Id',
        'Content-Language',
      ]),
    )
    for (const status of [429, 503, 504])
      expect(document.components.responses[`Problem${status}`]?.headers, String(status)).toHaveProperty('Retry-After')
    const claim = document.paths['/api/tickets/{number}/claim']?.['post']
    expect(claim?.parameters.map(({ name }) => name)).toEqual(['number', 'Accept-Language', 'Idempotency-Key', 'If-Match'])
    expect(Object.keys(claim?.responses['200']?.headers ?? {})).toEqual([
      'X-Request-Id',
      'Content-Language',
      'ETag',
      'Idempotency-Key',
      'Idempotency-Replayed',
    ])
    const ticket = document.paths['/api/tickets/{number}']?.['get']
    expect(ticket?.parameters.map(({ name }) => name)).toContain('If-None-Match')
    expect(ticket?.responses).toHaveProperty('304')
  })

  it('that answer with `next` take it as `cursor`, and no others', () => {
    for (const { operationId, parameters, responses } of operations()) {
      const answer = meant(Object.values(responses['200']?.content ?? {})[0]?.schema ?? {})
      expect(
        parameters.some(({ name }) => name === 'cursor'),
        operationId,
      ).toBe(['items', 'next'].every((name) => name in (answer.properties ?? {})))
    }
  })

  it('call by one name what they ask for and answer', () => {
    const stage = document.paths['/api/tickets']?.['get']?.parameters.find(({ name }) => name === 'stage')?.schema
    expect(stage).toEqual({ $ref: '#/components/schemas/Stage' })
    for (const name of ['Ticket', 'TicketSummary', 'RegisteredTicket', 'StepAnswer', 'Outlook'])
      expect(document.components.schemas[name]?.properties?.['stage'], name).toMatchObject(stage ?? {})
  })
})

describe('bounds', () => {
  /** Everything that stands in what is sent, documents apart: those have a bound as a whole, and their pieces are counted. */
  it('stand at everything that is sent', () => {
    const boundless = new Set<string>()
    const seen = new Set<string>()
    const look = (schema: Schema, place: string): void => {
      const name = schema.$ref?.replace('#/components/schemas/', '')
      if (name !== undefined) {
        if (!seen.has(name)) look(document.components.schemas[name] ?? {}, name)
        seen.add(name)
        return
      }
      const types = [schema.type ?? []].flat()
      const isNamed = schema.enum !== undefined || schema.const !== undefined
      const isFormed = schema.format !== undefined || schema.pattern !== undefined
      if (types.includes('string') && !isNamed && !isFormed && schema.maxLength === undefined) boundless.add(place)
      if (types.includes('array') && schema.maxItems === undefined) boundless.add(place)
      if ((types.includes('integer') || types.includes('number')) && schema.maximum === undefined) boundless.add(place)
      for (const [member, inner] of Object.entries(schema.properties ?? {})) look(inner, `${place}.${member}`)
      if (schema.items) look(schema.items, `${place}[]`)
      if (typeof schema.additionalProperties === 'object') look(schema.additionalProperties, `${place}{}`)
      for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) look(one, place)
    }
    for (const { operationId, parameters, requestBody } of operations()) {
      for (const { name, in: location, schema } of parameters)
        // All headers of a request together may have 16 KiB, which Node sees to.
        if (location !== 'header') look(schema, `${operationId} ${name}`)
      if (documents.includes(operationId)) continue
      for (const { schema } of Object.values(requestBody?.content ?? {})) look(schema, `${operationId} body`)
    }
    expect([...boundless]).toEqual([])
  })

  it('or a form stand at every header that is answered', () => {
    const formless = Object.entries(document.components.headers).flatMap(
      ([
        name,
        {
          schema: { pattern, format, enum: choices, ...schema },
        },
      ]) => ([pattern, format, choices, schema.const, schema['minimum']].every((bound) => bound === undefined) ? [name] : []),
    )
    expect(formless).toEqual([])
  })
})

const documents = ['putProfile', 'checkProfile', 'putCalendar']

describe('choices', () => {
  it('that can be asked for by a name are the choices that are answered under it', () => {
    const asked = new Map<string, Schema>()
    for (const { parameters } of operations())
      for (const { name, in: location, schema } of parameters)
        if (location === 'query' && meant(schema).enum !== undefined) asked.set(name, schema)
    const names = [...asked.keys()].filter((name) => !['sort'].includes(name))
    expect(names).toEqual(expect.arrayContaining(['stage', 'kind', 'status', 'role']))
    const loose = Object.entries(document.components.schemas).flatMap(([component, { properties = {} }]) =>
      names.flatMap((name) => {
        const member = properties[name]
        const isText = member !== undefined && [meant(member).type].flat().includes('string')
        // What kind a plan is of, the profile says.
        if (member !== undefined && /^Plan|Plan$/.test(component)) return []
        // Of any type, each of which has stages of its own.
        if (/^(?:Opened)?Process/.test(component)) return []
        return isText && meant(member).enum === undefined && meant(member).const === undefined ? [`${component}.${name}`] : []
      }),
    )
    expect(loose).toEqual([])
  })
})

describe('events', () => {
  it('are a union by their type, with every type there is', () => {
    const { oneOf = [], ...union } = document.components.schemas['TicketEvent'] ?? {}
    expect(oneOf).toHaveLength(eventTypes.length)
    expect(union).toMatchObject({ discriminator: { propertyName: 'type', mapping: { submitted: '#/components/schemas/SubmittedEvent' } } })
    expect(document.components.schemas['LogEntry']?.oneOf).toHaveLength(eventTypes.length + 1)
    expect(document.components.schemas['NoteEntry']?.properties).not.toHaveProperty('seq')
  })
})

describe('problems', () => {
  it('and faults of fields are listed by their codes', () => {
    expect(document.components.schemas['ProblemType']?.enum).toEqual(
      expect.arrayContaining([...rejectionCodes, ...Object.keys(apiProblems)].map((code) => `/problems/${code}`)),
    )
    expect(document.components.schemas['FieldErrorCode']?.enum).toEqual(expect.arrayContaining([...fieldErrorCodes, ...apiFieldErrors]))
  })
})

describe('a type that has no routes of its own', () => {
  const ofLoans = () => Object.entries(document.paths).filter(([path]) => path.startsWith('/api/loans'))

  it('is not called a ticket anywhere in its operations: texts, parameters, headers, what is sent and answered, examples', () => {
    const told = ofLoans().flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) => textsIn(operation, `${method} ${path}`)),
    )
    expect(told.length).toBeGreaterThan(1_000)
    expect(told.map(({ place }) => place)).toEqual(expect.arrayContaining([expect.stringMatching(/ETag\.description$/)]))
    // A code is no word: clients decide by it (api/messages/catalogue.ts).
    expect(told.filter(({ text }) => /ticket|工单|工單/i.test(text.replace(/^(?:\/problems\/)?unknown-ticket$/, '')))).toEqual([])
  })

  it('is found by its stages, and what it promised has a label', () => {
    const list = operations().find(({ operationId }) => operationId === 'listLoans')
    expect(list?.parameters.find(({ name }) => name === 'stage')?.schema.enum).toEqual(['lent', 'overdue', 'returned', 'closed'])
    expect(document.components.schemas['ProcessPromise']?.required).toContain('label')
    expect(document.components.schemas['Loan']?.properties?.['promises']?.items?.$ref).toMatch(/ProcessPromise$/)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { eventTypes } from '../../../api/views/events.ts'
import { fieldErrorCodes, rejectionCodes } from '../../../domain/rejection.ts'
import { apiFieldErrors, apiProblems } from '../../../api/messages/catalogue.ts'
import { apiDocument, type ApiDocument, type DocumentedOperation, type Schema } from '../../support/api-document.ts'

/** The OpenAPI document is one from which clients can be made; each test here finds the next member that is not as it should be. */

let document: ApiDocument
beforeAll(async () => {
  document = await apiDocument()
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
    expect(Object.keys(document.components.schemas).filter((name) => globals.includes(name))).toEqual([])
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

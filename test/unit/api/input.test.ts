import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { expectedVersion, idempotencyKey } from '../../../api/http/headers.ts'
import { checked, parsedJson } from '../../../api/http/input.ts'
import { inputErrors } from '../../../api/http/issues.ts'
import type { InputError, Speech } from '../../../api/messages/render.ts'
import { canonical } from '../../../api/http/idempotency.ts'
import { Problem, problem, problemBody } from '../../../api/problems/problem.ts'

const schema = z.strictObject({
  title: z.string().trim().min(1).max(10),
  tags: z.array(z.string().min(1)).max(2).default([]),
  customer: z.strictObject({ phone: z.string().optional(), email: z.email().optional() }),
  outcome: z.enum(['solved', 'partly']),
  target: z.union([z.strictObject({ person: z.string() }), z.strictObject({ team: z.string(), reason: z.string() })]).optional(),
  id: z
    .string()
    .regex(/^[a-z]+$/, 'identifier')
    .optional(),
})
const good = { title: 't', customer: {}, outcome: 'solved' }

function faults(input: unknown): readonly InputError[] {
  return thrown(() => checked(schema, input)).errors
}

function thrown(act: () => unknown): Problem {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('checking an input', () => {
  it('gives what the schema makes of it', () => {
    expect(checked(schema, { ...good, title: ' t ' })).toEqual({ ...good, tags: [] })
  })

  it('names every fault at once, as 422', () => {
    const { status, errors } = thrown(() => checked(schema, { outcome: 'maybe', customer: { email: 'x' }, tags: ['a', ''] }))
    expect(status).toBe(422)
    expect(errors.map(({ path, code }) => [path, code])).toEqual([
      ['title', 'required'],
      ['tags[1]', 'required'],
      ['customer.email', 'wrong-format'],
      ['outcome', 'not-a-choice'],
    ])
  })

  it('names each unknown field, wherever it stands, with the one that was meant, else those that are known there', () => {
    expect(faults({ ...good, customer: { phon: '1', fax: 'x' }, titel: 1 })).toEqual([
      { path: 'customer.phon', code: 'unknown-field', params: { nearest: 'phone' } },
      { path: 'customer.fax', code: 'unknown-field', params: { known: ['phone', 'email'] } },
      { path: 'titel', code: 'unknown-field', params: { known: ['title', 'tags', 'customer', 'outcome', 'target', 'id'] } },
    ])
  })

  it('tells a union by its most nearly fitting form', () => {
    expect(faults({ ...good, target: { team: 'a' } })).toEqual([{ path: 'target.reason', code: 'required' }])
    expect(faults({ ...good, target: 1 })[0]).toMatchObject({ path: 'target', code: 'wrong-kind' })
  })

  it('calls our own patterns by their name', () => {
    expect(faults({ ...good, id: 'A!' })).toEqual([{ path: 'id', code: 'wrong-format', params: { expected: 'identifier' } }])
  })

  it.each([
    ['NUL', { ...good, title: 'a\0b' }, 'title'],
    ['half a character', { ...good, tags: ['\ud83d'] }, 'tags[0]'],
    ['a key that cannot be stored', { ...good, customer: { 'a\0': 1 } }, 'customer'],
  ])('refuses %s, which no row can hold', (_, input, path) => {
    expect(faults(input)).toEqual([{ path, code: 'unprintable' }])
  })

  it('refuses what is nested absurdly deep, before looking closer', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown
    expect(faults(deep)[0]).toMatchObject({ code: 'too-deep', params: { limit: 32 } })
  })

  it('names a hundred faults and looks for no more', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key${at}`, at]))
    const { success, error } = schema.safeParse({ ...many, customer: many }, { reportInput: true })
    expect(success).toBe(false)
    const before = process.cpuUsage()
    expect(inputErrors(error?.issues ?? [], schema)).toHaveLength(100)
    expect(process.cpuUsage(before).user).toBeLessThan(50_000)
  })

  it('is not fooled by __proto__', () => {
    expect(faults(JSON.parse('{"title":"t","customer":{},"outcome":"solved","__proto__":{"x":1}}'))).toMatchObject([
      { path: '__proto__', code: 'unknown-field' },
    ])
    expect(faults(JSON.parse('{"title":"t","customer":{},"fields":{"__proto__":"x"},"outcome":"solved"}'))).toMatchObject([
      { path: 'fields.__proto__', code: 'unknown-field' },
    ])
  })
})

describe('what was sent', () => {
  const long = '长'.repeat(500_000)
  const speech: Speech = {
    locale: 'en',
    zone: 'UTC',
    process: 'ticket',
    anyProcess: 'ticket',
    names: {},
    commands: {},
    stages: {},
    terms: {},
  }

  it.each([
    ['a text', { ...good, outcome: long }],
    ['a key', { ...good, [long]: 1 }],
    ['a key inside', { ...good, customer: { [long]: 1 } }],
    ['many keys', { ...good, ...Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}${long.slice(0, 90)}`, 1])) }],
    ['an address', { ...good, customer: { email: long } }],
  ])('is not sent back at length: %s', (_, input) => {
    const said = JSON.stringify(
      problemBody(
        thrown(() => checked(schema, input)),
        'r',
        speech,
      ),
    )
    expect(said).not.toContain(long.slice(0, 201))
    expect(said.length).toBeLessThan(64_000)
  })

  it.each([
    ['a parameter', problem('unknown-person', { id: long })],
    ['a list', problem('unknown-profile', { profile: long, profiles: [long, long] })],
  ])('is not sent back at length in %s of a problem', (_, refused) => {
    const said = problemBody(refused, 'r', speech)
    expect(JSON.stringify(said).length).toBeLessThan(2_000)
    expect(said.detail).toContain(`${long.slice(0, 200)}…`)
  })

  it('is cut between characters', () => {
    expect(problem('unknown-person', { id: `${'a'.repeat(199)}😀😀` }).params).toEqual({ id: `${'a'.repeat(199)}…` })
  })
})

describe('a body that is no JSON', () => {
  it('is refused with line and column, as 400', () => {
    const problem = thrown(() => parsedJson('{\n  "a": 1,\n}'))
    expect(problem).toMatchObject({ status: 400, code: 'malformed-body', params: { format: 'JSON', line: 3, column: 1 } })
  })
})

describe('Idempotency-Key', () => {
  it('is made up when absent, each time another', () => {
    expect(idempotencyKey(undefined)).toMatch(/^[0-9a-f-]{36}$/)
    expect(idempotencyKey(undefined)).not.toBe(idempotencyKey(undefined))
  })

  it.each(['a', '"quoted"', 'x'.repeat(200), '~!/?'])('may be %s', (key) => {
    expect(idempotencyKey(key)).toBe(key)
  })

  it.each(['', ' ', 'a b', '键', 'x'.repeat(201), 'a\tb'])('must not be %j: 400', (key) => {
    expect(thrown(() => idempotencyKey(key))).toMatchObject({ status: 400, code: 'malformed-header' })
  })
})

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"7"', 7],
    ['W/"7"', 7],
    [' "12" ', 12],
  ])('%j means %j', (header, version) => {
    expect(expectedVersion(header)).toBe(version)
  })

  it.each(['7', '""', '"x"', '"1", "2"', "'7'", '"-1"', '"99999999999"'])('%s cannot be read: 400', (header) => {
    expect(thrown(() => expectedVersion(header))).toMatchObject({ status: 400, code: 'malformed-header' })
  })
})

describe('the same request', () => {
  it('is the same whatever the order of its members', () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonical(JSON.parse('{"a":null,"b":[{"c":2,"d":1}]}')))
    expect(canonical({ a: [1, 2] })).not.toBe(canonical({ a: [2, 1] }))
    expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }))
  })
})

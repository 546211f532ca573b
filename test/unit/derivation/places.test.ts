import { describe, expect, it } from 'vitest'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { isObject, memberOf, valueAt } from '../../../domain/document/loose.ts'
import { resolveProfile } from '../../../domain/profile/derived.ts'
import { profileJsonSchema } from '../../../domain/profile/json-schema.ts'

/** X9: what holds wherever the form of a profile has something of a kind: whoever adds a place need not remember it. */

/** Keys that lead to where the form refers to one of these definitions; `*` is what a list holds, or whatever the key. */
function placesOf(...definitions: readonly string[]): string[][] {
  const schema: unknown = profileJsonSchema()
  const wanted = definitions.map((name) => `#/definitions/${name}`)
  const found: string[][] = []
  look(memberOf(schema, 'else'), [], [])
  return [...new Map(found.map((path) => [path.join('.'), path])).values()]

  function look(node: unknown, path: readonly string[], trail: readonly unknown[]): void {
    if (!isObject(node) || trail.includes(node)) return
    const inside = [...trail, node]
    const ref = memberOf(node, '$ref')
    if (typeof ref === 'string' && wanted.includes(ref)) return void found.push([...path])
    if (typeof ref === 'string') look(valueAt(schema, ref.slice(2).split('/')), path, inside)
    for (const key of ['anyOf', 'oneOf', 'allOf']) {
      const branches = memberOf(node, key)
      if (Array.isArray(branches)) for (const branch of branches) look(branch, path, inside)
    }
    look(memberOf(node, 'items'), [...path, '*'], inside)
    look(memberOf(node, 'additionalProperties'), [...path, '*'], inside)
    for (const [key, member] of Object.entries(memberOf(node, 'properties') ?? {})) look(member, [...path, key], inside)
  }
}

/** A document with a value at that place, and things of lists by an id. */
function withAt(path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inside = withAt(rest, value)
  if (key === '*') return rest.length === 0 ? { any: inside } : [isObject(inside) ? { id: 'thing', ...inside } : inside]
  return { [key]: inside }
}

function resolved(base: unknown, own: object): unknown {
  const bases = basesIn([{ text: JSON.stringify({ id: 'base', version: 1, ...(isObject(base) ? base : {}) }), format: 'json' }])
  return resolveProfile({ id: 'own', version: 1, extends: 'base', ...own }, bases, 'en').value
}

describe('X9: what a profile says of its base', () => {
  const conditions = placesOf('Condition', 'Rule')
  const targets = placesOf('Targets')
  it('X9: there are conditions and targets to look at', () => {
    expect(conditions.map((path) => path.join('.'))).toContain('clocks.*.ladder.*.when')
    expect(targets.map((path) => path.join('.'))).toContain('clocks.*.exceptions.*.within')
  })

  it.each(conditions.map((path) => [path.join('.'), path] as const))('X9, X10: a condition is said as a whole: %s', (_, path) => {
    const own = withAt(path, { priority: 'high' })
    const whole = resolved(withAt(path, { type: 'fault' }), isObject(own) ? own : {})
    expect(JSON.stringify(whole)).toContain('{"priority":"high"}')
    expect(JSON.stringify(whole)).not.toContain('fault')
  })

  it('X9: a rule that is no condition is not: of how often somebody complained one number alone is said', () => {
    const base = { customerTags: [{ id: 'often', when: { complaints: 3, within: 'P90D', types: ['complaint'] } }] }
    expect(resolved(base, { customerTags: [{ id: 'often', when: { complaints: 5 } }] })).toMatchObject({
      customerTags: [{ when: { complaints: 5, within: 'P90D', types: ['complaint'] } }],
    })
  })

  it.each(targets.map((path) => [path.join('.'), path] as const))(
    'X9: targets of a priority that is taken away go with it: %s',
    (_, path) => {
      const at = path.at(-1) === '*' ? [...path.slice(0, -1), 'thing'] : path
      const base = withAt(at, { stays: 'PT1H', goes: 'PT2H' })
      const whole = resolved(
        { priorities: [{ id: 'stays' }, { id: 'goes' }], ...(isObject(base) ? base : {}) },
        { remove: ['priorities.goes'] },
      )
      expect(JSON.stringify(whole)).toContain('"stays":"PT1H"')
      expect(JSON.stringify(whole)).not.toContain('PT2H')
    },
  )
})

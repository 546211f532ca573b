import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merged, type Part } from '../../../domain/derivation/merge.ts'
import { without } from '../../../domain/derivation/removal.ts'
import { whenceOf } from '../../../domain/derivation/whence.ts'

const part = (name: string, value: unknown): Part => ({ value, whence: { in: name, path: [] } })
const merge = (base: unknown, own: unknown) => merged(part('base@1', base), part('own@1', own))
const things = (...ids: string[]) => ids.map((id) => ({ id }))
const idsOf = (value: unknown) => (Array.isArray(value) ? value.map(({ id }: { id: string }) => id) : [])

describe('X9: what two documents make together', () => {
  it('X9: mappings merge key by key at any depth, and everything else is replaced', () => {
    const base = { a: 1, b: { c: [1, 2], d: 'base', e: { f: 1 } } }
    expect(merge(base, { b: { c: [3], e: { g: 2 } }, h: null }).value).toEqual({
      a: 1,
      b: { c: [3], d: 'base', e: { f: 1, g: 2 } },
      h: null,
    })
    expect(merge({ a: { b: 1 } }, { a: 'text' }).value).toEqual({ a: 'text' })
  })

  it('X9: things of a list merge by id, and so do those inside them', () => {
    const base = [{ id: 'start', within: 'PT1H', ladder: [{ id: 'warning', at: '-25%' }, { id: 'missed' }] }, { id: 'plan' }]
    const own = [{ id: 'start', ladder: [{ id: 'warning', at: '-50%' }] }]
    expect(merge(base, own).value).toEqual([
      { id: 'start', within: 'PT1H', ladder: [{ id: 'warning', at: '-50%' }, { id: 'missed' }] },
      { id: 'plan' },
    ])
  })

  it('X9: an empty list says that nothing is left', () => {
    expect(merge({ tags: things('a') }, { tags: [] }).value).toEqual({ tags: [] })
  })

  it.each([
    ['at the end, where nothing says otherwise', ['a', 'b', 'c'], ['x', 'y'], ['a', 'b', 'c', 'x', 'y']],
    ['behind what it is written behind', ['a', 'b', 'c'], ['a', 'x', 'y'], ['a', 'x', 'y', 'b', 'c']],
    ['before what follows it', ['a', 'b', 'c'], ['x', 'y', 'b'], ['a', 'x', 'y', 'b', 'c']],
    ['each behind its own', ['a', 'b', 'c'], ['b', 'x', 'a', 'y'], ['a', 'y', 'b', 'x', 'c']],
    ['in the order of the list that names all', ['a', 'b', 'c'], ['c', 'x', 'a', 'b'], ['c', 'x', 'a', 'b']],
  ])('X9: new things stand %s', (_, base, own, order) => {
    expect(idsOf(merge(things(...base), things(...own)).value)).toEqual(order)
  })

  it('X9: an id that stands twice is left for the schema to find, and so is a thing without one', () => {
    expect(merge(things('a', 'b'), [{ id: 'a', x: 1 }, { id: 'a' }, { x: 2 }]).value).toEqual([
      { id: 'a', x: 1 },
      { id: 'a' },
      { x: 2 },
      { id: 'b' },
    ])
  })

  it('X9: each part says in which document it stands, and where', () => {
    const { whence } = merge({ clocks: [{ id: 'a', within: 'PT1H' }, { id: 'b' }] }, { clocks: [{ id: 'b', within: 'PT2H' }, { id: 'c' }] })
    expect(whenceOf(whence, ['clocks', 0, 'within'])).toMatchObject({ in: 'base@1', path: ['clocks', 0, 'within'] })
    expect(whenceOf(whence, ['clocks', 1, 'within'])).toMatchObject({ in: 'own@1', path: ['clocks', 0, 'within'] })
    expect(whenceOf(whence, ['clocks', 1, 'id'])).toMatchObject({ in: 'base@1', path: ['clocks', 1, 'id'] })
    expect(whenceOf(whence, ['clocks', 2])).toMatchObject({ in: 'own@1', path: ['clocks', 1] })
    // Of what is nowhere, where it would be written.
    expect(whenceOf(whence, ['clocks', 1, 'starts'])).toMatchObject({ in: 'own@1', path: ['clocks', 0, 'starts'] })
    expect(whenceOf(whence, ['number'])).toMatchObject({ in: 'own@1', path: ['number'] })
  })

  it('X9: says the same when it is said twice, and nothing changes nothing', () => {
    const thing = fc.record(
      { id: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.integer(), to: fc.array(fc.string()) },
      { requiredKeys: ['id'] },
    )
    const list = fc.uniqueArray(thing, { selector: ({ id }) => id, minLength: 1 })
    const document = fc.record({ list, words: fc.dictionary(fc.string(), fc.string()) }, { requiredKeys: [] })
    fc.assert(
      fc.property(document, document, (base, own) => {
        const once = merge(base, own)
        expect(merge(base, {}).value).toEqual(base)
        expect(merge({}, own).value).toEqual(own)
        expect(merge(once.value, own).value).toEqual(once.value)
        for (const { id } of [...(base.list ?? []), ...(own.list ?? [])])
          expect(idsOf(once.value && Object.entries(once.value).find(([key]) => key === 'list')?.[1])).toContain(id)
      }),
    )
  })
})

describe('X9: what is taken away', () => {
  const base = part('base@1', {
    clocks: [{ id: 'plan' }, { id: 'start', ladder: things('warning', 'missed') }],
    quietHours: { from: '21:00', except: ['urgent', 'high'] },
    zone: 'UTC',
  })
  const cut = (...removals: unknown[]) => {
    const { part: left, faults } = without(base, removals, { from: 'base@1', locale: 'en' })
    return { value: left.value, whence: left.whence, faults: faults.map(({ path, reason }) => [path, reason()]) }
  }

  it('X9: are keys, things of lists by their ids, and words of lists', () => {
    expect(cut('clocks.plan', 'clocks.start.ladder.warning', 'quietHours.except.high', 'zone')).toMatchObject({
      value: { clocks: [{ id: 'start', ladder: [{ id: 'missed' }] }], quietHours: { from: '21:00', except: ['urgent'] } },
      faults: [],
    })
    expect(cut('clocks', 'quietHours').value).toEqual({ zone: 'UTC' })
  })

  it('X9: what is left is known to stand where it stood', () => {
    expect(whenceOf(cut('clocks.plan').whence, ['clocks', 0, 'ladder', 1])).toMatchObject({ path: ['clocks', 1, 'ladder', 1] })
  })

  it.each([
    ['clocks.plann', 'there is no "clocks.plann" in base@1; write "clocks.plan"'],
    ['clocks.start.lader.warning', 'there is no "clocks.start.lader" in base@1; write "clocks.start.ladder"'],
    ['clocks.zzz', 'there is no "clocks.zzz" in base@1; there is plan, start'],
    ['zone.area', '"zone" of base@1 has no parts to take away; take "zone" away, or write your own here'],
    ['', 'there is no "" in base@1; there is clocks, quietHours, zone'],
  ])('X9: %j is not there, which is told with what is', (removal, reason) => {
    expect(cut('zone.x', removal).faults).toContainEqual([['remove', 1], reason])
  })
})

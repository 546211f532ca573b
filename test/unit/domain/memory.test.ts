import { describe, expect, it } from 'vitest'
import { Memories, Memory } from '../../../domain/memory.ts'

describe('Memory', () => {
  it('has a thing made once for each key', () => {
    const memory = new Memory<string, object>(10)
    const first = memory.of('a', () => ({}))
    expect(memory.of('a', () => ({}))).toBe(first)
    expect(memory.of('b', () => ({}))).not.toBe(first)
    expect(memory.known('a')).toBe(first)
    expect(memory.known('c')).toBeUndefined()
  })

  it('forgets everything when it is full, and goes on', () => {
    const memory = new Memory<number, number>(3)
    for (let key = 0; key < 4; key += 1) memory.keep(key, key * 2)
    expect(memory.known(0)).toBeUndefined()
    expect(memory.known(3)).toBe(6)
  })

  it('does not keep what there is not', () => {
    const memory = new Memory<string, string | undefined>(3)
    expect(memory.of('a', () => undefined)).toBeUndefined()
    expect(memory.of('a', () => 'there')).toBe('there')
  })

  it('is one for each object', () => {
    const memories = new Memories<object, string, number>(3)
    const [one, other] = [{}, {}]
    memories.of(one).keep('a', 1)
    expect(memories.of(one).known('a')).toBe(1)
    expect(memories.of(other).known('a')).toBeUndefined()
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns, OutOfTurn } from '../../../gateway/turns.ts'

/** A call that ends when it is told to. */
function held() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  return { end, ended }
}

describe('turns', () => {
  it('are taken so many at a time, in the order of coming, each process by itself', async () => {
    const { take } = createTurns(2)
    const begun: string[] = []
    const calls = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...held() }))
    const results = calls.map(({ name, ended }) => take('one', 60_000, () => (begun.push(name), ended.then(() => name))))
    await take('another', 0, async () => begun.push('other'))
    expect(begun).toEqual(['a', 'b', 'other'])
    calls[1]?.end()
    await results[1]
    await sleep(0)
    expect(begun.slice(3)).toEqual(['c'])
    for (const { end } of calls) end()
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('pass on when a call fails, and the failure is the caller’s', async () => {
    const { take } = createTurns(1)
    const failing = take('one', 60_000, async () => {
      await sleep(1)
      throw new Error('broken')
    })
    const next = take('one', 60_000, async () => 'next')
    await expect(failing).rejects.toThrow('broken')
    expect(await next).toBe('next')
  })

  it('are not waited for longer than the caller’s patience, and then the call is never made', async () => {
    const { take } = createTurns(1)
    const first = held()
    const made: string[] = []
    const long = take('one', 60_000, () => first.ended)
    await expect(take('one', 5, async () => made.push('impatient'))).rejects.toBeInstanceOf(OutOfTurn)
    const patient = take('one', 60_000, async () => made.push('patient'))
    first.end()
    await Promise.all([long, patient])
    expect(made).toEqual(['patient'])
  })
})

import { expect, it } from 'vitest'
import { inTurn } from '../../../api/http/document-body.ts'

/** As a large document does. */
function keepBusy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

it('between two documents others are answered, however many are sent at once', async () => {
  const order: string[] = []
  const read = (name: string) =>
    inTurn(() => {
      keepBusy(40)
      order.push(name)
    })
  const documents = [read('first'), read('second'), read('third')]
  const others = setInterval(() => order.push('other'), 5)
  await Promise.all(documents)
  clearInterval(others)
  const between = (from: string, to: string) => order.slice(order.indexOf(from) + 1, order.indexOf(to))
  expect(between('first', 'second')).toContain('other')
  expect(between('second', 'third')).toContain('other')
})

it('a document that cannot be read does not keep the next from its turn', async () => {
  const failing = inTurn(() => {
    throw new Error('unreadable')
  })
  const next = inTurn(() => 'read')
  await expect(failing).rejects.toThrow('unreadable')
  expect(await next).toBe('read')
})

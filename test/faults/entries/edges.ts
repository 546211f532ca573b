import pg from 'pg'
import { z } from 'zod'
import { edgeOfStatement, orderSchema, type Edge, type Order, type Report } from '../points.ts'

/** The part of a process under test that dies or stops when it is told to. Orders come from the test that started it. */

let armed: Extract<Order, { arm: unknown }>['arm'] | undefined
let held: (() => void) | undefined

process.on('message', (message) => {
  const order = orderSchema.parse(message)
  if ('arm' in order) {
    armed = order.arm
    report({ armed: true })
  } else held?.()
})
// Whoever started us is gone: nobody would end us.
process.on('disconnect', () => process.exit(0))

export function report(said: Report): void {
  process.send?.(said)
}

/** Something passes an edge. Kills the process, or waits, if this is the armed point. */
export async function passing(when: 'before' | 'after', edge: Edge, text: () => string): Promise<void> {
  if (armed?.when !== when || armed.edge !== edge || !text().includes(armed.of ?? '')) return
  if (armed.deed === 'kill') return die()
  armed = undefined
  report({ holding: true })
  await new Promise<void>((resolve) => (held = resolve))
}

/** Watches a call on both sides. */
export async function watched<T>(edge: Edge, text: () => string, call: () => Promise<T>): Promise<T> {
  await passing('before', edge, text)
  const answer = await call()
  await passing('after', edge, text)
  return answer
}

/** A text with its values, or prepared by its name. */
const statementSchema = z.object({ text: z.string(), values: z.unknown() })

/** Watches every statement this process sends to Postgres. */
export function watchStatements(): void {
  const { query } = pg.Client.prototype
  Object.defineProperty(pg.Client.prototype, 'query', {
    value(this: pg.Client, ...args: readonly unknown[]): unknown {
      const send = (): unknown => Reflect.apply(query, this, args)
      const sent = statementSchema.safeParse(typeof args[0] === 'string' ? { text: args[0], values: args[1] } : args[0])
      const edge = sent.success ? edgeOfStatement(sent.data.text) : undefined
      return edge
        ? watched(
            edge,
            () => JSON.stringify(sent.data?.values),
            async () => send(),
          )
        : send()
    },
  })
}

/** Nothing after this line happens. */
function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

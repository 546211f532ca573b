import { AsyncResource } from 'node:async_hooks'

/** Work that goes on after an answer was sent: few at a time, and finished before the process stops. */
export interface Background {
  /** Runs the task soon. A task that fails is told to `onError`; nobody waits for it. */
  run(task: () => Promise<void>): void
  /** Resolves when everything begun has ended. */
  drain(): Promise<void>
}

export function createBackground(atOnce: number, onError: (error: unknown) => void): Background {
  const waiting: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()

  function next(): void {
    while (running.size < atOnce) {
      const task = waiting.shift()
      if (!task) return
      const run = task().finally(() => {
        running.delete(run)
        next()
      })
      running.add(run)
    }
  }

  return {
    run(task) {
      // What it logs belongs to the request it was begun for, not to the one whose end makes room for it.
      waiting.push(AsyncResource.bind(() => task().catch(onError)))
      next()
    },
    async drain() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** The results of `work` for each item, in their order, at most so many at a time. */
export async function inParallel<T, R>(atOnce: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [at, item] of queue) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return results
}

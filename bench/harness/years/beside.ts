import { latencies, timed } from '../rounds.ts'
import { inHand, update } from '../tickets.ts'
import type { Office, World } from '../world.ts'

/** Steps of tickets, taken while something else goes on in the same database. */
export interface Steps {
  /** Milliseconds of each of so many steps, one after the other; meanwhile that is done again and again. */
  beside(count: number, other?: () => Promise<unknown>): Promise<number[]>
  stop(): Promise<void>
}

export async function openSteps(world: World, office: Office): Promise<Steps> {
  const [worker, api] = [await world.worker(office), await world.api(office)]
  const desk = { ...office, url: api.url }
  const numbers: string[] = []
  await timed(tickets, tickets, async () => numbers.push(await inHand(desk)))
  return {
    async beside(count, other) {
      let going = other !== undefined
      const others = async () => {
        while (going) await other?.()
      }
      const meanwhile = others()
      const taken = await latencies(count, 1, (index) => update(desk, numbers[index % tickets] ?? ''))
      going = false
      await meanwhile
      return taken
    },
    async stop() {
      await api.stop()
      await worker.stop()
    },
  }
}

const tickets = 10

import { createTurns } from '../../gateway/turns.ts'
import type { Logger } from '../../runtime/logging.ts'
import { problem } from '../problems/problem.ts'

/** Documents are reckoned and drawn one at a time: it takes long, and others must find the machine with time for them. */
export interface Drawing {
  /** @throws Trouble when too many wait */
  inTurn<T>(work: () => T | Promise<T>): Promise<T>
  /** Sets a document in turn, in memory of its own, as the body of an answer must be. @throws a problem, if it could not be set */
  pdf(set: () => Promise<Uint8Array>): Promise<Uint8Array<ArrayBuffer>>
}

/** One for everything that an API draws: whatever it is of, it wants the same processor. */
export function createDrawing(log: Logger): Drawing {
  const turns = createTurns(atOnce)
  const inTurn = <T>(work: () => T | Promise<T>) => turns.take('documents', patienceMs, async () => work())
  return {
    inTurn,
    pdf: (set) =>
      inTurn(async () => {
        try {
          return new Uint8Array(await set())
        } catch (err) {
          log.error({ err }, 'a document could not be set as a PDF')
          throw problem('pdf-unavailable')
        }
      }),
  }
}

/** At a time, of each API. */
const atOnce = 1
const patienceMs = 30_000

import { Trouble } from './trouble.ts'

/** Calls to one process take turns: so many at a time, the others in the order in which they came. Calls to different processes never wait for one another. */
export interface Turns {
  /** Makes the call when its turn has come. Throws {@link OutOfTurn} where that is not within `patienceMs`: then it was not made. */
  take<T>(process: string, patienceMs: number, call: () => Promise<T>): Promise<T>
}

/** Too many came before. */
export class OutOfTurn extends Trouble {
  override name = 'OutOfTurn'

  constructor(others: number) {
    super('too-many-requests', new Error(`${others} others wait for the same process`))
  }
}

/** Turns of at most so many calls to one process at a time. */
export function createTurns(atOnce: number): Turns {
  const lines = new Map<string, Line>()

  async function turn(line: Line, patienceMs: number): Promise<void> {
    if (line.underWay < atOnce) {
      line.underWay += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const impatient = setTimeout(() => {
        line.waiting.delete(begin)
        reject(new OutOfTurn(line.waiting.size))
      }, patienceMs)
      const begin = () => {
        clearTimeout(impatient)
        resolve()
      }
      line.waiting.add(begin)
    })
  }

  /** The place goes to the next in line, or is free. */
  function handOn(process: string, line: Line): void {
    for (const next of line.waiting) {
      line.waiting.delete(next)
      next()
      return
    }
    line.underWay -= 1
    if (line.underWay === 0) lines.delete(process)
  }

  return {
    async take(process, patienceMs, call) {
      const line = lines.get(process) ?? { underWay: 0, waiting: new Set() }
      lines.set(process, line)
      await turn(line, patienceMs)
      try {
        return await call()
      } finally {
        handOn(process, line)
      }
    },
  }
}

interface Line {
  underWay: number
  /** Those who wait, the first first. */
  readonly waiting: Set<() => void>
}

/**
 * How much of what nobody waits for goes on at once: deadlines to settle, tickets to tell of a new calendar. Such work goes the way
 * of people's acts, through Temporal, a worker and the rows; how long it takes tells how long an act takes now. As long as that is
 * short, more goes on side by side; when it becomes long, less, but never less than `least`: what makes it long may be other work, which
 * must not keep this from going on at all.
 */
export interface Pace {
  /** Does the work when its turn comes. It says whether it was done: what was not tells nothing, unless it took long. */
  run(work: () => Promise<boolean>): Promise<void>
  /** How many go on at once at present. */
  readonly atOnce: number
}

export interface PaceOptions {
  readonly least: number
  /** More does not help: the worker decides for one ticket after another. */
  readonly most: number
  /** How long a piece of work may take before there is less of it. */
  readonly aimMs: number
  readonly nowMs?: () => number
}

export function createPace({ least, most, aimMs, nowMs = () => performance.now() }: PaceOptions): Pace {
  let room = least
  let underWay = 0
  let eased = Number.NEGATIVE_INFINITY
  const waiting: (() => void)[] = []

  function go(): void {
    while (underWay < Math.floor(room)) {
      const next = waiting.shift()
      if (!next) return
      underWay += 1
      next()
    }
  }

  function learn(began: number, done: boolean): void {
    const now = nowMs()
    // One more for each round of those under way.
    if (now - began <= aimMs) room = done ? Math.min(most, room + 1 / room) : room
    // Those that were under way together tell the same once.
    else if (began > eased) {
      eased = now
      room = Math.max(least, room / 2)
    }
  }

  return {
    get atOnce() {
      return Math.floor(room)
    },
    async run(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        go()
      })
      const began = nowMs()
      let done = false
      try {
        done = await work()
      } finally {
        underWay -= 1
        learn(began, done)
        go()
      }
    },
  }
}

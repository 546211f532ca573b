/**
 * Puts questions of one kind to the database together: one round at a time is under way, and what comes meanwhile goes along in
 * the next. A round begins when all that has already arrived at the process has been heard, and waits for nobody else: a burst
 * costs few statements. Nobody gets an answer that is older than their question.
 * What ends the questions under way, such as a database that is away, ends those that wait for them.
 */
export function together<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  { most, apart }: Rounds = {},
): (question: Q) => Promise<A> {
  const waiting: Asked<Q, A>[] = []
  let busy = false

  function soon(): void {
    busy = true
    setImmediate(() => void round())
  }

  async function round(): Promise<void> {
    const asked = waiting.splice(0, most ?? waiting.length)
    try {
      const answers = await ask(asked.map(({ question }) => question))
      for (const [at, answer] of answers.entries()) asked[at]?.resolve(answer)
    } catch (error) {
      if (asked.length > 1 && apart?.(error)) await Promise.all(asked.map(alone))
      else for (const { reject } of [...asked, ...waiting.splice(0)]) reject(error)
    }
    if (waiting.length > 0) soon()
    else busy = false
  }

  async function alone({ question, resolve, reject }: Asked<Q, A>): Promise<void> {
    try {
      for (const answer of await ask([question])) resolve(answer)
    } catch (error) {
      reject(error)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!busy) soon()
    })
}

interface Rounds {
  /** Most questions of a round; as many as wait when absent. */
  readonly most?: number
  /** Whether one question of a round may be to blame for what ended it: then each of them is asked alone, so that it harms no other. */
  readonly apart?: (error: unknown) => boolean
}

interface Asked<Q, A> {
  readonly question: Q
  resolve(answer: A): void
  reject(error: unknown): void
}

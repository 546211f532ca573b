/**
 * Puts questions of one kind to the database together: one at a time is under way, and what comes meanwhile goes along in the
 * next. A single question waits for nobody; a burst costs few statements. Nobody gets an answer that is older than their question.
 * What ends the questions under way, such as a database that is away, ends those that wait for them.
 */
export function together<Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>): (question: Q) => Promise<A> {
  let waiting: Asked<Q, A>[] = []
  let underWay = false

  async function next(): Promise<void> {
    underWay = true
    const asked = waiting
    waiting = []
    try {
      const answers = await ask(asked.map(({ question }) => question))
      for (const [at, answer] of answers.entries()) asked[at]?.resolve(answer)
    } catch (error) {
      for (const { reject } of [...asked, ...waiting]) reject(error)
      waiting = []
    }
    underWay = false
    if (waiting.length > 0) void next()
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!underWay) void next()
    })
}

interface Asked<Q, A> {
  readonly question: Q
  resolve(answer: A): void
  reject(error: unknown): void
}

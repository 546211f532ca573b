import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { Readable, Writable } from 'node:stream'
import { hasCode } from '../../runtime/error-code.ts'
import { bothReaches, toLine, type Reach, type Respond } from './questions.ts'

/** What came of a stream of questions. */
export interface Answered {
  readonly refused: number
  /** The time that the answers were about. */
  readonly over: Reach | undefined
}

/**
 * Answers each line of `questions` with a line, in order and as it comes. A bad one gets `{"error": …}` in its place and
 * the others are still answered; blank lines are left out.
 */
export async function answerLines(questions: Readable, answers: Writable, respond: Respond): Promise<Answered> {
  let refused = 0
  let over: Reach | undefined
  const lines = createInterface({ input: questions, crlfDelay: Infinity })
  await pipeline(
    lines,
    async function* (source: AsyncIterable<string>) {
      for await (const text of source) {
        const line = text.trim()
        if (line === '') continue
        const answer = toLine(line, respond)
        if ('error' in answer.said) refused += 1
        over = bothReaches(over, answer.over)
        yield `${JSON.stringify(answer.said)}\n`
      }
    },
    answers,
    { end: false },
  ).catch((error: unknown) => {
    // Whoever reads has seen enough, as `head` does.
    if (!hasCode(error, 'EPIPE')) throw error
  })
  return { refused, over }
}

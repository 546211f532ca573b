import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** What a client got for one attempt at a request. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface Sent extends Answer {
  readonly caller: string
  readonly key: string
  readonly path: string
}

/** Every answer anybody got: what was acknowledged must be true for ever. */
export class Journal {
  readonly answers: Sent[] = []
}

/** Which of the two APIs. */
export type At = 0 | 1

/** Somebody who works with the product, with the good habit of sending a request again with the same key. */
export class Person {
  readonly id: string
  readonly #token: string
  readonly #journal: Journal
  readonly #urlOf: (at: At) => Promise<string>

  constructor(id: string, token: string, journal: Journal, urlOf: (at: At) => Promise<string>) {
    this.id = id
    this.#token = token
    this.#journal = journal
    this.#urlOf = urlOf
  }

  /** One attempt, on a certain `version` if given. Undefined when no answer came: the API died, or was not there. */
  async try(path: string, body: object, key: string = randomUUID(), at: At = 0, version?: number): Promise<Answer | undefined> {
    try {
      const response = await fetch(new URL(path, await this.#urlOf(at)), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
          'accept-language': 'en',
          'idempotency-key': key,
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      })
      const answer = { status: response.status, body: jsonObject.parse(await response.json()) }
      this.#journal.answers.push({ ...answer, caller: this.id, key, path })
      return answer
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) throw error
      return undefined
    }
  }

  /** Sends the same with the same key until the outcome is known. */
  async insist(path: string, body: object, key: string = randomUUID(), at: () => At = () => 0): Promise<Answer> {
    for (let attempt = 1; attempt <= 120; attempt += 1) {
      const answer = await this.try(path, body, key, at())
      if (answer && ![429, 503, 504].includes(answer.status)) return answer
      await sleep(250)
    }
    throw new Error(`nobody answers ${path}`)
  }
}

/** Longer than the API waits for a workflow. */
const patienceMs = 40_000

const jsonObject = z.record(z.string(), z.unknown())

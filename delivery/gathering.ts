import type { Kysely } from 'kysely'
import { countDue, digestOf, toldSince } from '../db/digests.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Database } from '../db/schema.ts'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import { definitionOf, isNoticeKind } from '../domain/notices/kinds.ts'

/** Nobody gets many more mails than this in so long; what is more comes in digests, and those, but for the rest of a full one, no more often. */
export const mostMails = 20
export const windowMs = 10 * 60_000
/** How long the first digest waits for more to stand in it: many are rarely due at the very same moment. */
const gatheringMs = 60_000
/** How old what is known of others' mails may be. */
const knownForMs = 5_000

/** Says of a notice to colleagues when the digest goes out that it is to stand in; null when it goes out by itself. */
export type Gather = (notice: ClaimedNotice, people: readonly string[], now: Instant) => Promise<Instant | null>

export function createGather(db: Kysely<Database>): Gather {
  // Each is counted on by what this worker decides itself.
  const told = remembered(async (now, person: string) => ({ ...(await toldSince(db, person, instantOf(now - windowMs))) }))
  const due = remembered(async (now, _: string, notice: ClaimedNotice) => ({
    left: await countDue(db, notice, instantOf(now), mostMails + 1),
  }))
  const gathering = remembered(async (now, _: string, people: readonly string[]) => ({
    until: await digestOf(db, people, instantOf(now)),
  }))

  return async (notice, people, instant) => {
    const now = epochMs(instant)
    const digest = await gathering(now, people.join(' '), people)
    // What is more joins those that wait already.
    if (digest.until !== null && digest.until > instant) return digest.until
    if (isNoticeKind(notice.kind) && definitionOf(notice.kind).gathered) {
      digest.until = instantOf(now + gatheringMs)
      return digest.until
    }
    const lately = await Promise.all(people.map((person) => told(now, person, undefined)))
    const coming = await due(now, `${notice.recipientKind} ${notice.recipientId ?? ''}`, notice)
    // Who has had many gets one more where a colleague has had few: a team does not wait for the busiest of them.
    if (Math.min(...lately.map(({ mails }) => mails)) + Math.max(coming.left, 1) <= mostMails) {
      for (const person of lately) person.mails += 1
      coming.left -= 1
      return null
    }
    const next = Math.min(...lately.map(({ digestAt }) => (digestAt === null ? 0 : epochMs(digestAt) + windowMs)))
    digest.until = instantOf(Math.max(now + gatheringMs, next))
    return digest.until
  }
}

/** Asked once for those who wonder at about the same time. */
function remembered<T, A>(ask: (now: number, key: string, about: A) => Promise<T>) {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<T> }>()
  return (now: number, key: string, about: A): Promise<T> => {
    const last = known.get(key)
    // A clock that was set back must not keep it.
    if (last && Math.abs(now - last.at) < knownForMs) return last.answer
    for (const [other, { at }] of known) if (Math.abs(now - at) >= knownForMs) known.delete(other)
    const answer = ask(now, key, about)
    known.set(key, { at: now, answer })
    answer.catch(() => known.delete(key))
    return answer
  }
}

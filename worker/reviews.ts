import { createHash } from 'node:crypto'
import {
  frequentClassifications,
  joiningTickets,
  type Frequency,
  type FrequentClassification,
  type Joining,
} from '../db/classified-tickets.ts'
import type { Keys } from '../db/contact-vault.ts'
import { headOf } from '../db/heads.ts'
import { takeSerial } from '../db/intake.ts'
import { currentProfiles } from '../db/profile-standings.ts'
import { instantOf, plus, type Instant } from '../domain/instant.ts'
import { counterKey, renderNumber } from '../domain/numbering.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { openBySystem } from '../gateway/opening.ts'
import { written, type Reach } from '../gateway/reach.ts'
import { hasCommonRoutes, hostOf } from '../processes/hosting.ts'
import { countedNumbers } from '../processes/intake.ts'
import type { Logger } from '../runtime/logging.ts'
import { startRounds } from '../runtime/rounds.ts'

/**
 * Reviews that open by themselves (T17): every worker looks in the rows for what was classified lately, opens a review where a classification
 * has come too often, and has later tickets join it. Whoever does it, and however often: the rows take one open review of a classification,
 * and a ticket that counts already is not found again. Nothing of it is remembered but how far was looked, so a worker that dies leaves
 * nothing undone.
 */

export type Reviewing = Reach & { readonly keys: Keys; readonly log: Logger }

/** Somebody who solves the fifth ticket need not see the review in the same minute. */
const usuallyEveryMs = 30_000
/** What was classified longer ago had its chance, or was classified before anybody wanted reviews. */
const longLook = 'P31D'
/** One round of so many looks that long back, the first among them: rows come with events of long before where a history is loaded, or a profile wants reviews only now. */
const longLookEvery = 10
/** Events reach the rows some time after they are recorded; what is looked at twice is counted once. */
const overlap = 'P1D'
/** Tickets that join at once: their numbers stand in one event. */
const joinedAtOnce = 200

export function startReviewRounds(reviewing: Reviewing, everyMs = usuallyEveryMs): { stop(): Promise<void> } {
  let since: Instant | undefined
  let rounds = 0
  return startRounds(everyMs, async () => {
    const now = instantOf(reviewing.clock.now().getTime())
    const isLong = rounds++ % longLookEvery === 0
    const looked = await reviewRound(reviewing, (isLong ? undefined : since) ?? plus(now, `-${longLook}`)).catch((err: unknown) => {
      reviewing.log.warn({ err }, 'what is to be reviewed could not be looked up; the next round tries again')
      return false
    })
    if (looked) since = plus(now, `-${overlap}`)
  })
}

/** One round over what was classified since then; whether all that was found is done. */
export async function reviewRound(reviewing: Reviewing, since: Instant): Promise<boolean> {
  const { db, log } = reviewing
  const profiles = (await currentProfiles(db, instantOf(reviewing.clock.now().getTime()), { retired: true })).map(({ profile }) => profile)
  const frequencies = profiles.flatMap(({ id, zone, reviews }): Frequency[] =>
    reviews ? [{ profile: id, zone, atLeast: reviews.atLeast }] : [],
  )
  let complete = true
  const attempt = async (about: object, work: () => Promise<unknown>) =>
    work().catch((err: unknown) => {
      complete = false
      log.warn({ err, ...about }, 'a review could not be opened or told; the next round tries again')
    })
  if (frequencies.length > 0)
    for (const frequent of await frequentClassifications(db, frequencies, since, joinedAtOnce)) {
      const profile = profiles.find(({ id }) => id === frequent.profile)
      if (profile) await attempt(frequent, () => openReview(reviewing, profile, frequent))
    }
  const zones = profiles.map(({ id, zone }) => ({ profile: id, zone }))
  for (const joining of await joiningTickets(db, zones, joinedAtOnce)) await attempt(joining, () => join(reviewing, joining))
  return complete
}

/** Opens it under the next number that is free. Of several who try, one does. */
async function openReview(reviewing: Reviewing, profile: Profile, frequent: FrequentClassification): Promise<void> {
  const { db, clock, log, processes } = reviewing
  const host = hostOf(processes, 'review')
  if (!host || !hasCommonRoutes(host) || typeof host.desk.numbers !== 'string') throw new Error('this worker keeps no reviews')
  const { numbers } = host.desk
  const { module, type, cause, month, tickets, numbers: counted } = frequent
  const { id, version, zone, reviews } = profile
  const lead = reviews?.lead
  const input = { title: titleOf(profile, frequent), classification: { module, type, cause }, ...(lead !== undefined && { lead }) }
  const key = createHash('sha256')
    .update(JSON.stringify([id, module, type, cause, month, counted[0]]))
    .digest('hex')
  const origin = { profile: id, profileVersion: version }
  const now = instantOf(clock.now().getTime())
  const counting = { db, takeSerial: (counter: string) => takeSerial(db, counter) }
  for await (const number of countedNumbers(counting, counterKey(numbers, now, zone), (serial) =>
    renderNumber(numbers, { now, zone, serial }),
  )) {
    const refusal = await openBySystem(reviewing, { host, number, key, input, origin })
    if (refusal === 'number-taken') continue
    if (refusal === 'invalid-input') throw new Error(`a review of ${module}, ${type}, ${cause} cannot begin`)
    if (refusal === null) {
      log.info({ number, month, tickets }, 'a classification has come too often: it is to be reviewed')
      // Those for which it opened are its own, also where the month that they came in is over.
      await join(reviewing, { number, counted: 0, tickets: counted })
    }
    return
  }
}

/** What it is of, as the profile calls that. */
function titleOf(
  { language, types, classification }: Profile,
  { module, type, cause }: Pick<FrequentClassification, 'module' | 'type' | 'cause'>,
): string {
  const named = (list: readonly { readonly id: string; readonly label: Profile['label'] }[], id: string) =>
    list.find((one) => one.id === id)?.label[language] ?? id
  return [named(classification.modules, module), named(types, type), named(classification.causes, cause)].join(' · ').slice(0, 200)
}

/** Has them join it, unless somebody else had them join since they were found. */
async function join(reviewing: Reviewing, { number, counted, tickets }: Joining): Promise<void> {
  const { db, gateway, processes } = reviewing
  const host = hostOf(processes, 'review')
  const head = await headOf(db, number)
  const [teller] = tickets
  if (!host || !head || head.ended || teller === undefined) return
  const id = `join ${counted} ${tickets.length} ${teller}`
  const result = await gateway.wake(number, `${id} ${head.version}`, {
    writtenThrough: head.version,
    command: { id, command: 'join-tickets', input: { tickets, counted }, teller },
  })
  if (result.kind === 'woken') await written(reviewing, host, result.batch)
}

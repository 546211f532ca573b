import { createHash } from 'node:crypto'
import {
  frequentClassifications,
  joiningTickets,
  type Frequency,
  type FrequentClassification,
  type Joining,
} from '../db/classified-tickets.ts'
import { headOf } from '../db/heads.ts'
import { insertProcess, takeSerial } from '../db/intake.ts'
import { directoryOf } from '../db/people.ts'
import { listProfiles } from '../db/profiles.ts'
import { identityOf } from '../db/requests.ts'
import { instantOf, plus, type Instant } from '../domain/instant.ts'
import { counterKey, renderNumber } from '../domain/numbering.ts'
import { systemActor } from '../domain/people.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { startDeadlineMs, startWorkflow, written, type Reach } from '../gateway/reach.ts'
import { hasCommonRoutes, hostOf } from '../processes/hosting.ts'
import { countedNumbers, judged, takeIn } from '../processes/intake.ts'
import type { Logger } from '../runtime/logging.ts'
import { startRounds } from '../runtime/rounds.ts'

/**
 * Reviews that open by themselves (T17): every worker looks in the rows for what was classified lately, opens a review where a classification
 * has come too often, and has later tickets join it. Whoever does it, and however often: the rows take one open review of a classification,
 * and a ticket that counts already is not found again. Nothing of it is remembered but how far was looked, so a worker that dies leaves
 * nothing undone.
 */

export type Reviewing = Reach & { readonly log: Logger }

/** Somebody who solves the fifth ticket need not see the review in the same minute. */
const everyMs = 30_000
/** On a worker's first look: what was classified longer ago had its chance, or was classified before anybody wanted reviews. */
const firstLook = 'P31D'
/** Events reach the rows some time after they are recorded; what is looked at twice is counted once. */
const overlap = 'P1D'
/** Tickets that join at once: their numbers stand in one event. */
const joinedAtOnce = 200

export function startReviewRounds(reviewing: Reviewing): { stop(): Promise<void> } {
  let since: Instant | undefined
  return startRounds(everyMs, async () => {
    const now = instantOf(reviewing.clock.now().getTime())
    const looked = await reviewRound(reviewing, since ?? plus(now, `-${firstLook}`)).catch((err: unknown) => {
      reviewing.log.warn({ err }, 'what is to be reviewed could not be looked up; the next round tries again')
      return false
    })
    if (looked) since = plus(now, `-${overlap}`)
  })
}

/** One round over what was classified since then; whether all that was found is done. */
export async function reviewRound(reviewing: Reviewing, since: Instant): Promise<boolean> {
  const { db, log } = reviewing
  const profiles = (await listProfiles(db)).map(({ profile }) => profile)
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
    for (const frequent of await frequentClassifications(db, frequencies, since)) {
      const profile = profiles.find(({ id }) => id === frequent.profile)
      if (profile) await attempt(frequent, () => openReview(reviewing, profile, frequent))
    }
  const zones = profiles.map(({ id, zone }) => ({ profile: id, zone }))
  for (const joining of await joiningTickets(db, zones, joinedAtOnce)) await attempt(joining, () => join(reviewing, joining))
  return complete
}

/** Takes it in as a registration does, by `system`: its rows first, then its workflow. Of several who try, one does. */
async function openReview(reviewing: Reviewing, profile: Profile, frequent: FrequentClassification): Promise<void> {
  const { db, clock, log, processes } = reviewing
  const host = hostOf(processes, 'review')
  if (!host || !hasCommonRoutes(host) || typeof host.desk.numbers !== 'string') return
  const { module, type, cause, month, tickets, first } = frequent
  const { reviews } = profile
  const reading = host.process.birth.read({
    title: titleOf(profile, frequent),
    classification: { module, type, cause },
    ...(reviews?.lead !== undefined && { lead: reviews.lead }),
  })
  if (!reading.ok) throw new Error(`a review of ${module}, ${type}, ${cause} could not be said`)
  const at = instantOf(clock.now().getTime())
  const key = createHash('sha256')
    .update(JSON.stringify([profile.id, module, type, cause, month, first]))
    .digest('hex')
  const request = identityOf({ caller: systemActor.id, key, route: 'open review', ticket: null, bodyHash: '', createdAt: at })
  const { beginning } = reading
  const origin = { profile: profile.id, profileVersion: profile.version }
  const judgement = await judged(
    { ...reviewing, directory: (mentioned) => directoryOf(db, mentioned, at) },
    { host, beginning, origin, parent: null, act: { requestId: request.id, actor: systemActor, at } },
  )
  if (!judgement.ok) throw new Error(`a review of ${module}, ${type}, ${cause} cannot begin: ${JSON.stringify(judgement.errors)}`)
  const { form, birthContext } = judgement
  const { zone } = profile
  const pattern = host.desk.numbers
  const numbers = countedNumbers({ db, takeSerial: (counter) => takeSerial(db, counter) }, counterKey(pattern, at, zone), (serial) =>
    renderNumber(pattern, { now: at, zone, serial }),
  )
  const answer = ({ number }: { readonly number: string }) => ({ status: 201, body: { number } })
  const outcome = await takeIn((intake) => insertProcess(db, intake), numbers, {
    ...{ host, request, beginning, birthContext, answer },
    formUnder: () => form,
  })
  if (outcome.result !== 'inserted') return
  const { number } = outcome.intake
  log.info({ number, month, tickets }, 'a classification has come too often: a review of it is open')
  // Should this fail, the sweeper starts it.
  const head = await headOf(db, number)
  if (head) await startWorkflow(reviewing, head, startDeadlineMs)
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

import { stageLabel } from '../../domain/stages.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import { randomUUID } from 'node:crypto'
import { readTicket } from '../../api/operations/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { accepted, createStory, StoryError, type Stage, type Story as Acting, type Time } from './acting.ts'
import { namesOf, type Player } from './cast.ts'
import { localTime } from './instants.ts'
import { zoneOf } from './script.ts'
import { showOutlook, showPromises } from './promises.ts'
import type { Claimed, Solution, Test } from './words.ts'

/**
 * Plays the case of the registration form of the profile `tech-support` from intake to follow-up (T2–T12), with the
 * refusals a real case meets on the way; gives the ticket's number. Each run is a new ticket.
 * @throws StoryError when an act is refused that should not be, or the other way round; ApiError when the product is away
 */
export async function tellStory(stage: Stage): Promise<string> {
  const number = await register(stage)
  const zone = await zoneOf(stage.cast, profile)
  const story = { ...createStory(stage, number), zone }
  await intake(story)
  const calledAt = await lookAtContact(story)
  await triage(story)
  await recordCall(story, calledAt)
  const claimed = await claim(story)
  await handle(story, claimed)
  await verifyTwice(story, claimed)
  await confirmTwice(story, claimed)
  await followUp(story, claimed)
  const { cast, words, narrator, locale, time } = stage
  const reading = { client: cast.agent, number, zone, now: time.now(), narrator, words: words.promises, locale }
  await showPromises(reading)
  await showOutlook(reading)
  return number
}

type Story = Acting & { readonly zone: string }

const profile = 'tech-support'

const second = 1000
const hour = 3600 * second
/** For something that was due seconds ago, on a machine that is busy with other things. */
const patience = 60 * second

/** The customer registers the problem; sent twice, it is one ticket. */
async function register({ cast, words, narrator, locale }: Stage): Promise<string> {
  const names = namesOf(cast)
  const { title, description, errorText, keywords } = words.form
  const form = {
    profile,
    type: 'software-fault',
    priority: 'high',
    channel: 'ticket-system',
    title,
    description,
    fields: { occurredAt: '2023-10-01T14:30:00+08:00', errorText, descriptionConfirmed: true },
    keywords,
  }
  const key = randomUUID()
  narrator.scene(words.registration, words.tell.register(names))
  const first = accepted(await cast.customer.register(form, key), words, words.registration)
  narrator.result(`${first.number} · ${words.at(stageLabel(ticketStages, first.stage, locale), first.version)}`)
  narrator.speech(first.tell)
  narrator.scene(words.registration, words.tell.registerAgain(names))
  const again = accepted(await cast.customer.register(form, key), words, words.registration)
  if (again.number !== first.number) throw new StoryError(words.wentWrong(words.registration, `${first.number} ≠ ${again.number}`))
  narrator.result(words.tell.sameTicket(again.number))
  return first.number
}

async function intake({ act, cast, words, names }: Story): Promise<void> {
  const { tell } = words
  await act(cast.agent, 'review-intake', tell.incomplete(names), { complete: false, missing: words.missing, message: words.missingMessage })
  await act(cast.customer, 'supplement', tell.supplement(names), { fields: words.supplement })
  await act(cast.agent, 'review-intake', tell.complete(names), { complete: true })
}

/** Everybody sees a mask; who may see more leaves a trace. Gives the instant of the call that it is for. */
async function lookAtContact({ act, cast, words, names, narrator, number, time }: Story): Promise<string> {
  narrator.scene(words.lookup, words.tell.masked(names))
  const { customer } = await cast.engineer.read(readTicket, { params: { number } })
  narrator.result([customer.name, customer.phone, customer.email].filter((part) => part !== null).join(' · '))
  const { contact } = await act(cast.agent, 'reveal', words.tell.reveal(names), { reason: words.revealReason })
  if (!contact) throw new StoryError(words.wentWrong('reveal', 'no contact in the answer'))
  narrator.result([contact.phone, contact.email].filter((part) => part !== null).join(' · '))
  return instantOf(time.now())
}

async function triage({ act, cast, words, names, time }: Story): Promise<void> {
  await act(cast.engineer, 'diagnose', words.tell.diagnose(names), { ...words.diagnosis, module: 'login', reproduced: true })
  await act(cast.supervisor, 'record-review-meeting', words.tell.meeting(names), {
    ...words.meeting,
    participants: [names.supervisor, names.engineer, names.agent],
    priority: 'high',
    dueAt: after(time, 48 * hour),
  })
}

/** Recorded later than it happened: what counts is when it happened, and that cannot be before there was a ticket (X8). */
async function recordCall({ act, refused, cast, words, names, narrator, number, zone, time }: Story, calledAt: string): Promise<void> {
  const call = { channel: 'phone', direction: 'outbound', text: words.call } as const
  const at = localTime(calledAt, zone, time.now())
  await refused(cast.agent, 'contact', words.tell.mistypedCall(names), { ...call, occurredAt: after(time, -24 * hour) })
  await act(cast.agent, 'contact', words.tell.call(names, at), { ...call, occurredAt: calledAt })
  const { promises } = await cast.agent.read(readTicket, { params: { number } })
  const kept = promises.find(({ stoppedAt, state }) => stoppedAt === calledAt && state === 'kept')
  if (!kept) throw new StoryError(words.wentWrong('contact', `nothing is kept at ${calledAt}`))
  narrator.result(words.tell.callCounts(kept.label, at, localTime(kept.dueAt, zone, time.now())))
}

/** Two claim in the same moment: exactly one gets it, the other is told who has it (S9). */
async function claim({ cast, words, names, narrator, number, told, label }: Story): Promise<Race> {
  narrator.scene(label('claim'), words.tell.claim(names))
  const racers = [cast.engineer, cast.colleague] as const
  const [one, other] = await Promise.all([racers[0].act(number, 'claim', {}), racers[1].act(number, 'claim', {})])
  if (one.ok === other.ok) throw new StoryError(words.wentWrong(label('claim'), `${Number(one.ok) + Number(other.ok)} of 2`))
  const [handler, loser] = one.ok ? racers : [racers[1], racers[0]]
  const claimed = { ...names, handler: handler.who.name, loser: loser.who.name }
  narrator.result(words.tell.won(claimed.handler))
  narrator.result(words.tell.lost(claimed.loser))
  told(one.ok ? other : one)
  return { handler, loser, names: claimed }
}

interface Race {
  readonly handler: Player
  readonly loser: Player
  readonly names: Claimed
}

async function handle({ act, refused, words, time }: Story, { handler, loser, names }: Race): Promise<void> {
  const { tell } = words
  await refused(loser, 'accept', tell.acceptForeign(names), {})
  await act(handler, 'accept', tell.accept(names), {})
  await act(handler, 'plan', tell.plan(names), { kind: 'configuration', steps: words.firstPlan, estimatedFinishAt: after(time, 4 * hour) })
  await act(handler, 'update-progress', tell.progress(names), { text: words.progress, visibleToCustomer: true })
  await refused(handler, 'complete', tell.emptyTag(names), completion(words.firstSolution, 'misconfiguration', [words.emptyTag]))
  await act(handler, 'complete', tell.complete1(names), completion(words.firstSolution, 'misconfiguration', words.tags))
}

async function verifyTwice({ act, cast, words }: Story, { handler, names }: Race): Promise<void> {
  const { tell } = words
  await act(cast.tester, 'verify', tell.failed(names), verification(words.failedTest, false))
  await act(handler, 'complete', tell.complete2(names), completion(words.secondSolution, 'misconfiguration', words.tags))
  await act(cast.tester, 'verify', tell.passed(names), verification(words.passedTest, true))
}

async function confirmTwice(story: Story, race: Race): Promise<void> {
  const { act, refused, cast, words, time } = story
  const { handler, names } = race
  const { tell } = words
  await act(cast.agent, 'confirm', tell.unsolved(names), { outcome: 'unsolved', channel: 'phone', remark: words.unsolved })
  await refused(handler, 'complete', tell.noPlan(names), completion(words.finalSolution, 'code-defect', words.tags))
  await act(handler, 'plan', tell.planAgain(names), {
    kind: 'code-fix',
    steps: words.secondPlan,
    estimatedFinishAt: after(time, 5 * second),
  })
  await breaks(story, 'agreed')
  await defer(story, race)
  await act(handler, 'complete', tell.complete3(names), completion(words.finalSolution, 'code-defect', words.tags))
  await act(cast.tester, 'verify', tell.passedAgain(names), verification(words.finalTest, true))
  await act(cast.agent, 'confirm', tell.solved(names), {
    outcome: 'solved',
    channel: 'chat',
    remark: words.solved,
    satisfaction: 4,
    proof: words.proof,
  })
}

/** Nobody does anything, and the promise breaks by itself, stamped with the instant it was due (X4). */
async function breaks({ cast, words, narrator, number, time, zone }: Story, clock: string): Promise<void> {
  narrator.scene(words.passing, words.tell.breaks)
  const started = time.now()
  for (;;) {
    const promise = (await cast.agent.read(readTicket, { params: { number } })).promises.find((one) => one.clock === clock)
    if (promise?.state === 'broken') {
      narrator.result(words.tell.broken(promise.label, localTime(promise.dueAt, zone, time.now())), 'red')
      // Time to read it.
      await time.sleep(second)
      return
    }
    if (time.now() - started > patience) throw new StoryError(words.wentWrong(words.passing, `${clock}: ${promise?.state}`))
    await time.sleep(second / 4)
  }
}

/** A deadline that did not hold: the reason and a new one, marked as told too late (T14). */
async function defer({ act, words, narrator, zone, time }: Story, { handler, names }: Race): Promise<void> {
  const { events } = await act(handler, 'defer', words.tell.defer(names), {
    reason: words.deferral,
    cause: 'objective',
    newDueAt: after(time, 12 * hour),
    customerTold: true,
  })
  const deferred = events.find(({ type }) => type === 'deferred')
  if (deferred?.type !== 'deferred') throw new StoryError(words.wentWrong('defer', 'nothing was deferred'))
  const { late, newDueAt } = deferred
  narrator.result(words.tell.deferred(!late, localTime(newDueAt, zone, time.now())), late ? 'yellow' : 'green')
}

async function followUp({ act, cast, words, narrator }: Story, { handler, names }: Race): Promise<void> {
  const closed = await act(handler, 'close', words.tell.close(names), {})
  const report = closed.events.find(({ type }) => type === 'closed')
  if (report?.type !== 'closed') throw new StoryError(words.wentWrong('close', 'there is no report'))
  narrator.result(words.tell.report(report.durationHours ?? 0, report.satisfaction ?? 0))
  await act(cast.agent, 'callback', words.tell.callback(names), {
    reached: true,
    satisfaction: 5,
    experience: words.experience,
    suggestions: words.suggestions,
  })
}

function completion({ solution, ...cause }: Solution, kind: string, tags: readonly string[]) {
  return { solution, cause, classification: { module: 'login', type: 'software-fault', cause: kind }, tags }
}

function verification({ method, remark }: Test, passed: boolean) {
  return { passed, method, remark, sideEffectsChecked: passed }
}

function after(time: Time, ms: number): string {
  return instantOf(time.now() + ms)
}

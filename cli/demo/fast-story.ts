import { stageLabel } from '../../domain/stages.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import type { TicketCommandInput, TicketCommandName } from '../../api/operations/commands.ts'
import { listProfiles } from '../../api/operations/profiles.ts'
import { readTicket } from '../../api/operations/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { accepted, createStory, StoryError, type Stage } from './acting.ts'
import { namesOf, type Cast } from './cast.ts'
import { demoProfile, demoSeconds } from './fast-profile.ts'
import type { FastWords } from './fast-words.ts'
import { gathered, showMails } from './fast-mails.ts'
import { localTime } from './instants.ts'
import type { Letter } from './mail-folder.ts'
import { outcomeInWords, showOutlook, showPromises } from './promises.ts'
import { createWatch } from './watch.ts'

export interface FastStage extends Stage {
  readonly fast: FastWords
  /** The profile that is made fast. */
  readonly base: Profile
  readonly mails: (number: string) => Promise<readonly Letter[]>
  /** Where mails are kept. */
  readonly mailFolder: string
}

/**
 * Plays an urgent ticket on which promises break and are kept in real time, within some 75 seconds (T3, T8, T14, X4, X8);
 * gives its number. What time does is told as it happens, what became of each promise at the end.
 * @throws StoryError when an act is refused, or nothing happens any more
 */
export async function tellFastStory(stage: FastStage): Promise<string> {
  const profile = await install(stage)
  const number = await register(stage, profile)
  const story = createFastStory(stage, profile, number)
  await nobodyAnswers(story)
  await takeInHand(story)
  await forgetToTell(story)
  await defer(story)
  await recordAfterwards(story)
  await missTheDeadline(story)
  await closeTheLoop(story)
  await sumUp(story)
  return number
}

/** Installs the fast profile as its next version, unless the newest is the same. */
async function install({ cast: { admin }, base, locale, fast, words, narrator }: FastStage): Promise<Profile> {
  const profile = demoProfile(base, locale)
  narrator.scene(fast.scenes.install, fast.tell.install(demoSeconds['first-response']))
  const { items } = await admin.read(listProfiles)
  const newest = items.find(({ id }) => id === profile.id)?.version ?? 0
  const again = newest === 0 ? undefined : await admin.install({ ...profile, version: newest })
  const { version } = again?.ok
    ? again.value
    : accepted(await admin.install({ ...profile, version: newest + 1 }), words, fast.scenes.install)
  narrator.result(fast.installed(profile.id, version))
  const targets = profile.clocks.flatMap(({ id, label }): [string, string][] => {
    const target = Object.entries(demoSeconds).find(([clock]) => clock === id)?.[1]
    return target === undefined ? [] : [[label[locale], fast.seconds(String(target))]]
  })
  narrator.facts(targets)
  return { ...profile, version }
}

async function register({ cast, words, narrator, locale, fast }: FastStage, profile: Profile): Promise<string> {
  const names = namesOf(cast)
  const { company, title, description, errorText } = fast.form
  narrator.scene(words.registration, fast.tell.register(names))
  const form = {
    profile: profile.id,
    type: 'software-fault',
    priority: 'urgent',
    channel: 'email',
    customer: { name: names.customer, company, phone: '138 1234 5678', email: 'hejun@example.com' },
    title,
    description,
    fields: { errorText },
  }
  const { number, stage, version, tell } = accepted(await cast.agent.register(form), words, words.registration)
  narrator.result(`${number} · ${words.at(stageLabel(ticketStages, stage, locale), version)}`)
  narrator.speech(tell)
  return number
}

type FastStory = ReturnType<typeof createFastStory>

function createFastStory(stage: FastStage, profile: Profile, number: string) {
  const { cast, narrator, words, fast, locale, time, mails } = stage
  const acting = createStory(stage, number)
  const watch = createWatch({
    client: cast.agent,
    number,
    profile,
    names: namesById(cast),
    narrator,
    words: fast,
    promiseWords: words.promises,
    locale,
    time,
    mails,
  })
  return { ...stage, ...acting, profile, watch, does, clockTime }

  /** Somebody acts, and thereby ends promises of these clocks; then there is time to read. */
  async function does<N extends TicketCommandName>(
    who: keyof Cast,
    command: N,
    sentence: string,
    input: TicketCommandInput<N>,
    ...ended: string[]
  ): Promise<void> {
    await acting.act(cast[who], command, sentence, input)
    for (const clock of ended) await became(clock)
    await watch.during(readingMs)
  }

  /** Says what became of the newest promise of a clock. */
  async function became(clock: string): Promise<void> {
    const { promises } = await cast.agent.read(readTicket, { params: { number } })
    const promise = promises.findLast((one) => one.clock === clock)
    if (!promise || promise.stoppedAt === null) throw new StoryError(words.wentWrong(number, `${clock} is not over`))
    const { text, style } = outcomeInWords(promise, words.promises)
    narrator.result(fast.outcome(promise.label, text, clockTime(promise.dueAt), clockTime(promise.stoppedAt)), style)
  }

  function clockTime(instant: string): string {
    return localTime(instant, profile.zone, time.now())
  }
}

const readingMs = 700

/** Warning, breach, and the word climbs to the department head; then a call that comes too late (T3, X4). */
async function nobodyAnswers({ narrator, fast, names, watch, does }: FastStory): Promise<void> {
  narrator.scene(fast.scenes.silence, fast.tell.silence(names))
  await watch.until({ clock: 'first-response', rung: 'department-head' })
  await watch.during(2 * readingMs)
  const call = { channel: 'phone', direction: 'outbound', text: fast.call } as const
  await does('agent', 'contact', fast.tell.call(names), call, 'first-response')
}

async function takeInHand({ fast, names, does, time }: FastStory): Promise<void> {
  await does('agent', 'review-intake', fast.tell.review(names), { complete: true })
  await does('engineer', 'diagnose', fast.tell.diagnose(names), { ...fast.diagnosis, module: 'integration', reproduced: true })
  await does('engineer', 'claim', fast.tell.claim(names), {})
  await does('engineer', 'accept', fast.tell.accept(names), {}, 'start')
  const estimatedFinishAt = instantOf(time.now() + 30_000)
  await does('engineer', 'plan', fast.tell.plan(names), { kind: 'configuration', steps: fast.plan, estimatedFinishAt })
}

/** Even with nothing new the customer hears that somebody is at it; then the handler remembers (T8). */
async function forgetToTell({ narrator, fast, names, watch, does }: FastStory): Promise<void> {
  narrator.scene(fast.scenes.busy, fast.tell.busy(names))
  await watch.until({ clock: 'progress', cycle: 1, rung: 'supervisor' })
  await watch.during(readingMs)
  await does('engineer', 'update-progress', fast.tell.progress(names), { text: fast.progress, visibleToCustomer: true })
}

/** The deadline will not hold, and whoever sees it says so in time (T14). */
async function defer({ narrator, fast, names, watch, act, cast, words, number, clockTime }: FastStory): Promise<void> {
  narrator.scene(fast.scenes.warned, fast.tell.warned(names))
  await watch.until({ clock: 'resolution', rung: 'handler' })
  await watch.during(readingMs)
  const { promises } = await cast.engineer.read(readTicket, { params: { number } })
  const resolution = promises.find(({ clock }) => clock === 'resolution')
  if (!resolution) throw new StoryError(words.wentWrong(number, 'no resolution is promised'))
  const { events } = await act(cast.engineer, 'defer', fast.tell.defer(names), {
    reason: fast.deferral,
    cause: 'objective',
    newDueAt: instantOf(Date.parse(resolution.dueAt) + 20_000),
    customerTold: true,
  })
  const deferred = events.find(({ type }) => type === 'deferred')
  if (deferred?.type !== 'deferred') throw new StoryError(words.wentWrong(number, 'nothing was deferred'))
  const { late, newDueAt } = deferred
  narrator.result(fast.deferred(!late, clockTime(newDueAt)), late ? 'yellow' : 'green')
  await watch.during(readingMs)
}

/** Done in time and recorded late: kept, although the breach was stamped meanwhile (X8). */
async function recordAfterwards({ narrator, fast, names, watch, does, time }: FastStory): Promise<void> {
  await watch.until({ clock: 'progress', cycle: 2, rung: 'reminder' })
  narrator.scene(fast.scenes.phone, fast.tell.phone(names))
  const occurredAt = instantOf(time.now())
  await watch.until({ clock: 'progress', cycle: 2, type: 'promise-broken' })
  await watch.during(readingMs)
  await does('engineer', 'update-progress', fast.tell.phoned(names), { text: fast.phoned, visibleToCustomer: false, occurredAt })
}

async function missTheDeadline({ narrator, fast, names, watch, does }: FastStory): Promise<void> {
  narrator.scene(fast.scenes.gone, fast.tell.gone(names))
  await watch.until({ clock: 'resolution', rung: 'missed' })
  await watch.during(readingMs)
  const { solution, direct, underlying } = fast.solution
  await does('engineer', 'complete', fast.tell.complete(names), {
    solution,
    cause: { direct, underlying },
    classification: { module: 'integration', type: 'software-fault', cause: 'expired-credential' },
    tags: fast.tags,
  })
}

async function closeTheLoop({ fast, names, does }: FastStory): Promise<void> {
  await does('tester', 'verify', fast.tell.verify(names), { passed: true, ...fast.test, sideEffectsChecked: true })
  const answer = { outcome: 'solved', channel: 'phone', remark: fast.solved, satisfaction: 3, proof: fast.proof } as const
  await does('agent', 'confirm', fast.tell.confirm(names), answer, 'resolution', 'deferral')
  await does('engineer', 'close', fast.tell.close(names), {})
  const callback = { reached: true, satisfaction: 3, experience: fast.experience }
  await does('agent', 'callback', fast.tell.callback(names), callback, 'callback')
}

async function sumUp(story: FastStory): Promise<void> {
  const { cast, number, profile, time, narrator, words, fast, locale, watch } = story
  await watch.untilQuiet()
  const reading = { client: cast.agent, number, zone: profile.zone, now: time.now(), narrator, words: words.promises, locale }
  const promises = await showPromises(reading)
  const missed = promises.find(({ clock, state }) => clock === 'resolution' && state === 'broken')
  const kept = promises.find(({ clock, state }) => clock === 'deferral' && state === 'kept')
  if (missed && kept) narrator.remark(fast.verdict.deferral(missed.label, kept.label))
  for (const { label } of promises.filter(({ recordedLate }) => recordedLate)) narrator.remark(fast.verdict.recordedLate(label))
  showMails(watch.letters(), { ...story, gathered: await gathered(cast.agent, number), list: words.promises.list })
  await showOutlook(reading)
}

function namesById(cast: Cast): Record<string, string> {
  return Object.fromEntries(Object.values(cast).map(({ who }) => [who.id, who.name]))
}

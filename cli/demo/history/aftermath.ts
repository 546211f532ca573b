import { epochMs } from '../../../domain/instant.ts'
import { knownClocks } from '../../../domain/profile/clocks.ts'
import { latest } from '../../../workflows/common/cycles.ts'
import { isOwed } from '../../../workflows/common/promises.ts'
import { plans, works, type Work } from './scenes.ts'
import { hour, minute, type Steps, type Telling } from './telling.ts'

/** From the solution to the archive: the customer's answer, the report, the callback, what was learnt, and what comes back. */
export function* aftermath(t: Telling, work: Work): Steps {
  for (let round = 1; round <= 3; round += 1) {
    yield* confirms(t, work)
    if (t.isIn('closing')) yield* closes(t)
    if (!t.isIn('follow-up') || t.state.closedBySilence) return
    yield* finishesTasks(t)
    yield* callsBack(t)
    yield* files(t)
    if (!(yield* reopens(t, work, round))) return
    yield* works(t, { ...work, minutes: work.minutes * 0.7 })
  }
}

/** The customer says whether it is solved; now and then they never do. */
function* confirms(t: Telling, work: Work): Steps {
  for (let unsolved = 0; t.isIn('confirmation');) {
    if (t.chance.percent(5)) yield* hearsNothing(t)
    else yield* t.after(75, t.representative)
    if (!t.isIn('confirmation')) return
    const outcome = t.chance.weighed({ solved: 87, partly: 7, unsolved: unsolved === 0 ? 6 : 0 })
    const remark = outcome === 'partly' ? t.text('partly') : outcome === 'unsolved' ? t.text('unsolved') : undefined
    const satisfaction = outcome !== 'unsolved' && t.chance.percent(26) ? { satisfaction: score(t) } : {}
    const own = t.state.requester
    const channel = own !== null ? t.occasion.channel : t.chance.percent(80) ? 'phone' : 'chat'
    t.act(own ?? t.representative, 'confirm', { outcome, channel, ...(remark !== undefined && { remark }), ...satisfaction })
    if (outcome !== 'unsolved') return
    unsolved += 1
    yield* t.after(30, t.handler)
    if (t.isIn('handling')) plans(t, work.minutes + again)
    yield* works(t, { ...work, minutes: work.minutes * 0.6 })
  }
}

/** What is promised to a customer who was let down has room for the proof and for their answer. */
const again = 540

/** Nobody answers the phone: it is closed by silence where the profile says so, else somebody is reached days later. */
function* hearsNothing(t: Telling): Steps {
  const promise = latest(t.state.promises, 'confirmation')
  if (promise) yield* t.until(epochMs(promise.dueAt) + t.chance.between(0.1, 6) * hour)
}

function* closes(t: Telling): Steps {
  yield* t.after(65, t.handler)
  if (!t.isIn('closing')) return
  const known = t.state.confirmation?.satisfaction ?? null
  t.act(t.handler, 'close', {
    ...(known === null && { satisfaction: t.chance.percent(70) ? 5 : 4 }),
    ...(t.chance.percent(25) && { article: t.text('article') }),
  })
}

function* finishesTasks(t: Telling): Steps {
  for (const { id, owner } of t.state.tasks) {
    yield* t.after(150)
    const who = owner !== null && owner.startsWith('agent-') ? owner : t.representative
    if (t.state.tasks.some((task) => task.id === id)) t.act(who, 'finish-task', { task: id, result: t.text('taskDone') })
  }
}

function* callsBack(t: Telling): Steps {
  const owes = () => isOwed(latest(t.state.promises, knownClocks.callback))
  yield* t.until(calledAt(t))
  while (owes()) {
    const reached = !t.chance.percent(24)
    const satisfaction = score(t)
    t.act(t.representative, 'callback', {
      reached,
      ...(reached && t.chance.percent(78) && { satisfaction, experience: t.text(satisfaction) }),
      ...(reached && t.chance.percent(22) && { suggestions: t.text('suggestions') }),
    })
    if (owes()) yield* t.after(140)
  }
}

/** The same day mostly; who counts every hour calls on the weekend too, if they think of it. */
function calledAt(t: Telling): number {
  // Now and then it is forgotten for days.
  if (t.chance.percent(4)) return t.working(t.chance.between(17, 34) * hour)
  const within = t.now + t.chance.around(5, 0.6) * hour
  const planned = t.working(t.chance.around(120, 0.6) * minute)
  return planned - t.now > 20 * hour && t.chance.percent(85) ? Math.max(within, t.now + hour) : planned
}

function* files(t: Telling): Steps {
  const owes = () => isOwed(latest(t.state.promises, knownClocks.article))
  if (!owes()) return
  yield* t.after(420, t.handler, 0.8)
  if (owes())
    t.act(t.handler, 'file-article', t.chance.percent(45) ? { article: t.text('article') } : { unnecessary: t.text('unnecessary') })
}

/** It comes back within its window; whether it did. */
function* reopens(t: Telling, work: Work, round: number): Generator<number, boolean> {
  const unhappy = t.state.counts.unsolved > 0 || broken(t) > 1
  const until = t.state.reopenableUntil
  if (until === null || !t.chance.percent(round > 1 ? 2 : unhappy ? 9 : 3.2)) return false
  yield* t.until(t.working(t.chance.between(3, 26) * hour))
  if (!t.isIn('follow-up') || t.now >= epochMs(until)) return false
  t.act(t.representative, 'reopen', { reason: t.text('reopened') })
  yield* t.after(25, t.handler)
  if (t.isIn('handling')) plans(t, work.minutes + again)
  return t.isIn('handling')
}

/** What the customer gives: the better, the more of what was promised was kept. */
function score(t: Telling): 1 | 2 | 3 | 4 | 5 {
  const bad = broken(t) + (t.state.counts.unsolved + t.state.counts.reopenings) + (t.occasion.type === 'complaint' ? 0.35 : 0)
  const [five, four, three, two] =
    bad < 0.5 ? [63, 92, 98, 99.4] : bad < 1 ? [48, 84, 95, 98.5] : bad < 2 ? [22, 60, 86, 96] : [8, 33, 68, 89]
  const drawn = t.chance.next() * 100
  return drawn < five ? 5 : drawn < four ? 4 : drawn < three ? 3 : drawn < two ? 2 : 1
}

/** Promises that the customer notices. */
function broken({ ticket }: Telling): number {
  const clocks = new Set(
    ticket.events.flatMap((event) => (event.type === 'promise-broken' && noticed.has(event.clock) ? [event.clock] : [])),
  )
  const { deadline } = ticket.policy
  return (typeof deadline === 'string' && clocks.has(deadline) ? 1 : 0) + clocks.size * 0.6
}

const noticed: ReadonlySet<string> = new Set(['first-response', 'progress', 'resolution', 'agreed', 'deferral', 'start'])

import { own } from '../../../domain/own.ts'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import { solvingDeadline } from '../../../workflows/ticket/clocks.ts'
import { waitingReasons } from './phrases.ts'
import { hour, minute, type Steps, type Telling } from './telling.ts'

/** Scenes that tickets of every profile come to while somebody works on them. */

/** A call to the customer, at times written down only later. */
export function call(t: Telling, who: string, text: string, direction: 'outbound' | 'inbound' = 'outbound'): void {
  const minutesAgo = t.chance.percent(18) ? t.chance.between(3, 25) : 0
  const occurredAt = instantOf(Math.max(Math.ceil(t.now - minutesAgo * minute), epochMs(t.state.submittedAt)))
  const channel = t.chance.percent(75) ? 'phone' : 'chat'
  t.act(who, 'contact', { channel, direction, text, ...(minutesAgo > 0 && { occurredAt }) })
}

/** Somebody looks at how the customer is reached, which stands on record. */
export function looksUp(t: Telling, who: string, ofHundred: number): void {
  if (t.chance.percent(ofHundred)) t.act(who, 'reveal', { reason: t.text('revealed') })
}

export interface Work {
  /** Minutes that the work takes, more or less. */
  readonly minutes: number
  /** Minutes from one update to the next. */
  readonly every: number
  /** Kinds of things other than the customer that it may wait for, by the profile. */
  readonly waits: readonly [string, ...string[]]
  /** Who works in its team. */
  readonly team: string
}

/** The work from taking it up until it is completed, with what comes between. */
export function* works(t: Telling, work: Work): Steps {
  let left = t.chance.around(work.minutes, 0.75)
  let turns = 0
  while (t.isIn('handling')) {
    const part = Math.min(left, t.chance.around(work.every, 0.3))
    yield* t.until(t.later(part, t.handler))
    left -= part
    turns += 1
    if (!t.isIn('handling')) return
    if (left <= 0.5) {
      yield* completes(t)
      return
    }
    yield* defers(t, left)
    yield* between(t, work, turns)
    if (!t.isIn('handling')) return
    t.act(t.handler, 'update-progress', { text: t.text('progress'), visibleToCustomer: t.chance.percent(45) })
  }
}

/** What may come between two updates; most often nothing. */
function* between(t: Telling, work: Work, turns: number): Steps {
  const { chance } = t
  if (turns === 1 && chance.percent(2.6)) yield* getsStuck(t, work.waits)
  else if (chance.percent(9)) yield* waitsForCustomer(t)
  else if (chance.percent(7)) yield* waitsFor(t, work.waits)
  else if (turns <= 2 && chance.percent(5)) yield* changesHands(t, work.team)
  else if (turns === 1 && chance.percent(4)) yield* changesPriority(t)
  if (!t.isIn('handling')) return
  if (turns >= 2 && chance.percent(9)) urges(t)
  if (chance.percent(15)) call(t, t.representative, t.text('laterCall'), chance.percent(35) ? 'inbound' : 'outbound')
}

/** The customer rings: where does it stay? Not more often than the profile takes it down. */
function urges(t: Telling): void {
  const { urgedAt } = t.state
  if (urgedAt === null || t.now - epochMs(urgedAt) > 3 * hour) t.act(t.representative, 'urge', { reason: t.text('urging') })
}

function* waitsForCustomer(t: Telling): Steps {
  if (t.waitsFor()) return
  t.act(t.handler, 'wait', { for: 'customer', reason: t.text('waitCustomer'), message: t.text('missingMessage') })
  yield* t.rest(t.chance.percent(80) ? 7 : 50)
  // Who never answers may find the ticket closed.
  if (t.waitsFor() === 'customer') t.act(t.representative, 'supplement', { text: t.text('supplied') })
}

function* waitsFor(t: Telling, kinds: Work['waits']): Steps {
  if (t.waitsFor()) return
  const whom = t.chance.pick(kinds)
  const reason = own(waitingReasons, whom) ?? whom
  t.act(t.handler, 'wait', { for: whom, reason })
  yield* t.until(t.working(t.chance.around(7, 0.9) * hour))
  if (t.isIn('handling') && t.waitsFor()) t.act(t.handler, 'resume')
}

/** What cannot go on for weeks: the customer hears so, and somebody writes down every few days that it still waits. */
function* getsStuck(t: Telling, kinds: Work['waits']): Steps {
  const [over, told] = [t.working(t.chance.between(6, 24) * workingDay), t.working(4 * hour)]
  const promise = solvingDeadline(t.state, t.ticket.policy)
  if (promise?.state === 'running') {
    const newDueAt = instantOf(Math.ceil(Math.max(epochMs(promise.dueAt), over) + t.chance.between(-8, 40) * hour))
    if (newDueAt > promise.dueAt)
      t.act(t.handler, 'defer', { reason: '等对方排期，已约定新的时间', cause: 'objective', newDueAt, customerTold: true })
  }
  yield* t.until(told)
  if (!t.isIn('handling') || t.waitsFor()) return
  const whom = t.chance.pick(kinds)
  const reason = own(waitingReasons, whom) ?? whom
  t.act(t.handler, 'wait', { for: whom, reason })
  while (t.now < over && t.isIn('handling')) {
    yield* t.until(Math.min(over, t.working(t.chance.around(3, 0.4) * workingDay)))
    if (t.isIn('handling')) t.act(t.handler, 'update-progress', { text: `${reason}，已再次催促`, visibleToCustomer: true })
  }
  if (t.isIn('handling') && t.waitsFor()) t.act(t.handler, 'resume')
}

/** Somebody else gets it: by their superior's decision, or because they gave it back. */
function* changesHands(t: Telling, team: string): Steps {
  const [other, ...others] = t.office.handlersOf(team, [t.state.assignee])
  if (other === undefined) return
  const next = t.chance.pick([other, ...others])
  if (t.chance.percent(70)) {
    t.act(superiorOf(team), 'reassign', { assignee: next, reason: t.text('handOff') })
  } else {
    t.act(t.handler, 'release', { reason: t.text('release') })
    yield* t.after(35)
    if (t.state.assignee === null) t.act(next, 'claim')
  }
  yield* t.after(14, t.handler)
  if (t.isIn('assignment')) t.act(t.handler, 'accept')
}

/** Another priority is asked for, and the superior decides. */
function* changesPriority(t: Telling): Steps {
  const raises = t.state.priority !== 'urgent' && t.chance.percent(60)
  const priority = raises ? (t.state.priority === 'high' ? 'urgent' : 'high') : 'low'
  if (t.state.priorityChange !== null || priority === t.state.priority) return
  t.act(t.handler, 'request-priority-change', { priority, reason: t.text(raises ? 'raised' : 'lowered') })
  yield* t.after(40)
  const approve = t.chance.percent(70)
  if (t.state.priorityChange)
    t.act('supervisor-zhang', 'decide-priority-change', { approve, comment: approve ? '同意' : '影响有限，维持原优先级' })
}

/** Who sees that a deadline will be missed says so: mostly in time, sometimes hardly before it or after it. */
function* defers(t: Telling, left: number): Steps {
  const promise = solvingDeadline(t.state, t.ticket.policy)
  if (!promise || t.waitsFor() || t.state.counts.deferrals >= 2) return
  const dueAt = epochMs(promise.dueAt)
  const ready = t.later(left, t.handler)
  if (promise.state !== 'running' || ready <= dueAt || dueAt - t.now > 30 * hour) return
  if (!t.chance.percent(55)) return
  if (t.chance.percent(35)) yield* t.until(dueAt - t.chance.between(5, 100) * minute)
  if (!t.isIn('handling') || solvingDeadline(t.state, t.ticket.policy)?.dueAt !== promise.dueAt) return
  const newDueAt = instantOf(Math.ceil(Math.max(ready, dueAt, t.now) + t.chance.between(4, 30) * hour))
  t.act(t.handler, 'defer', {
    reason: t.text('deferral'),
    cause: t.chance.percent(65) ? 'objective' : 'subjective',
    newDueAt,
    customerTold: t.chance.percent(60),
  })
}

function* completes(t: Telling): Steps {
  const { of, found, cause, finding } = t.occasion
  if (t.waitsFor()) t.act(t.handler, 'resume')
  if (t.state.replan && t.ticket.policy.planBeforeCompletion !== 'never') plans(t)
  t.act(t.handler, 'complete', {
    solution: finding.solution,
    cause: { direct: finding.direct, underlying: finding.underlying },
    // “Other” says nothing of what it was.
    classification: { module: found.module, type: found.type === 'other' ? 'usage-question' : found.type, cause },
    tags: [of.about, ...of.keywords].slice(0, 2),
  })
  yield* verifies(t)
}

/** Somebody else proves the solution. */
function* verifies(t: Telling): Steps {
  const who = t.handler.startsWith('agent-') ? t.handler : t.chance.pick(['quality-wu', 'quality-wu', 'engineer-chen'])
  yield* t.after(t.handler.startsWith('agent-') ? 6 : 40)
  if (!t.isIn('verification')) return
  const passed = !t.chance.percent(t.handler === 'engineer-liu' ? 14 : 6)
  t.act(who, 'verify', {
    passed,
    method: t.text('method'),
    sideEffectsChecked: passed,
    ...(!passed && { remark: t.text('failed') }),
  })
  if (passed) return
  yield* t.after(110, t.handler)
  if (t.isIn('handling')) yield* completes(t)
}

/** How it is to be solved, and by when. */
export function plans(t: Telling, minutes = 360): void {
  const estimatedFinishAt = instantOf(Math.ceil(Math.max(t.later(t.chance.around(minutes, 0.3)), t.now + hour)))
  const departments = t.chance.percent(8) ? [{ department: 'service-desk', contact: 'agent-zhou', need: '请与客户约定停机时间' }] : []
  t.act(t.handler, 'plan', { kind: t.occasion.finding.plan, steps: t.text('plan'), estimatedFinishAt, departments })
}

const workingDay = 8 * hour

export function superiorOf(team: string): string {
  return team === 'tech-support' ? 'supervisor-sun' : 'supervisor-zhang'
}

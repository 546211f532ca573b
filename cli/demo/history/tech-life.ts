import { own } from '../../../domain/own.ts'
import { instantOf } from '../../../domain/instant.ts'
import { aftermath } from './aftermath.ts'
import { phrases } from './phrases.ts'
import { call, looksUp, plans, superiorOf, works, type Work } from './scenes.ts'
import { hour, type Steps, type Telling } from './telling.ts'

/** The life of a ticket of `tech-support`: intake, diagnosis, for what is urgent a meeting, assignment, and the work. */
export function* techLife(t: Telling): Steps {
  if (!t.occasion.live) {
    yield* t.after(t.state.priority === 'urgent' ? 11 : t.state.priority === 'high' ? 70 : 150, t.representative, 0.85)
    looksUp(t, t.representative, 60)
    call(t, t.representative, t.text('firstCall'))
  }
  yield* reviewsIntake(t)
  if (!t.isIn('triage')) return
  const work = workOf(t)
  const engineer = t.chance.pick(['engineer-wang', 'engineer-wang', 'engineer-chen', 'engineer-chen', 'engineer-liu'])
  yield* t.after(isPressing(t) ? 22 : 60, engineer)
  t.act(engineer, 'diagnose', {
    summary: t.text('diagnosis'),
    module: t.occasion.found.module,
    reproduced: t.chance.percent(75),
    ...(t.chance.percent(40) && { suspectedCause: t.occasion.finding.direct }),
    ...(t.chance.percent(25) && { remoteSession: `远程 ${Math.floor(t.chance.between(10, 50))} 分钟，查看了${t.occasion.of.about}` }),
  })
  if (t.isIn('triage')) yield* meets(t)
  if (t.chance.percent(2.5)) {
    yield* t.after(90)
    t.act(t.representative, 'withdraw', { reason: t.text('withdrawn') })
    return
  }
  yield* assigns(t, engineer)
  yield* t.after(9, t.handler)
  t.act(t.handler, 'accept')
  if (t.chance.percent(90)) {
    yield* t.after(16, t.handler)
    if (t.isIn('handling')) plans(t, work.minutes)
  }
  yield* works(t, work)
  yield* aftermath(t, work)
}

function* reviewsIntake(t: Telling): Steps {
  yield* t.after(isPressing(t) ? 6 : 22, t.representative)
  const who = t.representative
  if (t.chance.percent(isPressing(t) ? 5 : 15)) {
    const missing = [...new Set([t.chance.pick(phrases.missing), t.chance.pick(phrases.missing)])]
    t.act(who, 'review-intake', { complete: false, missing, message: t.text('missingMessage') })
    const answers = t.chance.percent(86)
    yield* t.rest(answers ? 8 : 110)
    if (!answers && t.chance.percent(60)) {
      t.act(who, 'withdraw', { reason: '客户一直未补充资料，来电表示不再需要' })
      return
    }
    t.act(who, 'supplement', { text: t.text('supplied') })
    yield* t.after(20, who)
  }
  t.act(who, 'review-intake', { complete: true })
}

/** The emergency review confirms priority and deadline. */
function* meets(t: Telling): Steps {
  const urgent = t.state.priority === 'urgent'
  yield* t.after(urgent ? 15 : 55)
  const lowered = !urgent && t.chance.percent(10)
  const hours = urgent ? t.chance.between(9, 24) : t.chance.between(26, 70)
  t.act(superiorOf('tech-support'), 'record-review-meeting', {
    participants: ['孙磊', '陈刚', t.chance.pick(['王强', '刘洋', '李娜'])],
    decision: t.text('meeting'),
    priority: lowered ? 'medium' : t.state.priority,
    ...(t.chance.percent(80) && { dueAt: instantOf(Math.ceil(t.now + hours * hour)) }),
    minutes: t.text('minutes'),
  })
}

function* assigns(t: Telling, engineer: string): Steps {
  yield* t.after(isPressing(t) ? 10 : 28)
  if (t.chance.percent(60)) t.act(engineer, 'claim')
  else t.act(t.chance.percent(70) ? t.representative : superiorOf('tech-support'), 'assign', { assignee: engineer })
}

function workOf(t: Telling): Work {
  const minutes = own({ urgent: 130, high: 230, medium: 390, low: 300 }, t.state.priority) ?? 300
  const every = own({ urgent: 42, high: 140, medium: 145, low: 145 }, t.state.priority) ?? 145
  return {
    minutes: t.occasion.type === 'usage-question' ? minutes * 0.4 : minutes,
    every,
    waits: ['vendor', 'department', 'part'],
    team: 'tech-support',
  }
}

function isPressing({ state: { priority } }: Telling): boolean {
  return priority === 'urgent' || priority === 'high'
}

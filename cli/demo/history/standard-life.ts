import { own } from '../../../domain/own.ts'
import { aftermath } from './aftermath.ts'
import { call, looksUp, works, type Work } from './scenes.ts'
import { minute, type Steps, type Telling } from './telling.ts'

/** The life of a ticket of `standard-ticket`: it finds its handler by itself, whose work it is until the customer confirms. */
export function* standardLife(t: Telling): Steps {
  // Dispatch takes a second or two.
  yield* t.until(t.now + t.chance.between(20, 100) * 1_000)
  if (t.state.assignee === null) yield* takesFromQueue(t)
  yield* reviewsPriority(t)
  if (t.chance.percent(2)) {
    yield* t.after(60)
    t.act(t.representative, 'withdraw', { reason: t.text('withdrawn') })
    return
  }
  yield* t.after(isPressing(t) ? 5 : 12, t.handler)
  t.act(t.handler, 'accept')
  if (!t.occasion.live) {
    yield* t.after(isPressing(t) ? 14 : 130, t.handler, 0.85)
    looksUp(t, t.handler, 60)
    call(t, t.handler, t.text('firstCall'))
  }
  const work = workOf(t)
  yield* works(t, work)
  yield* aftermath(t, work)
}

function* takesFromQueue(t: Telling): Steps {
  yield* t.after(25)
  if (t.state.assignee === null) t.act(t.state.team === 'tech-support' ? 'engineer-chen' : 'agent-zhou', 'claim')
}

/** Whoever got it says that the priority is right, or asks for another one. */
function* reviewsPriority(t: Telling): Steps {
  yield* t.until(t.later(Math.min(t.chance.around(4.2, 0.7), 90), t.handler))
  if (!t.chance.percent(4)) {
    t.act(t.handler, 'confirm-priority')
    return
  }
  const priority = t.state.priority === 'medium' ? 'high' : 'medium'
  t.act(t.handler, 'request-priority-change', { priority, reason: t.text(priority === 'high' ? 'raised' : 'lowered') })
  yield* t.until(t.now + t.chance.around(35) * minute)
  if (t.state.priorityChange) t.act('supervisor-zhang', 'decide-priority-change', { approve: t.chance.percent(75) })
}

function workOf(t: Telling): Work {
  const minutes = own({ consultation: 45, complaint: 420, fault: 330, suggestion: 1_500 }, t.occasion.type) ?? 300
  const pressing = isPressing(t) ? 0.6 : 1
  return {
    minutes: minutes * pressing,
    every: t.occasion.type === 'suggestion' ? 190 : 150,
    waits: t.occasion.type === 'complaint' ? ['carrier', 'department'] : ['supplier', 'part', 'department'],
    team: t.state.team,
  }
}

function isPressing({ state: { priority } }: Telling): boolean {
  return priority === 'urgent' || priority === 'high'
}

import type { Actor } from '../../../domain/people.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import type { Submission } from '../../../workflows/ticket/submission.ts'
import { chanceOf, type Chance } from './chance.ts'
import { agents, engineers, inWorkingHours, Life, supervisor, type Doing } from './life.ts'

/** What tickets of a support desk come to: most are solved at once, some wait, some come back. */

/** One life from its submission to its end, or as far as it has come by `acts` acts. */
export function livedThrough(policy: Policy, seed: number, acts = Number.POSITIVE_INFINITY): Life {
  const chance = chanceOf(seed)
  const agent = chance.of(agents)
  // Four weeks of beginnings, by day as desks have them; one in ten at night or on a weekend.
  const random = firstMonday + chance.below(28 * 24 * 60) * 60_000
  const at = chance.is(0.1) ? random : inWorkingHours(random) + chance.below(540) * 1_000
  const life = new Life(policy, chance, { by: agent, submission: submissionOf(chance), at })
  let done = 0
  for (const doing of course({ life, chance, agent, engineer: chance.of(engineers) })) {
    if (done === acts) return life
    life.do(doing)
    done += 1
  }
  // Long enough for whatever still falls due.
  life.days(60)
  return life
}

/** 6 January 2025, midnight in Shanghai. */
export const firstMonday = Date.parse('2025-01-05T16:00:00.000Z')

interface Cast {
  readonly life: Life
  readonly chance: Chance
  readonly agent: Actor
  readonly engineer: Actor
}

function submissionOf(chance: Chance): Submission {
  const channel = chance.of(['phone', 'phone', 'phone', 'chat', 'chat', 'email', 'ticket-system'])
  const live = (channel === 'phone' || channel === 'chat') && chance.is(0.6)
  const priority = chance.is(0.05) ? 'urgent' : chance.is(0.15) ? 'high' : chance.is(0.6) ? 'medium' : 'low'
  return { priority, channel, fields: {}, live }
}

function* course(cast: Cast): Generator<Doing> {
  const { life, chance, agent, engineer } = cast
  if (chance.is(0.02)) {
    yield doing(agent, 'withdraw', 90, { reason: '客户自行解决' })
    return
  }
  if (chance.is(0.12)) {
    yield doing(agent, 'review-intake', 40, { complete: false, missing: ['日志'], message: '请提供日志' })
    yield doing(agent, 'supplement', 900, { text: '日志已附上' })
  }
  yield doing(agent, 'review-intake', 40, { complete: true })
  if (chance.is(0.85)) yield call(agent, '已告知处理安排')
  yield doing(agent, 'diagnose', 60, { summary: '保存时服务器返回 500', module: chance.of(modules), reproduced: true })
  const { priority } = life.state
  if (priority === 'urgent' || priority === 'high') {
    const participants = [supervisor.id, engineer.id]
    yield doing(supervisor, 'record-review-meeting', 25, { participants, decision: '今日修复', priority, minutes: '影响多个客户' })
  }
  if (chance.is(0.5)) yield doing(supervisor, 'assign', 60, { assignee: engineer.id })
  else yield doing(engineer, 'claim', 60, {})
  yield doing(engineer, 'accept', 60, {})
  if (chance.is(0.05)) {
    yield doing(engineer, 'request-priority-change', 200, { priority: priority === 'high' ? 'urgent' : 'high', reason: '影响范围扩大' })
    yield doing(supervisor, 'decide-priority-change', 60, { approve: true })
  }
  yield* handling(cast)
  if (chance.is(0.06)) {
    yield doing(agent, 'confirm', 240, { outcome: 'unsolved', channel: 'phone', remark: '仍然出现' })
    yield* again(cast)
    yield doing(agent, 'confirm', 240, { outcome: 'partly', channel: 'phone', remark: '导出仍然偏慢' })
  } else {
    // One in eight customers is hard to reach.
    const satisfaction = chance.is(0.5) ? { satisfaction: chance.of([2, 3, 4, 4, 5, 5, 5]) } : {}
    yield doing(agent, 'confirm', chance.is(0.12) ? 6_000 : 240, { outcome: 'solved', channel: 'phone', ...satisfaction })
  }
  yield closing(cast)
  if (chance.is(0.04)) {
    yield doing(agent, 'reopen', 3_000, { reason: '问题再次出现' })
    yield* again(cast)
    yield doing(agent, 'confirm', 240, { outcome: 'solved', channel: 'phone' })
    yield closing(cast)
  }
  if (chance.is(0.15)) yield doing(agent, 'callback', 300, { reached: false })
  const answer = chance.is(0.8) ? { satisfaction: chance.of([1, 3, 4, 4, 5, 5, 5]) } : {}
  yield doing(agent, 'callback', 300, { reached: true, experience: '满意', ...answer })
  yield doing(engineer, 'file-article', 240, chance.is(0.5) ? { article: 'KB-17' } : { unnecessary: '已有文章' })
}

/** What was not solved takes a plan before anything is called complete. */
function* again(cast: Cast): Generator<Doing> {
  yield doing(cast.engineer, 'plan', 50, {
    kind: 'code-fix',
    steps: '修复空指针，回归测试',
    estimatedFinishAt: cast.life.later(200 * hourMs),
  })
  yield* handling(cast)
}

function* handling({ life, chance, agent, engineer }: Cast): Generator<Doing> {
  for (let updates = chance.below(3); updates > 0; updates -= 1)
    yield doing(engineer, 'update-progress', 120, { text: '正在排查中', visibleToCustomer: chance.is(0.5) })
  if (chance.is(0.2)) {
    const whom = chance.of(['customer', 'vendor', 'part'])
    yield doing(engineer, 'wait', 60, { for: whom, reason: '等待补丁', ...(whom === 'customer' && { message: '请提供日志' }) })
    yield doing(engineer, 'resume', 900, {})
  }
  if (chance.is(0.06)) {
    const newDueAt = life.later(20 * 24 * hourMs)
    yield doing(engineer, 'defer', 60, { reason: '厂商补丁推迟', cause: 'objective', newDueAt, customerTold: true })
  }
  const checker = chance.of(engineers.filter(({ id }) => id !== engineer.id))
  yield completion(chance, engineer)
  if (chance.is(0.08)) {
    yield doing(checker, 'verify', 120, { passed: false, method: '回归测试', sideEffectsChecked: true })
    yield completion(chance, engineer)
  }
  yield doing(checker, 'verify', 120, { passed: true, method: '回归测试', sideEffectsChecked: true })
  if (chance.is(0.2)) yield call(agent, '已告知结果')
}

function completion(chance: Chance, engineer: Actor): Doing {
  return doing(engineer, 'complete', 150, {
    solution: '修复订单保存接口的空指针，并补充输入检查',
    cause: { direct: '空指针', underlying: '缺少输入检查' },
    classification: { module: chance.of(modules), type: chance.of(types), cause: chance.of(causes) },
    tags: ['订单保存'],
  })
}

function closing({ chance, engineer }: Cast): Doing {
  return doing(engineer, 'close', 90, { satisfaction: chance.of([3, 4, 5]) })
}

function call(agent: Actor, text: string): Doing {
  return doing(agent, 'contact', 60, { channel: 'phone', direction: 'outbound', text })
}

function doing(by: Actor, does: string, within: number, what: Doing['with']): Doing {
  return { by, does, within, with: what }
}

const hourMs = 3_600_000

const modules = ['login', 'permissions', 'business-functions', 'data-and-reports', 'integration', 'client', 'network', 'device']
const types = ['software-fault', 'software-fault', 'hardware-fault', 'usage-question', 'compatibility']
const causes = ['code-defect', 'misconfiguration', 'bad-data', 'version-mismatch', 'environment', 'component-failure', 'misuse']

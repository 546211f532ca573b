import * as fc from 'fast-check'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { optionalStages } from '../../domain/profile/stages.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import { allowedCommands, outlook } from '../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import {
  chen,
  everybody,
  gu,
  lin,
  policyOf,
  qian,
  root,
  Story,
  system,
  teams,
  usual,
  usualOfSystem,
  wang,
  zhao,
  zhou,
  type StoryOptions,
} from './tickets.ts'

/** Arbitrary lives of tickets: anybody does anything, sensible or not, and time passes, noticed or not. */

/** What one step of a life is made of; what it becomes depends on where the ticket is by then. */
export interface Step {
  readonly who: number
  readonly what: number
  /** `onward`: what moves the ticket along, by somebody who may; `allowed`: anything that is allowed; `wild`: anything. */
  readonly manner: 'onward' | 'allowed' | 'wild'
  readonly variant: number
  readonly seconds: number
  /** Whether the timer fires before anybody acts. */
  readonly noticed: boolean
  readonly text: string
}

const hour = 3_600
/** Any code point but the halves of pairs. That which comes along first tabulates all of them, which takes a second. */
const character = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }), fc.integer({ min: 0x20, max: 0x7e }))
  .map((code) => String.fromCodePoint(code))
export const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(9),
  what: fc.nat(99),
  manner: fc.constantFrom('onward', 'onward', 'onward', 'allowed', 'allowed', 'wild'),
  variant: fc.nat(999),
  seconds: fc.oneof(fc.constant(0), fc.nat(600), fc.nat(600), fc.nat(30 * hour), fc.nat(10 * 24 * hour)),
  noticed: fc.boolean(),
  text: fc.oneof(
    fc.string({ unit: character, maxLength: 30 }),
    fc.constantFrom('__proto__', 'constructor', '仍然偏慢', '问'.repeat(500), ' ', '其他'),
  ),
})

/** The profile's clocks, and the same where the customer's silence closes a ticket and some promises are very short or very long. */
function clockSets(): Policy['clocks'][] {
  const { clocks } = policyOf()
  const other: Readonly<Record<string, Partial<PolicyClock>>> = {
    'customer-answer': { whenDue: 'close' },
    confirmation: { whenDue: 'close' },
    callback: { within: { urgent: 'PT1S', high: 'P10D', medium: 'PT1S', low: 'P10D' } },
    progress: { within: { urgent: 'PT1M', high: 'PT90M', medium: 'P1D', low: 'PT4H' } },
    resolution: { pauses: ['any'] },
  }
  return [clocks, clocks.map((clock) => ({ ...clock, ...other[clock.id] }))]
}

/** Stages left out, in any combination: for every ticket, or for some. */
const leavingOut: fc.Arbitrary<NonNullable<Policy['leftOut']>> = fc.record(
  Object.fromEntries(optionalStages.map((stage) => [stage, fc.constantFrom(true, { priority: ['urgent', 'low'] })])),
  { requiredKeys: [] },
)

/** How a life begins. */
export interface Birth {
  readonly by: 'lin' | 'zhou' | 'chen'
  readonly submission: NonNullable<StoryOptions['submission']>
  readonly policy: Partial<Policy>
  readonly absent: NonNullable<StoryOptions['absent']>
}

export const birth: fc.Arbitrary<Birth> = fc.record({
  by: fc.constantFrom('lin', 'zhou', 'chen'),
  submission: fc.record({
    priority: fc.constantFrom('urgent', 'high', 'medium', 'low'),
    live: fc.boolean(),
    assignee: fc.constantFrom(undefined, 'zhao'),
    representative: fc.constantFrom(undefined, 'mei'),
  }),
  policy: fc.record(
    {
      planBeforeCompletion: fc.constantFrom('never', 'after-unsolved', 'always'),
      closingReport: fc.boolean(),
      planImpact: fc.boolean(),
      reopeningWindow: fc.constantFrom('PT0S', 'P7D', 'P30D'),
      callback: fc.record({ attempts: fc.integer({ min: 1, max: 4 }) }),
      clocks: fc.constantFrom(...clockSets()),
      begins: fc.constantFrom('triage', 'assignment'),
      dispatch: fc.constant({ skills: ['login'] }),
      customerTags: fc.constant([{ id: 'vip', label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' } }]),
    },
    { requiredKeys: ['planBeforeCompletion', 'closingReport', 'reopeningWindow', 'callback', 'clocks'] },
  ),
  absent: fc.constantFrom(
    {},
    { wang: { deputy: 'zhao' } },
    { wang: { deputy: null }, lin: { deputy: 'mei' } },
    { zhao: { deputy: 'wang' }, wang: { deputy: 'mei' } },
    { zhao: { deputy: 'wang' }, wang: { deputy: 'zhao' } },
  ),
})

/** The same, where stages are left out in any combination (X11). */
export const birthOnAnyPath: fc.Arbitrary<Birth> = fc
  .tuple(birth, fc.option(leavingOut, { nil: undefined, freq: 2 }))
  .map(([born, leftOut]) => (leftOut ? { ...born, policy: { ...born.policy, leftOut } } : born))

/** Whoever is away goes away once it is registered: where nobody stands in there would be no ticket. */
export function born({ by, submission, policy, absent }: Birth): Story {
  return new Story({ by: { lin, zhou, chen }[by], submission, policy: policyOf(policy) }).absent(absent)
}

/** Lets time pass and somebody act; true when the act was accepted. */
export function live(story: Story, given: Step): boolean {
  pass(story, given)
  return act(story, given)
}

export function pass(story: Story, { seconds, noticed }: Step): void {
  story.later(`PT${seconds}S`)
  if (noticed) story.wake()
}

export function act(story: Story, given: Step): boolean {
  const { actor, name, input } = choose(story, given)
  return story.try(actor, name, input) === undefined
}

/** Who does what in this step, as the ticket is now. */
export function choose(story: Story, given: Step): { readonly actor: Actor; readonly name: string; readonly input: unknown } {
  const { actor, name } = chosen(story, given)
  return { actor, name, input: given.manner === 'onward' ? onwardInput(name, story, given) : anyInput(name, story, given) }
}

function chosen(story: Story, { who, what, manner, variant }: Step): { actor: Actor; name: string } {
  const asked = answered(story, variant)
  if (asked !== undefined) return { actor: system, name: asked }
  const actor = at(everybody, who)
  const allowed = allowedCommands(story.state, actor, story.policy, story.now).filter((name) => name !== 'withdraw' || variant % 20 === 0)
  if (manner === 'onward') {
    const onward = [...outlook(story.state, story.policy).steps, ...(story.state.stage === 'follow-up' ? ['reopen', 'contact'] : [])]
    const name = onward[what % Math.max(1, onward.length)]
    const helper = everybody.find(
      (candidate) => name !== undefined && allowedCommands(story.state, candidate, story.policy, story.now).includes(name),
    )
    if (name !== undefined && helper) return { actor: helper, name }
  }
  if (manner !== 'wild' && allowed.length > 0) return { actor, name: at(allowed, what) }
  return { actor, name: at(ticketProcess.commands, what).name }
}

/** Now and then the world answers what the ticket asked, perhaps late, or another process tells it something. */
function answered({ policy, state }: Story, variant: number): string | undefined {
  if (policy.dispatch && state.stage === 'assignment' && variant % 3 === 0) return 'dispatch'
  if (policy.customerTags && variant % 17 === 0) return 'tag-customer'
  return variant % 19 === 0 ? 'note-related' : undefined
}

/** An input the command most likely takes, leading this way or that. */
function onwardInput(name: string, story: Story, { variant }: Step): unknown {
  const third = variant % 3 === 0
  const usually = Object.entries(usual).find(([key]) => key === name)?.[1]
  const sometime = variant % 4 === 0 ? when(story, variant) : {}
  const satisfaction = scoreIn(variant)
  switch (name) {
    case 'review-intake':
      return { ...usually, complete: !third, missing: ['日志'] }
    case 'verify':
      return { ...usually, passed: !third }
    case 'confirm':
      return { ...usually, outcome: at(['solved', 'partly', 'unsolved'], variant), remark: '导出仍然偏慢', satisfaction, ...sometime }
    case 'callback':
      return { ...usually, reached: third, satisfaction, ...sometime }
    case 'update-progress':
    case 'contact':
      return { ...usually, ...sometime }
    case 'finish-task':
      return { ...usually, task: story.state.tasks[0]?.id }
    case 'dispatch':
    case 'tag-customer':
      return answerInput(name, story, variant)
    case 'note-related':
      return usualOfSystem[name]
    default:
      return usually
  }
}

/** An input the command may take, or may not. */
function anyInput(name: string, story: Story, { variant, text }: Step): unknown {
  const even = variant % 2 === 0
  const third = variant % 3
  const someone = at([...everybody, { id: text }], variant).id
  const occurredAt = when(story, variant)
  const later = plus(story.now, `PT${(variant % 200) - 20 < 0 ? 0 : (variant % 200) - 20}H`)
  switch (name) {
    case 'supplement':
      return even ? { text } : { fields: { errorText: text, [third === 0 ? text : 'remarks']: text } }
    case 'review-intake':
      return { complete: third > 0, missing: Array.from({ length: variant % 50 }, () => text), ...(even ? { message: text } : {}) }
    case 'diagnose':
      return { summary: text, module: even ? 'login' : text, reproduced: even, needs: [text] }
    case 'record-review-meeting':
      return {
        participants: [text],
        decision: text,
        priority: at(['urgent', 'high', 'medium', text], variant),
        minutes: text,
        ...(even ? { dueAt: later } : {}),
      }
    case 'assign':
    case 'reassign':
      return { ...(third === 0 ? { team: at([...teams, text], variant) } : { assignee: someone }), reason: text }
    case 'request-priority-change':
      return { priority: at(['urgent', 'high', 'medium', 'low', text], variant), reason: text }
    case 'decide-priority-change':
      return { approve: third > 0, ...(even ? { comment: text } : {}) }
    case 'defer':
      return { reason: text, cause: even ? 'objective' : 'subjective', newDueAt: later, customerTold: even }
    case 'file-article':
      return even ? { article: text } : { unnecessary: text }
    case 'release':
    case 'withdraw':
    case 'reopen':
      return { reason: text }
    case 'hand-over':
      return { from: at([wang, zhao, lin, gu, root, qian], variant).id, to: someone, reason: text }
    case 'plan':
      return { kind: even ? 'code-fix' : text, steps: text, estimatedFinishAt: later, ...(third > 0 ? { impact: text } : {}) }
    case 'update-progress':
      return { text, visibleToCustomer: even, ...occurredAt }
    case 'add-helper':
      return { helper: someone, duty: text }
    case 'remove-helper':
      return { helper: story.state.helpers?.[0]?.person ?? someone }
    case 'query':
      return { question: text }
    case 'answer-query':
      return { answer: text }
    case 'hand-up':
      return { ...(third === 0 ? { supervisor: someone } : { team: at([...teams, text], variant) }), problem: text, tried: text }
    case 'intervene':
      return { cause: at(['silence', 'failed-result', 'other', text], variant), reason: text }
    case 'close-intervention':
      return { outcome: text }
    case 'record-coordination':
      return {
        participants: [text],
        duties: [
          {
            department: at([...teams, text], variant),
            duty: text,
            milestones: third === 0 ? [] : [{ what: text, owner: someone, dueAt: later }],
          },
        ],
        minutes: text,
      }
    case 'report-milestone':
      return { milestone: (variant % 4) + 1, result: text }
    case 'move-milestone':
      return { milestone: (variant % 4) + 1, ...(even ? { dueAt: later } : { owner: someone }), reason: text }
    case 'drop-milestone':
      return { milestone: (variant % 4) + 1, reason: text }
    case 'wait':
      return { for: at(['customer', 'vendor', 'part', text], variant), reason: text, ...(third > 0 ? { until: later } : {}) }
    case 'complete':
      return {
        solution: text,
        cause: { direct: text, underlying: text },
        classification: { module: even ? 'login' : text, type: 'software-fault', cause: 'misuse' },
        tags: even ? [] : [text],
      }
    case 'verify':
      return { passed: third > 0, method: text, sideEffectsChecked: even || third > 0 }
    case 'confirm':
      return {
        outcome: at(['solved', 'partly', 'unsolved', text], variant),
        channel: 'phone',
        remark: text,
        ...(even ? { satisfaction: at([0, scoreIn(variant), scoreIn(variant)], variant) } : {}),
        ...occurredAt,
      }
    case 'finish-task':
      return { task: story.state.tasks[0]?.id ?? variant, result: text }
    case 'close':
      return even ? { satisfaction: scoreIn(variant) } : {}
    case 'callback':
      return { reached: third === 0, ...(third === 0 && even ? { satisfaction: scoreIn(variant), experience: text } : {}), ...occurredAt }
    case 'contact':
      return { channel: at(['phone', 'chat', 'email', text], variant), direction: even ? 'outbound' : 'inbound', text, ...occurredAt }
    case 'dispatch':
    case 'tag-customer':
      return answerInput(name, story, variant)
    case 'reclassify':
      return {
        type: at(['hardware-fault', 'usage-question', 'software-fault', text], variant),
        reason: text,
        fields: even ? { remarks: text } : {},
      }
    case 'correct':
      return { reason: text, title: text, fields: even ? { remarks: text } : {} }
    default:
      return even ? {} : { text }
  }
}

/** Each score as often as any other, and with each outcome. */
function scoreIn(variant: number): number {
  return (variant % 5) + 1
}

function answerInput(name: 'dispatch' | 'tag-customer', { state }: Story, variant: number): unknown {
  if (name === 'tag-customer') return { tags: variant % 2 === 0 ? ['vip'] : [] }
  const candidate = { assignee: at(['wang', 'zhao'], variant), insteadOf: variant % 5 === 0 ? 'mei' : null, skills: 1, inHand: 0 }
  return { team: variant % 7 === 0 ? 'second-line' : state.team, candidates: variant % 4 === 0 ? [] : [candidate] }
}

/** Now, before, long before, or in the future. */
function when(story: Story, variant: number): { readonly occurredAt?: Instant } {
  const back = at(['PT0S', 'PT1H', 'PT20H', 'P3D', 'P400D'], variant)
  if (variant % 7 === 0) return { occurredAt: plus(story.now, 'PT1M') }
  return variant % 2 === 0
    ? {}
    : { occurredAt: new Date(Date.parse(story.now) - (Date.parse(plus(story.now, back)) - Date.parse(story.now))).toISOString() }
}

/** The item at an index that may be any number. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

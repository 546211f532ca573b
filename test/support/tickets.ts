import { readFileSync } from 'node:fs'
import { instantOf, epochMs, plus, type Instant } from '../../domain/instant.ts'
import { systemActor, type Actor, type Directory, type DirectoryPerson, type Role } from '../../domain/people.ts'
import { basesIn } from '../../domain/derivation/documents.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { calendarFrom } from '../../domain/calendar/working-time.ts'
import { parseCalendar } from '../../domain/calendar/load.ts'
import type { Calendar } from '../../domain/calendar/schema.ts'
import { isObject } from '../../domain/document/loose.ts'
import { policyFor, termsOfType, type Policy } from '../../domain/profile/policy.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { Rejection } from '../../domain/rejection.ts'
import { deputiesIn, stoodInForBy, withDeputies, type Absences } from '../../domain/standing-in.ts'
import { begin, perform, settle } from '../../workflows/engine.ts'
import type { Act } from '../../workflows/act.ts'
import type { Notice } from '../../workflows/process.ts'
import { isOwed } from '../../workflows/common/promises.ts'
import { latest } from '../../workflows/common/cycles.ts'
import type { TicketCommand } from '../../workflows/ticket/command.ts'
import type { EventType, RecordedTicketEvent } from '../../workflows/ticket/events.ts'
import { ticketNotices } from '../../workflows/ticket/notices.ts'
import { withCleared } from '../../workflows/ticket/record.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import { birth, type Submission } from '../../workflows/ticket/submission.ts'

/** Tickets told as stories: somebody acts, time passes, and the ticket says what came of it. Pure; no servers. */

/** A Monday, nine o'clock in Shanghai. */
export const monday: Instant = '2026-03-02T01:00:00.000Z'

export const techSupport: Profile = load('tech-support')

/** It without triage: nobody is called to an emergency review, so that no clock can start with one. */
export const assignedAtOnce = {
  ...techSupport,
  begins: 'assignment',
  priorities: techSupport.priorities.map((priority) => ({ ...priority, reviewMeeting: false })),
  clocks: techSupport.clocks.filter(({ starts }) => !starts.includes('review-called')),
} as const
export const standardTicket: Profile = load('standard-ticket')
export const office: Calendar = loadCalendar('cn-office')

export function policyOf(changes: Partial<Policy> = {}, type = 'software-fault'): Policy {
  const policy = policies.get(type) ?? policyFor(techSupport, type, { version: 1, calendar: calendarFrom(office, monday) })
  if (!policy) throw new Error(`the profile has no type ${type}`)
  policies.set(type, policy)
  return { ...policy, ...changes }
}

/** Made once of a type, as in the product; thousands of stories begin with them. */
const policies = new Map<string, Policy>()

/** The clocks of those names and no others: for what is about them alone. */
export function onlyClocks(...ids: readonly string[]): Pick<Policy, 'clocks'> {
  return { clocks: policyOf().clocks.filter(({ id }) => ids.includes(id)) }
}

// Who works here. The customer Zhou has a login of her own.
export const lin = person('lin', 'agent')
export const mei = person('mei', 'agent')
export const wang = person('wang', 'engineer')
export const zhao = person('zhao', 'engineer')
export const chen = person('chen', 'supervisor')
export const gu = person('gu', 'department-lead')
export const qian = person('qian', 'quality')
export const root = person('root', 'admin')
export const hook = person('hook', 'service')
export const zhou = person('zhou', 'customer')
export const everybody: readonly Actor[] = [lin, mei, wang, zhao, chen, gu, qian, root, hook, zhou]
export const teams: readonly string[] = ['tech-support', 'second-line', 'research']

/** An input that each command takes as it stands; stories change what they are about. */
export const usual = {
  supplement: { text: '日志已附上' },
  'review-intake': { complete: true },
  diagnose: { summary: '保存时服务器返回 500', module: 'business-functions', reproduced: true },
  'record-review-meeting': {
    participants: ['chen', 'wang'],
    decision: '维持紧急，今晚修复',
    priority: 'urgent',
    minutes: '影响三个客户。',
  },
  assign: { assignee: 'wang' },
  claim: {},
  release: { reason: '需要二线处理' },
  reassign: { assignee: 'zhao', reason: '王工负荷过高' },
  'hand-over': { from: 'wang', to: 'zhao', reason: '请假' },
  accept: {},
  plan: { kind: 'code-fix', steps: '修复空指针，回归测试', estimatedFinishAt: '2099-01-01T00:00:00Z' },
  'update-progress': { text: '正在排查中', visibleToCustomer: true },
  'add-helper': { helper: 'zhao', duty: '核对数据库日志' },
  'remove-helper': { helper: 'zhao', reason: '日志已核对完' },
  query: { question: '客户使用的是哪个版本？' },
  'answer-query': { answer: '客户端 5.2' },
  'hand-up': { team: 'second-line', problem: '保存订单时偶发超时', tried: '重启服务、扩大连接池，均无效' },
  intervene: { cause: 'silence', reason: '两天没有进展' },
  'close-intervention': { outcome: '已增派人手，每日通报进展' },
  'record-coordination': {
    participants: ['lin', '二线组长'],
    duties: [
      {
        department: 'tech-support',
        duty: '定位数据库超时',
        milestones: [{ what: '提交分析结论', owner: 'zhao', dueAt: '2099-01-01T00:00:00Z' }],
      },
    ],
    minutes: '二线负责数据库，技术支持负责客户端。',
  },
  'report-milestone': { milestone: 1, result: '慢查询已定位' },
  'move-milestone': { milestone: 1, dueAt: '2099-02-01T00:00:00Z', reason: '等待厂商' },
  'drop-milestone': { milestone: 1, reason: '已不需要' },
  wait: { for: 'customer', reason: '等客户提供日志' },
  resume: {},
  complete: {
    solution: '修复订单保存接口的空指针',
    cause: { direct: '空指针', underlying: '缺少输入检查' },
    classification: { module: 'business-functions', type: 'software-fault', cause: 'code-defect' },
    tags: ['订单保存'],
  },
  verify: { passed: true, method: '回归测试', sideEffectsChecked: true },
  confirm: { outcome: 'solved', channel: 'phone' },
  'finish-task': { task: 1, result: '已电话说明' },
  close: { satisfaction: 5 },
  callback: { reached: true, satisfaction: 5, experience: '很满意' },
  reopen: { reason: '问题再次出现' },
  withdraw: { reason: '客户自行解决' },
  contact: { channel: 'phone', direction: 'outbound', text: '已告知处理进度' },
  note: { text: '客户情绪稳定' },
  'record-act': { act: 'arrived' },
  correct: { reason: '公司名写错', customer: { company: '海鸥科技' } },
  reclassify: { type: 'hardware-fault', reason: '实为硬件问题' },
  reveal: { reason: '回电' },
  'link-customer': { entry: null, reason: '不是同一位客户' },
  'confirm-priority': {},
  'request-priority-change': { priority: 'high', reason: '影响范围扩大' },
  'decide-priority-change': { approve: true },
  defer: { reason: '厂商补丁推迟', cause: 'objective', newDueAt: '2099-01-01T00:00:00Z', customerTold: false },
  urge: {},
  'declare-major': { reason: '核心客户全部无法登录' },
  'file-article': { article: 'KB-17' },
} as const satisfies Record<string, object>

/** The same for the commands that only the product itself gives. */
export const usualOfSystem = {
  dispatch: { team: 'tech-support', candidates: [{ assignee: 'wang', insteadOf: null, skills: 0, inHand: 2 }] },
  'tag-customer': { tags: ['vip'] },
  'note-related': {
    process: 'TS20260302001-L1',
    what: { 'zh-CN': '设备已归还', 'zh-TW': '設備已歸還', en: 'The device is back' },
    remark: '完好',
  },
  'change-calendar': { version: 2, calendar: office },
} as const satisfies Record<string, object>

/** An input as the API makes it ready for a ticket whose form is empty. */
export function readied(name: string, input: unknown): unknown {
  if (name === 'correct' && isObject(input)) return withCleared(input)
  if (name !== 'reclassify' || !isObject(input) || typeof input['type'] !== 'string') return input
  const terms = termsOfType(techSupport, input['type'])
  return { ...(terms && { terms }), types: techSupport.types.map(({ id }) => id), held: {}, ...input }
}

export type CommandName = keyof typeof usual
export type Input = Readonly<Record<string, unknown>>

export function commandNamed(name: string): TicketCommand {
  const command = ticketProcess.commands.find((candidate) => candidate.name === name)
  if (!command) throw new Error(`no command ${name}`)
  return command
}

export interface StoryOptions {
  readonly submission?: Partial<Submission>
  readonly by?: Actor
  readonly policy?: Policy
  /** When it is registered. */
  readonly now?: Instant
  readonly absent?: Readonly<Record<string, { readonly deputy: string | null }>>
}

/** One ticket, the time, and everybody around it. */
export class Story {
  policy: Policy
  now: Instant
  state: TicketState
  events: readonly RecordedTicketEvent[]
  #people: Readonly<Record<string, DirectoryPerson>> = {}
  #absences: Absences = new Map()
  #requests = 0
  /** What each event made known, by the ticket as it was then. */
  readonly #told = new Map<RecordedTicketEvent, readonly Notice[]>()

  constructor({ submission = {}, by = lin, policy = policyOf(), now = monday, absent = {} }: StoryOptions = {}) {
    this.policy = policy
    this.now = now
    this.absent(absent)
    const act: Act = { requestId: 'submission', actor: by, at: this.now, directory: { people: this.#people, teams } }
    const beginning = birth.of({ priority: 'medium', channel: 'phone', fields: {}, live: false, ...submission })
    const context = { policy, act, parent: null }
    const errors = beginning.check(context)
    if (errors.length > 0) throw new Error(`submission refused: ${JSON.stringify(errors)}`)
    const { state, event } = begin(ticketProcess, 'TS20260302001', beginning, context)
    this.state = state
    this.events = [event]
    this.#told.set(event, ticketNotices(event, state))
  }

  /** Another ticket that came the same way so far. */
  copy(): Story {
    const copy = new Story()
    copy.policy = this.policy
    copy.now = this.now
    copy.state = this.state
    copy.events = this.events
    copy.#people = this.#people
    copy.#absences = this.#absences
    copy.#requests = this.#requests
    for (const [event, notices] of this.#told) copy.#told.set(event, notices)
    return copy
  }

  /** The ticket as it was at some moment. */
  turnTo({ state, policy, now }: Pick<Story, 'state' | 'policy' | 'now'>): this {
    this.state = state
    this.policy = policy
    return this.at(now)
  }

  /** From now on exactly these are away. */
  absent(absent: Readonly<Record<string, { readonly deputy: string | null }>>): this {
    this.#absences = new Map(Object.entries(absent).map(([id, { deputy }]) => [id, deputy]))
    this.#people = Object.fromEntries(
      everybody.map(({ id, roles, teams: own }) => [id, { roles, teams: own, ...(absent[id] ? { absence: absent[id] } : {}) }]),
    )
    return this
  }

  /** Time passes without a machine noticing: nothing falls due until somebody acts or {@link wake} is called. */
  later(duration: string): this {
    return this.at(plus(this.now, duration))
  }

  at(instant: Instant): this {
    this.now = instantOf(epochMs(instant))
    return this
  }

  /** The timer fires: what is due by now takes effect. */
  wake(): readonly RecordedTicketEvent[] {
    const { state, events } = settle(ticketProcess, this.state, this.policy, this.now, 'at')
    return this.#adopt(state, events)
  }

  /** Somebody acts with the usual input and the changes given; the events of it, what time had done before included. */
  act(actor: Actor, name: CommandName, changes: Input = {}): readonly RecordedTicketEvent[] {
    const performed = this.#perform(actor, name, { ...usual[name], ...changes })
    if (!performed.ok) throw new Error(`${actor.id} may not ${name} in ${this.state.stage}: ${JSON.stringify(performed.rejection)}`)
    return this.#adopt(performed.state, performed.events)
  }

  /** Acts one after another, a minute apart: `[wang, 'accept']`. */
  acts(...steps: readonly (readonly [Actor, CommandName, Input?])[]): this {
    for (const [actor, name, changes] of steps) this.later('PT1M').act(actor, name, changes)
    return this
  }

  /** Why the act is refused; fails when it is not. */
  refusal(actor: Actor, name: CommandName, changes: Input = {}, expectedVersion?: number): Rejection {
    const performed = this.#perform(actor, name, { ...usual[name], ...changes }, expectedVersion)
    if (performed.ok) throw new Error(`${actor.id} could ${name}`)
    return performed.rejection
  }

  /** Why exactly this input would be refused; undefined when it would not. Nothing happens. */
  refusalTo(actor: Actor, name: string, input: unknown): Rejection | undefined {
    const performed = this.#perform(actor, name, input)
    return performed.ok ? undefined : performed.rejection
  }

  /** Tries exactly this input, and says why it is refused; a refusal changes nothing. */
  try(actor: Actor, name: string, input: unknown): Rejection | undefined {
    const performed = this.#perform(actor, name, input)
    if (!performed.ok) return performed.rejection
    this.#adopt(performed.state, performed.events)
    return undefined
  }

  /** With for whom they stand in at present, as the API looks it up. */
  asOfNow(actor: Actor): Actor {
    return { ...actor, standsInFor: stoodInForBy(actor.id, this.#absences) }
  }

  /** The last event of a kind. */
  last<T extends EventType>(type: T): EventOf<T> {
    const found = this.events.findLast(isA(type))
    if (!found) throw new Error(`nothing was ${type}`)
    return found
  }

  /** Who heard of an event. */
  notices(event: RecordedTicketEvent): readonly Notice[] {
    return this.#told.get(event) ?? ticketNotices(event, this.state)
  }

  promise(clock: string) {
    const promise = this.state.promises.findLast((candidate) => candidate.clock === clock)
    if (!promise) throw new Error(`no clock ${clock} ever started`)
    return promise
  }

  /** Names of the deadlines ahead and when they come. */
  ahead(): Record<string, Instant> {
    return Object.fromEntries(ticketProcess.deadlines(this.state, this.policy).map(({ clock, dueAt }) => [clock, dueAt]))
  }

  #perform(actor: Actor, name: string, input: unknown, expectedVersion?: number) {
    const command = commandNamed(name)
    this.#requests += 1
    const act: Act = {
      requestId: `request-${this.#requests}`,
      actor: this.asOfNow(actor),
      at: this.now,
      directory: this.#lookUp(command.mentions(input)),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    }
    return perform(ticketProcess, command, this.state, this.policy, act, readied(name, input))
  }

  /** As the API does it: only who is mentioned is looked up, and who stands in for them. */
  #lookUp(mentioned: { readonly people: readonly string[]; readonly teams: readonly string[] }): Directory {
    const people = withDeputies(mentioned.people, deputiesIn(this.#absences)).flatMap((id) => {
      const found = Object.hasOwn(this.#people, id) ? this.#people[id] : undefined
      return found ? [[id, found] as const] : []
    })
    return { people: Object.fromEntries(people), teams: mentioned.teams.filter((team) => teams.includes(team)) }
  }

  #adopt(state: TicketState, events: readonly RecordedTicketEvent[]): readonly RecordedTicketEvent[] {
    this.state = state
    this.events = [...this.events, ...events]
    for (const event of events) this.#told.set(event, ticketNotices(event, state))
    this.policy = events.reduce<Policy>((policy, event) => ticketProcess.amend(policy, event), this.policy)
    return events
  }
}

/** A ticket that went the whole path to a stage: Lin registers it, Wang handles it. */
export function ticketIn(stage: Stage, options: StoryOptions = {}): Story {
  const story = new Story(options)
  const meeting = story.policy.priorities.find(({ id }) => id === story.state.priority)?.reviewMeeting ?? false
  const path: readonly (readonly [Stage, readonly (readonly [Actor, CommandName, Input?])[]])[] = [
    ['triage', [[lin, 'review-intake']]],
    ['assignment', [[lin, 'diagnose'], ...(meeting ? [[chen, 'record-review-meeting', { priority: story.state.priority }] as const] : [])]],
    ['handling', [...(story.state.assignee === null ? [[chen, 'assign'] as const] : []), [wang, 'accept'], [wang, 'plan']]],
    ['verification', [[wang, 'complete']]],
    ['confirmation', [[zhao, 'verify']]],
    ['closing', [[lin, 'confirm']]],
    ['follow-up', [[wang, 'close']]],
  ]
  for (const [next, steps] of path) {
    if (story.state.stage === stage) return story
    story.acts(...steps)
    if (story.state.stage !== next && story.policy.closingReport) throw new Error(`expected ${next}, got ${story.state.stage}`)
  }
  if (story.state.stage === stage) return story
  if (stage === 'withdrawn') return ticketIn('triage', options).acts([lin, 'withdraw'])
  if (stage === 'archived') {
    story.acts([lin, 'callback'])
    if (isOwed(latest(story.state.promises, 'article'))) story.acts([wang, 'file-article'])
    story.later('P30D').wake()
    return story
  }
  throw new Error(`no path leads to ${stage}`)
}

/** A policy whose only clock is the callback's, without a ladder: for what is not about clocks. */
export function quietPolicy(changes: Partial<Policy> = {}): Policy {
  const clocks = onlyClocks('callback').clocks.map((clock) => ({ ...clock, ladder: [] }))
  return policyOf({ clocks, ...changes })
}

/** {@link ticketIn} under a {@link quietPolicy}. */
export function quietTicketIn(stage: Stage, options: StoryOptions = {}): Story {
  return ticketIn(stage, { policy: quietPolicy(), ...options })
}

/** The product itself. */
export const system = systemActor

type EventOf<T extends EventType> = Extract<RecordedTicketEvent, { readonly type: T }>

function isA<T extends EventType>(type: T): (event: RecordedTicketEvent) => event is EventOf<T> {
  return (event): event is EventOf<T> => event.type === type
}

function person(id: string, role: Role): Actor {
  return { id, roles: [role], teams: role === 'customer' ? [] : ['tech-support'] }
}

function load(id: string): Profile {
  const file = new URL(`../../profiles/${id}.yaml`, import.meta.url)
  const base = readFileSync(new URL('../../profiles/base.yaml', import.meta.url), 'utf8')
  const parsed = parseProfile(readFileSync(file, 'utf8'), { bases: basesIn([{ text: base }]) })
  if (!parsed.ok) throw new Error(`profile ${id}: ${JSON.stringify(parsed.errors)}`)
  return parsed.profile
}

function loadCalendar(id: string): Calendar {
  const parsed = parseCalendar(readFileSync(new URL(`../../profiles/calendars/${id}.yaml`, import.meta.url), 'utf8'))
  if (!parsed.ok) throw new Error(`calendar ${id}: ${JSON.stringify(parsed.errors)}`)
  return parsed.value
}

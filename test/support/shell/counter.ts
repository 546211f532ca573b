import { z } from 'zod'
import { instantSchema, type Instant } from '../../../domain/instant.ts'
import { said } from '../../../domain/labels.ts'
import { roles } from '../../../domain/people.ts'
import { conflict, invalid } from '../../../domain/rejection.ts'
import { defineBirth } from '../../../workflows/common/birth.ts'
import { opening } from '../../../workflows/common/other-processes.ts'
import type { Command, Decided, Process, Recorded } from '../../../workflows/process.ts'
import type { PromiseState } from '../../../workflows/promise.ts'

/** The smallest process that uses everything the shell offers: it counts, rings at an instant, opens children, asks and ends. */

export interface CounterState {
  readonly version: number
  readonly stage: 'open' | 'over'
  readonly promises: readonly PromiseState[]
  readonly count: number
  readonly ringsAt: Instant | null
  readonly rung: number
  /** What was heard of the world. */
  readonly heard: readonly string[]
  /** Differs as soon as anything happened in another order. */
  readonly trace: number
}

export type CounterEvent =
  | { readonly type: 'counted'; readonly note: string }
  | { readonly type: 'armed'; readonly ringsAt: Instant }
  | { readonly type: 'rang' }
  | { readonly type: 'spawned'; readonly child: string }
  | { readonly type: 'asked'; readonly about: readonly string[] }
  | { readonly type: 'heard'; readonly about: string }
  | { readonly type: 'ended' }

export const newCounter: CounterState = {
  version: 1,
  stage: 'open',
  promises: [],
  count: 0,
  ringsAt: null,
  rung: 0,
  heard: [],
  trace: 0,
}

export const counterProcess: Process<CounterState, CounterEvent, null> = {
  name: 'counter',
  labels: said('计数', '計數', 'count'),
  several: { labels: said('计数', '計數', 'counts'), counted: said('{count} 个计数', '{count} 個計數', '{count} counts') },
  stages: [
    { id: 'open', labels: said('计数', '計數', 'counting'), is: 'open' },
    { id: 'over', labels: said('结束', '結束', 'over'), is: 'ended' },
  ],
  birth: defineBirth<CounterState, CounterEvent, null, object>({
    input: z.strictObject({}),
    check: () => [],
    initial: () => ({ ...newCounter, version: 0 }),
    first: () => ({ type: 'counted', note: '' }),
  }),
  commands: [
    command('count', z.object({ note: z.string().default('') }), ({ note }) => [{ type: 'counted', note }]),
    command('arm', z.object({ at: instantSchema }), ({ at }) => [{ type: 'armed', ringsAt: at }]),
    command('spawn', z.object({ children: z.array(z.string()) }), ({ children }) => children.map((child) => ({ type: 'spawned', child }))),
    command('ask', z.object({ about: z.array(z.string()) }), ({ about }) => [{ type: 'asked', about }]),
    command('hear', z.object({ about: z.string() }), ({ about }) => (about === 'refused' ? [] : [{ type: 'heard', about }])),
    command('end', z.object({}), () => [{ type: 'ended' }]),
  ],
  apply: (state, event) => ({
    ...state,
    ...change(state, event),
    trace: (state.trace * 31 + event.type.length * 7 + (event.requestId ?? '').length) % 1_000_003,
    version: event.seq,
  }),
  promises: () => ({ promises: [] }),
  amend: (policy) => policy,
  searchAttributes: [
    { name: 'BihuanStage', type: 'KEYWORD', meaning: said('阶段', '階段', 'stage'), value: ({ stage }) => stage },
    { name: 'BihuanNextDue', type: 'DATETIME', meaning: said('下一到期', '下一到期', 'next due'), value: ({ ringsAt }) => ringsAt },
    { name: 'BihuanOverdue', type: 'BOOL', meaning: said('逾期', '逾期', 'overdue'), value: ({ rung }) => rung > 0 },
  ],
  title: () => 'counter',
  details: ({ count, rung }) => `counted ${count}, rung ${rung}`,
  summary: (doing) => (doing.kind === 'sleep' ? `${doing.until.clock} · ${doing.until.level}` : doing.kind),
  owns: () => true,
  holder: () => null,
  deadlines: ({ ringsAt, rung }) =>
    ringsAt === null ? [] : [{ clock: 'bell', cycle: rung + 1, level: 'due', dueAt: ringsAt, to: [], cancelledBy: ['end'] }],
  expire: () => [{ type: 'rang' }],
  notices: () => [],
  asks(event, { heard }) {
    // One that is born knowing of twins opens its own.
    if (event === null) return heard.includes('twins') ? [opening('child', 'twin', 'twin')] : []
    if (event?.type === 'asked') return event.about.map((about) => ({ kind: about, question: { about } }))
    return event?.type === 'spawned' ? [opening('child', event.child, event.child)] : []
  },
  rests: () => false,
}

function change(state: CounterState, event: Recorded<CounterEvent>): Partial<CounterState> {
  switch (event.type) {
    case 'counted':
      return { count: state.count + 1 }
    case 'armed':
      return { ringsAt: event.ringsAt }
    case 'rang':
      return { ringsAt: null, rung: state.rung + 1 }
    case 'spawned':
    case 'asked':
      return {}
    case 'heard':
      return { heard: [...state.heard, event.about] }
    case 'ended':
      return { stage: 'over', ringsAt: null }
  }
}

function command<Input>(
  name: string,
  input: z.ZodType<Input>,
  decide: (given: Input) => readonly CounterEvent[],
): Command<CounterState, CounterEvent, null> {
  return {
    name,
    labels: { 'zh-CN': name, 'zh-TW': name, en: name },
    summary: name,
    requirements: [],
    input,
    may: Object.fromEntries(roles.map((role) => [role, 'any'])),
    tellable: true,
    stages: ['open'],
    kind: 'event',
    mentions: () => ({ people: [], teams: [] }),
    blocked: () => undefined,
    decide({ act }, given): Decided<CounterEvent> {
      const parsed = input.safeParse(given)
      if (!parsed.success) return { ok: false, rejection: invalid({ path: '', code: 'wrong-kind' }) }
      const events = decide(parsed.data)
      return events.length > 0 ? { ok: true, events, occurredAt: act.at } : { ok: false, rejection: conflict('nothing-held') }
    },
  }
}

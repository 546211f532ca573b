import { describe, expect, it } from 'vitest'
import { valuesBroughtBy } from '../../../domain/notices/moment-values.ts'
import { isStillSo } from '../../../domain/notices/still-so.ts'
import type { Rung } from '../../../domain/profile/clocks.ts'
import { isAmong, moments, type Moment } from '../../../domain/profile/moments.ts'
import type { NotificationRule } from '../../../domain/profile/notification-rules.ts'
import type { Notice } from '../../../workflows/process.ts'
import { valuesTold } from '../../../workflows/ticket/values-told.ts'
import { momentsOf } from '../../../workflows/ticket/moments.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { chen, lin, policyOf, ticketIn, type Story, wang, zhao, zhou, type StoryOptions } from '../../support/tickets.ts'

/** X10: rules of a profile tell people of moments of a ticket. */

const rule = (changes: Partial<NotificationRule>): NotificationRule => ({
  id: 'one',
  on: ['resolved'],
  to: ['supervisor'],
  notice: 'custom-one',
  ...changes,
})
const by = (rules: readonly NotificationRule[], more: StoryOptions = {}) => ({ ...more, policy: policyOf({ notificationRules: rules }) })
const own = (notices: readonly Notice[]) => notices.filter(({ kind }) => kind.startsWith('custom-'))
const heard = (story: Story) => own(story.events.flatMap((event) => story.notices(event)))

describe('X10: a rule', () => {
  it('X10: tells of its moment, to whom it names, as they were then', () => {
    const story = ticketIn('handling', by([rule({ on: ['deferred'], to: ['handler', 'representative', 'department-head', 'customer'] })]))
    story.acts([chen, 'defer', { reason: '等备件', newDueAt: '2026-03-20T00:00:00Z' }])
    const told = own(story.notices(story.last('deferred')))
    expect(told.map(({ recipient, params }) => [recipient, params['as']])).toEqual([
      [{ kind: 'person', id: 'wang' }, 'handler'],
      [{ kind: 'person', id: 'lin' }, 'representative'],
      [{ kind: 'role', role: 'department-head', team: 'tech-support' }, 'department-head'],
      [{ kind: 'customer' }, 'customer'],
    ])
    expect(told[0]?.params).toMatchObject({
      on: 'deferred',
      by: 'chen',
      reason: '等备件',
      cause: 'objective',
      newDueAt: '2026-03-20T00:00:00.000Z',
    })
    // What colleagues know among themselves is not told to customers.
    expect(Object.keys(told[3]?.params ?? {}).toSorted()).toEqual(['as', 'dueAt', 'newDueAt', 'number', 'on', 'previousDueAt', 'reason'])
    // Later events change nothing of what was recorded.
    story.acts([chen, 'reassign', { assignee: 'zhao' }])
    expect(own(ticketProcess.notices(story.last('deferred'), story.state))[0]?.recipient).toEqual({ kind: 'person', id: 'wang' })
  })

  it('X10: tells nobody of what they did, and goes up where nobody is', () => {
    const story = ticketIn(
      'assignment',
      by([rule({ on: ['accepted'], to: ['handler'] }), rule({ id: 'two', on: ['released'], to: ['handler'] })]),
    )
    story.acts([chen, 'assign', { assignee: 'wang' }], [wang, 'accept'], [wang, 'release'])
    expect(heard(story).map(({ recipient, params }) => [params['on'], recipient])).toEqual([
      ['released', { kind: 'role', role: 'lead', team: 'tech-support' }],
    ])
  })

  it('X10: holds under its condition as it was at the event', () => {
    const rules = [rule({ on: ['received'], when: { priority: ['urgent', 'high'] } })]
    const story = ticketIn('assignment', by(rules)).acts([chen, 'assign', { assignee: 'wang' }])
    expect(heard(story)).toEqual([])
    story.acts([wang, 'accept'], [wang, 'request-priority-change', { priority: 'high' }], [chen, 'decide-priority-change'])
    expect(heard(story)).toEqual([])
    story.acts([chen, 'reassign', { assignee: 'zhao' }])
    expect(heard(story).map(({ params }) => params['on'])).toEqual(['received'])
  })

  it('X10: a usual kind on the same event to the same reader is told once', () => {
    const story = ticketIn('handling', by([rule({ on: ['deferred'], to: ['supervisor'], notice: 'deferral-reported' })]))
    story.acts([wang, 'defer'])
    const told = story.notices(story.last('deferred')).filter(({ kind }) => kind === 'deferral-reported')
    expect(told.map(({ recipient }) => recipient)).toEqual([{ kind: 'role', role: 'supervisor', team: 'tech-support' }])
  })

  it('X10: changes nothing where a profile has none', () => {
    const story = ticketIn('follow-up')
    expect(story.events.some((event) => 'notifications' in event)).toBe(false)
  })
})

describe('X10: what had to wait', () => {
  const judged = (story: Story, notice: Notice, seq: number) =>
    isStillSo(
      'custom-one',
      { seq, recipientId: notice.recipient.kind === 'person' ? notice.recipient.id : null, params: notice.params },
      story.state,
      story.now,
    )

  it('X10: is withdrawn by what came later: an answer, another handler, the withdrawal of the ticket', () => {
    const asked = ticketIn('handling', by([rule({ on: ['customer-asked'] })], { by: zhou })).acts([wang, 'wait'])
    const [notice = never()] = heard(asked)
    expect(judged(asked, notice, 1)).toBe(true)
    asked.acts([zhou, 'supplement', { fields: {}, text: '日志' }])
    expect(judged(asked, notice, 1)).toBe(false)

    const deferred = ticketIn('handling', by([rule({ on: ['deferred'], to: ['handler'] })])).acts([chen, 'defer'])
    const [theirs = never()] = heard(deferred)
    expect(judged(deferred, theirs, 1)).toBe(true)
    deferred.acts([chen, 'reassign', { assignee: 'zhao' }])
    expect(judged(deferred, theirs, 1)).toBe(false)

    const planned = ticketIn('handling', by([rule({ on: ['planned'] })]))
    const [plan = never()] = heard(planned)
    expect(judged(planned, plan, 1)).toBe(true)
    planned.acts([lin, 'withdraw'])
    expect(judged(planned, plan, 1)).toBe(false)
  })

  it('X10: of a rung is told while what it tells of is owed', () => {
    const usual = policyOf()
    const ladder: Rung[] = [{ id: 'own', at: '0%', to: ['lead'], notice: 'custom-one', times: 1 }]
    const clocks = usual.clocks.map((clock) => (clock.id === 'start' ? { ...clock, ladder } : clock))
    const story = ticketIn('assignment', { policy: { ...usual, clocks } })
    story.at(story.promise('start').dueAt).wake()
    const [notice = never()] = heard(story)
    expect(notice).toMatchObject({ kind: 'custom-one', params: { clock: 'start', dueAt: story.promise('start').dueAt, level: 'lead' } })
    expect(judged(story, notice, 1)).toBe(true)
    story.acts([chen, 'assign', { assignee: 'wang' }], [wang, 'accept'])
    expect(judged(story, notice, 1)).toBe(false)
  })
})

it('X10: every moment brings what it is said to bring', () => {
  const stories = [
    ...[ticketIn('follow-up'), ticketIn('follow-up', { submission: { priority: 'urgent', live: true } })],
    ticketIn('handling').acts(
      [wang, 'confirm-priority'],
      [wang, 'query'],
      [lin, 'answer-query'],
      [chen, 'intervene'],
      [chen, 'close-intervention'],
    ),
    ticketIn('handling').acts([wang, 'query'], [wang, 'release']),
    ticketIn('handling').acts([wang, 'hand-up']),
    ticketIn('handling').acts(
      [lin, 'record-coordination'],
      [lin, 'report-milestone'],
      [lin, 'record-coordination'],
      [lin, 'move-milestone', { milestone: 2 }],
      [lin, 'drop-milestone', { milestone: 2 }],
      [wang, 'request-priority-change'],
      [chen, 'decide-priority-change'],
    ),
    ticketIn('handling', { by: zhou }).acts(
      ...([
        [wang, 'wait'],
        [zhou, 'supplement', { fields: {}, text: 'x' }],
        [wang, 'update-progress'],
        [wang, 'contact'],
      ] as const),
      ...([
        [wang, 'defer'],
        [wang, 'release'],
        [chen, 'assign', { assignee: 'zhao' }],
        [zhao, 'accept'],
        [zhao, 'plan'],
        [zhao, 'complete'],
      ] as const),
      ...([
        [wang, 'verify', { passed: false }],
        [zhao, 'complete'],
        [wang, 'verify'],
        [lin, 'confirm', { outcome: 'unsolved' }],
      ] as const),
      ...([
        [zhao, 'plan'],
        [zhao, 'complete'],
        [wang, 'verify'],
        [lin, 'confirm'],
        [zhao, 'close'],
        [lin, 'callback'],
        [zhao, 'file-article'],
      ] as const),
      [lin, 'reopen'],
    ),
  ]
  const seen = new Set<Moment>()
  for (const story of stories) {
    const { events } = story
    let state = ticketProcess.birth.initial(story.state.number, story.state.submittedAt)
    for (const event of events) {
      const after = ticketProcess.apply(state, event)
      for (const moment of momentsOf(state, after, event)) {
        seen.add(moment)
        const values = valuesTold(event, after)
        for (const [name, { has }] of Object.entries(valuesBroughtBy(moment)))
          if (has === 'always') expect(values[name], `${moment} by ${event.type}: ${name}`).toBeTruthy()
      }
      state = after
    }
  }
  // A wait is recorded by its reason, and known by more general names.
  const isSeen = (moment: Moment) => [...seen].some((one) => isAmong(one, [moment]))
  expect(moments.filter((moment) => !isSeen(moment))).toEqual([])
})

function never(): never {
  throw new Error('nobody was told')
}

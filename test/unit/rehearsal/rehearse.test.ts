import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { readDocument } from '../../../domain/document/read.ts'
import { plus } from '../../../domain/instant.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { imaginedSchema, storySchema } from '../../../rehearsal/asked.ts'
import { rehearse, type Rehearsing } from '../../../rehearsal/rehearse.ts'
import type { Happening, Rehearsal } from '../../../rehearsal/result.ts'
import { rehearsalView } from '../../../api/views/rehearsal.ts'
import { repairsProfile } from '../../support/own-acts.ts'
import { monday, office, standardTicket, techSupport } from '../../support/tickets.ts'

/** X12: what a rehearsal tells of an imagined ticket. */

interface Asked {
  readonly profile?: Profile
  readonly ticket?: object
  readonly story?: readonly object[]
  readonly language?: Rehearsing['language']
}

const shared = { calendar: { version: 1, calendar: office } }

async function attempted({ profile = techSupport, ticket = {}, story = [], language }: Asked) {
  const given = imaginedSchema.parse({ type: profile.types[0]?.id, at: '2026-03-02T09:00', priority: 'urgent', ...ticket })
  return rehearse({ ...shared, profile, ticket: given, story: storySchema.parse(story), language })
}

async function rehearsed(asked: Asked = {}): Promise<Rehearsal> {
  const result = await attempted(asked)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.rehearsal
}

async function refusedFor(asked: Asked) {
  const result = await attempted(asked)
  if (result.ok) throw new Error('it was rehearsed')
  return result.errors
}

const mailsOf = ({ timeline }: Rehearsal) => timeline.flatMap((one) => (one.kind === 'refused' ? [] : one.mails))
const levels = (one: Happening) =>
  one.kind === 'refused' ? [] : one.events.flatMap((event) => (event.type === 'level-reached' ? [`${event.clock} ${event.level}`] : []))
const act = (at: string, by: string, name: string, input: object = {}) => ({ at, by, do: name, with: input })
const handled = [
  act('+PT5M', 'representative', 'review-intake'),
  act('+PT5M', 'representative', 'diagnose'),
  act('+PT5M', 'supervisor', 'record-review-meeting'),
  act('+PT5M', 'handler', 'claim'),
  act('+PT5M', 'handler', 'accept'),
]

describe('X12: an imagined ticket on which nobody acts', () => {
  it('X12: tells every deadline with its instant, who hears of it, and what is left in the end', async () => {
    const { timeline, promises, end } = await rehearsed({ ticket: { by: 'customer' } })
    expect(promises.map(({ clock, dueAt, state }) => [clock, dueAt, state])).toEqual([
      ['first-response', plus(monday, 'PT15M'), 'broken'],
      ['start', plus(monday, 'PT2H'), 'broken'],
      ['resolution', plus(monday, 'PT24H'), 'broken'],
    ])
    expect(promises[0]).toMatchObject({ within: 'PT15M', timeBase: 'elapsed', startedAt: monday })
    expect(promises[0]?.stoppedBy).toContainEqual({ command: 'contact', act: null })
    expect(timeline.map((one) => [one.at, levels(one)]).slice(0, 4)).toEqual([
      [monday, []],
      [plus(monday, 'PT11M15S'), ['first-response warning']],
      [plus(monday, 'PT15M'), ['first-response missed']],
      [plus(monday, 'PT18M45S'), ['first-response supervisor']],
    ])
    expect(end).toMatchObject({ stage: 'intake', because: 'nothing-ahead', next: null, steps: ['review-intake'] })
  })

  it('X12, S8: each mail is what delivery would send, in the language asked for', async () => {
    for (const [language, said] of [
      ['zh-CN', '演练工单'],
      ['zh-TW', '演練工單'],
      ['en', 'A rehearsed ticket'],
    ] as const) {
      const [first] = mailsOf(await rehearsed({ language }))
      expect(first).toMatchObject({ kind: 'ticket-submitted', fate: 'sent', reached: ['customer'], channel: 'email' })
      expect(first?.subject).toContain(said)
      expect(first?.text).toContain('TS20260302001')
    }
  })

  it('X12, S8: quiet hours keep mails until they end; what is not so any more by then is not sent', async () => {
    const night = { profile: standardTicket, ticket: { priority: 'medium', at: '2026-03-02T23:00' } }
    const [toCustomer, toHandler] = mailsOf(await rehearsed(night))
    expect(toCustomer).toMatchObject({
      kind: 'ticket-submitted',
      sentAt: '2026-03-03T00:30:00.000Z',
      heldUntil: '2026-03-03T00:30:00.000Z',
    })
    expect(toHandler).toMatchObject({ kind: 'ticket-assigned', fate: 'sent' })
    const withdrawn = mailsOf(await rehearsed({ ...night, story: [act('+PT1H', 'representative', 'withdraw')] }))
    expect(withdrawn.find(({ kind }) => kind === 'ticket-assigned')).toMatchObject({ fate: 'overtaken', sentAt: null, subject: null })
  })

  it('X12, X8: a customer without an address is told by a colleague', async () => {
    const [first] = mailsOf(await rehearsed({ ticket: { reach: 'phone' } }))
    expect(first).toMatchObject({ channel: 'relay', reached: ['representative'] })
    expect(first?.text).toContain('138****5678')
  })
})

describe('X12: a story', () => {
  it('X12: of acts says what becomes of each promise', async () => {
    const { promises } = await rehearsed({ story: [...handled, act('+PT90M', 'handler', 'update-progress')] })
    const outcome = (clock: string) => promises.find((promise) => promise.clock === clock)
    expect(outcome('review-meeting')).toMatchObject({ state: 'kept', stoppedAt: plus(monday, 'PT15M') })
    expect(outcome('start')).toMatchObject({ state: 'kept' })
    expect(outcome('progress')).toMatchObject({ state: 'broken', stoppedAt: plus(monday, 'PT115M') })
  })

  it('X12: an act that is refused is told with the reason, changes nothing, and the story goes on', async () => {
    const { timeline } = await rehearsed({ story: [...handled.slice(0, 4), act('+PT1M', 'colleague', 'claim'), ...handled.slice(4)] })
    const refused = timeline.find((one) => one.kind === 'refused')
    expect(refused).toMatchObject({ nth: 4, by: 'colleague', rejection: { code: 'already-held', params: { holder: 'handler' } } })
    expect(timeline.filter(({ kind }) => kind === 'act')).toHaveLength(5)
  })

  it('X12: no promise is invented: what promises an instant has to say it', async () => {
    const { timeline } = await rehearsed({ story: [...handled, act('+PT1M', 'handler', 'plan'), act('+PT1M', 'handler', 'defer')] })
    const refused = timeline.flatMap((one) => (one.kind === 'refused' ? [one.rejection.errors] : []))
    expect(refused).toMatchObject([[{ path: 'estimatedFinishAt', code: 'required' }], [{ path: 'newDueAt', code: 'required' }]])
  })

  it('X12: a promise that moves says from what to what', async () => {
    const story = [...handled, act('+PT5M', 'handler', 'wait', { for: 'customer' }), act('+PT30M', 'handler', 'resume')]
    const { promises } = await rehearsed({ story })
    const resolution = promises.find(({ clock }) => clock === 'resolution')
    expect(resolution?.due.map(({ dueAt }) => dueAt)).toEqual([plus(monday, 'PT24H'), plus(monday, 'PT24H30M')])
  })

  it('X12, S7: what the ticket asks is answered by the imagined team, or by the story where it says so', async () => {
    const asked = { profile: standardTicket, ticket: { priority: 'medium' } }
    const answered = await rehearsed(asked)
    expect(answered.timeline[1]).toMatchObject({ kind: 'answered', command: 'dispatch', at: monday })
    const nobody = await rehearsed({ ...asked, story: [act('+PT1M', 'system', 'dispatch', { candidates: [] })] })
    expect(nobody.timeline.slice(0, 2).map(({ kind }) => kind)).toEqual(['registered', 'act'])
    expect(mailsOf(nobody).find(({ kind }) => kind === 'ticket-queued')).toMatchObject({ reached: ['lead'] })
  })

  it('X12, S4: tags that are known at registration count from its start', async () => {
    const { timeline } = await rehearsed({ profile: standardTicket, ticket: { tags: ['vip'] } })
    expect(timeline.slice(1, 3)).toMatchObject([{ command: 'dispatch' }, { kind: 'answered', command: 'tag-customer', at: monday }])
  })

  it('X12: that corrects the type goes on by the targets of the right one, from the original start', async () => {
    const story = [act('+PT1H', 'representative', 'reclassify', { type: 'complaint', fields: { subject: 'product', demand: '退款' } })]
    const { promises, timeline } = await rehearsed({ profile: standardTicket, ticket: { priority: 'medium' }, story })
    expect(timeline.filter(({ kind }) => kind === 'refused')).toEqual([])
    expect(promises.find(({ clock }) => clock === 'resolution')).toMatchObject({ startedAt: monday })
  })

  it('X11, X12: knows acts of its own, and promises that count from an appointment', async () => {
    const profile = repairsProfile()
    const at = (time: string) => `2026-03-02T${time}:00+08:00`
    const story = [
      act('+PT1H', 'representative', 'correct', { fields: { appointment: at('17:00') } }),
      act('+PT1H', 'colleague', 'record-act', { act: 'arrived' }),
      act('2026-03-02T16:30', 'handler', 'record-act', { act: 'arrived' }),
      act('+PT1M', 'handler', 'accept'),
      act('+PT1M', 'handler', 'record-act', { act: 'part-ordered', fields: { part: '水泵' } }),
    ]
    const ticket = { type: 'repair', priority: 'medium', assigned: true, fields: { room: '8-1203', appointment: at('15:00') } }
    const rehearsal = await rehearsed({ profile, ticket, story })
    const promised = (clock: string) => rehearsal.promises.filter((one) => one.clock === clock)
    const utc = (time: string) => new Date(at(time)).toISOString()
    expect(promised('visit')).toMatchObject([
      { state: 'kept', within: null, from: utc('17:00'), due: [{ dueAt: utc('15:00') }, { dueAt: utc('17:00') }] },
    ])
    expect(promised('visit')[0]?.stoppedBy).toEqual([{ command: 'record-act', act: 'arrived' }])
    expect(promised('repair')).toMatchObject([{ state: 'broken', within: 'PT2H', from: utc('17:00'), dueAt: utc('19:00') }])
    expect(rehearsal.timeline.flatMap((one) => (one.kind === 'refused' ? [one.rejection.code] : []))).toEqual([
      'act-not-yours',
      'invalid-input',
    ])
    const view = rehearsalView(rehearsal, { profile, locale: 'zh-CN' })
    expect(view.timeline.flatMap(({ events }) => events.flatMap(({ type, label }) => (type === 'act-recorded' ? [label] : [])))).toEqual([
      '已到场',
    ])
    expect(view.timeline.find(({ refusal }) => refusal !== null)?.refusal?.detail).toContain('“已到场”只能由以下人员记录：处理人、主管')
    expect(view.promises.find(({ clock }) => clock.id === 'repair')?.from).toBe(utc('17:00'))
    expect(view.promises.find(({ clock }) => clock.id === 'visit')?.stoppedBy).toEqual([{ id: 'record-act', label: '已到场' }])
  })

  it('X12, R9, R10: of departments tells what becomes of each milestone, and when handed-off tickets are told', async () => {
    const bases = basesIn(['base', 'standard-ticket'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') })))
    const read = parseProfile(readFileSync('docs/examples/together.yaml', 'utf8'), { bases })
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    const milestone = (what: string, dueAt: string) => ({ what, owner: 'colleague', dueAt })
    const duties = [
      {
        department: 'tech-support',
        duty: '修复',
        milestones: [milestone('提供日志', '2099-01-01T00:00:00Z'), milestone('完成修复', '2099-01-02T00:00:00Z')],
      },
    ]
    const story = [
      act('+PT1M', 'handler', 'accept'),
      act('+PT1M', 'representative', 'record-coordination', { duties }),
      act('+PT1H', 'colleague', 'report-milestone', { milestone: 1 }),
      act('+P2D', 'representative', 'drop-milestone'),
    ]
    const told = await rehearsed({ profile: read.profile, ticket: { priority: 'high' }, story })
    expect(told.timeline.filter(({ kind }) => kind === 'refused')).toEqual([])
    const states = Object.fromEntries(told.promises.map(({ clock, state }) => [clock, state]))
    expect(states).toMatchObject({ 'milestone:1': 'kept', 'milestone:2': 'cancelled' })
    const mails = mailsOf(told).flatMap(({ kind, reached }) => reached.map((place) => `${kind} ${place}`))
    expect(mails).toEqual(
      expect.arrayContaining([
        'coordination-recorded lead',
        'milestone-given colleague',
        'milestone-reached representative',
        'milestone-dropped colleague',
        'handed-off representative',
      ]),
    )
  })

  it('X12, R7, R10: of colleagues tells what becomes of a question, of help and of an intervention', async () => {
    const bases = basesIn(['base', 'standard-ticket'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') })))
    const read = parseProfile(readFileSync('docs/examples/together.yaml', 'utf8'), { bases })
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    const story = [
      act('+PT1M', 'handler', 'accept'),
      act('+PT1M', 'handler', 'add-helper'),
      act('+PT1M', 'colleague', 'update-progress'),
      act('+PT1M', 'handler', 'query'),
      act('+PT2H', 'representative', 'answer-query'),
      act('+PT1M', 'supervisor', 'intervene'),
      act('+PT1M', 'supervisor', 'close-intervention'),
      act('+PT1M', 'handler', 'hand-up'),
    ]
    const told = await rehearsed({ profile: read.profile, ticket: { priority: 'high' }, story })
    expect(told.timeline.filter(({ kind }) => kind === 'refused')).toEqual([])
    const states = Object.fromEntries(told.promises.map(({ clock, state }) => [clock, state]))
    expect(states).toMatchObject({ 'query-answer': 'broken', intervention: 'kept' })
    const mails = mailsOf(told).flatMap(({ kind, reached }) => reached.map((place) => `${kind} ${place}`))
    expect(mails).toEqual(
      expect.arrayContaining(['help-asked colleague', 'query-asked representative', 'query-answered handler', 'handed-up supervisor']),
    )
  })

  it('X12: what stopped a promise is told, whatever the ticket could do afterwards; of what is owed, what would stop it', async () => {
    const story = [
      ...handled,
      act('+PT5M', 'handler', 'wait', { for: 'customer' }),
      act('+PT5M', 'handler', 'resume'),
      act('+PT5M', 'handler', 'plan', { estimatedFinishAt: '2026-03-02T18:00' }),
      act('+PT5M', 'handler', 'complete'),
      act('+PT5M', 'colleague', 'verify'),
    ]
    const { promises } = await rehearsed({ story })
    const stopping = (of: string) =>
      promises.flatMap(({ clock, stoppedBy }) => (clock === of ? stoppedBy.map(({ command }) => command) : []))
    expect([stopping('start'), stopping('customer-answer'), stopping('confirmation')]).toEqual([
      ['accept'],
      ['resume'],
      ['confirm', 'withdraw'],
    ])
  })

  it('X12: that comes along is one that is rehearsed', async () => {
    const read = readDocument(readFileSync('docs/examples/story.yaml', 'utf8'), storySchema)
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    const { timeline, end, promises } = await rehearsed({ ticket: { at: '2026-12-01T09:00' }, story: read.value })
    expect(timeline.flatMap((one) => (one.kind === 'refused' ? [one.rejection.code] : []))).toEqual(['already-held'])
    expect(promises.flatMap(({ clock, cycle, state }) => (state === 'broken' ? [`${clock} ${cycle}`] : []))).toEqual(['progress 1'])
    expect(end).toMatchObject({ stage: 'archived', because: 'ended' })
  })
})

describe('X12: what cannot be rehearsed is refused with its place', () => {
  it.each([
    [{ ticket: { type: 'nothing' } }, [{ path: 'ticket.type', code: 'not-a-choice' }]],
    [{ ticket: { priority: 'extreme' } }, [{ path: 'ticket.priority', code: 'not-a-choice' }]],
    [{ ticket: { fields: { nope: 1 } } }, [{ path: 'ticket.fields.nope', code: 'unknown-field' }]],
    [{ ticket: { tags: ['vip'] } }, [{ path: 'ticket.tags[0]', code: 'not-a-choice' }]],
    [
      { ticket: { type: 'nothing', priority: 'extreme', channel: 'fax', fields: { nope: 1 }, tags: ['vip'], at: 'tomorrow' } },
      ['type', 'priority', 'channel', 'tags[0]', 'fields.nope', 'at'].map((name) => ({ path: `ticket.${name}` })),
    ],
    [{ ticket: { priority: 'extreme', fields: { nope: 1 } } }, [{ path: 'ticket.priority' }, { path: 'ticket.fields.nope' }]],
    [{ ticket: { at: 'tomorrow' } }, [{ path: 'ticket.at', code: 'wrong-format' }]],
    [{ story: [act('soon', 'handler', 'claim')] }, [{ path: 'story[0].at', code: 'wrong-format' }]],
    [
      { story: [act('+PT1H', 'handler', 'claim'), act('2026-03-02T09:30', 'handler', 'accept')] },
      [{ path: 'story[1].at', code: 'too-early' }],
    ],
    [{ story: [act('+P3000D', 'handler', 'claim'), act('+P3000D', 'handler', 'accept')] }, [{ path: 'story[1].at', code: 'too-far' }]],
    [{ story: [act('+P999999999999999D', 'handler', 'claim')] }, [{ path: 'story[0].at', code: 'wrong-format' }]],
    [{ ticket: { at: '9999-12-31T23:59:59Z' } }, [{ path: 'ticket.at', code: 'wrong-format' }]],
    [{ ticket: { at: '0001-01-01T00:00' } }, [{ path: 'ticket.at', code: 'wrong-format' }]],
  ])('X12: %o', async (asked, errors) => {
    expect(await refusedFor(asked)).toMatchObject(errors)
  })

  it('X12, X10: a field on which a condition depends is not filled in by the rehearsal', async () => {
    const field = { id: 'extent', label: { 'zh-CN': '范围', 'zh-TW': '範圍', en: 'Extent' }, kind: 'text', required: true } as const
    const profile: Profile = {
      ...techSupport,
      types: techSupport.types.map((type) => ({ ...type, fields: [...type.fields, field] })),
    }
    expect((await rehearsed({ profile })).ticket.filled).toEqual(['extent'])
    const conditional: Profile = { ...profile, closingReport: { fields: { extent: { given: true } } } }
    expect(await refusedFor({ profile: conditional })).toMatchObject([{ path: 'ticket.fields.extent', code: 'required' }])
  })

  it('X12: an hour that no clock shows is none', async () => {
    const profile = { ...techSupport, zone: 'America/New_York' }
    expect(await refusedFor({ profile, ticket: { at: '2026-03-08T02:30' } })).toMatchObject([
      { path: 'ticket.at', params: { expected: 'shown-moment' } },
    ])
    expect((await rehearsed({ profile, ticket: { at: '2026-03-08T03:30' } })).ticket.registeredAt).toBe('2026-03-08T07:30:00.000Z')
  })
})

describe('X12: hostile profiles and stories', () => {
  it('X12: ladders without end are looked at until nobody would read on, and no further', async () => {
    const rung = { id: 'r', at: '-99%', every: 'PT1S', times: 50, to: ['handler' as const, 'lead' as const] }
    const profile: Profile = {
      ...techSupport,
      clocks: techSupport.clocks.map((clock) => ({
        ...clock,
        ladder: Array.from({ length: 20 }, (_, nth) => ({ ...rung, id: `r${nth}`, at: `+${nth}%` })),
      })),
    }
    const began = process.cpuUsage()
    const { timeline, end } = await rehearsed({ profile })
    expect(timeline.length).toBeLessThanOrEqual(601)
    expect(end.because).toBe('looked-no-further')
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10)
  })

  it('X12: a story that is too long is refused before anything is done', () => {
    expect(storySchema.safeParse(Array.from({ length: 301 }, () => act('+PT1M', 'handler', 'urge'))).success).toBe(false)
  })
})

describe('X12: what a story may write', () => {
  it('X12: instants without seconds and times on the clocks of the profile, in what is sent and in the form', async () => {
    const field = { id: 'promised', label: { 'zh-CN': '约定', 'zh-TW': '約定', en: 'Promised' }, kind: 'instant', required: true } as const
    const [type, ...others] = techSupport.types
    if (!type) throw new Error('no type')
    const profile = { ...techSupport, types: [{ ...type, fields: [...type.fields, field] }, ...others] }
    const { ticket, timeline } = await rehearsed({
      profile,
      ticket: { at: '2026-03-02T09:00+08:00', fields: { promised: '2026-03-03T10:00' } },
      story: [
        { at: '+PT1M', by: 'representative', do: 'review-intake' },
        { at: '+PT1M', by: 'handler', do: 'diagnose' },
        { at: '+PT1M', by: 'supervisor', do: 'record-review-meeting', with: { dueAt: '2026-03-03T18:00' } },
      ],
    })
    expect(ticket).toMatchObject({ registeredAt: '2026-03-02T01:00:00.000Z' })
    expect(ticket.filled).not.toContain('promised')
    const meeting = timeline.flatMap((one) => ('events' in one ? one.events : [])).find((event) => event.type === 'review-meeting-recorded')
    expect(meeting).toMatchObject({ dueAt: '2026-03-03T10:00:00.000Z' })
  })

  it('X12, X11: what an own act has to say is filled in, but for the instant from which a clock counts', async () => {
    const text = {
      id: 'where',
      label: { 'zh-CN': '地点', 'zh-TW': '地點', en: 'Where' },
      kind: 'text',
      required: true,
      internal: false,
    } as const
    const act = {
      id: 'arrived',
      label: { 'zh-CN': '到达', 'zh-TW': '到達', en: 'Arrived' },
      stages: ['intake'],
      roles: ['agent'],
      visibleToCustomer: false,
      fields: [text],
    } as const
    const story = [{ at: '+PT1M', by: 'representative', do: 'record-act', with: { act: 'arrived' } }]
    const profile: Profile = { ...techSupport, acts: [{ ...act, stages: [...act.stages], roles: [...act.roles], fields: [...act.fields] }] }
    const { timeline } = await rehearsed({ profile, story })
    expect(timeline.find(({ kind }) => kind === 'act')).toMatchObject({ filled: ['where'] })
    expect(timeline.map(({ kind }) => kind)).not.toContain('refused')
  })
})

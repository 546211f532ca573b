import type { Policy } from '../../../domain/profile/policy.ts'
import type { Directory } from '../../../domain/people.ts'
import { begin } from '../../../workflows/engine.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../domain/people.ts'
import { birth, type Submission } from '../../../workflows/ticket/submission.ts'
import { hook, lin, monday, policyOf, Story, teams, ticketIn, wang, zhou } from '../../support/tickets.ts'

const form: Submission = { priority: 'medium', channel: 'phone', fields: {}, live: false }
const desk = {
  people: { lin: { roles: ['agent'], teams: [] }, wang: { roles: ['engineer'], teams: [] }, root: { roles: ['admin'], teams: [] } },
  teams,
} as const

describe('受理: registration', () => {
  it('T3: the customer hears the number and within how long work starts', () => {
    const urgent = new Story({ submission: { priority: 'urgent' } })
    expect(urgent.notices(urgent.last('submitted'))).toEqual([
      {
        kind: 'ticket-submitted',
        recipient: { kind: 'customer' },
        params: { number: 'TS20260302001', within: 'PT2H', timeBase: 'elapsed', startBy: '2026-03-02T03:00:00.000Z' },
      },
    ])
    const medium = new Story()
    expect(medium.last('submitted').startWithin).toEqual({ within: 'PT8H', timeBase: 'working' })
  })

  it('T2: whoever registers represents the ticket, unless another is named; a customer or a machine represents none', () => {
    expect(new Story().state).toMatchObject({
      stage: 'intake',
      representative: 'lin',
      requester: null,
      team: 'tech-support',
      submittedAt: monday,
      version: 1,
    })
    expect(new Story({ submission: { representative: 'mei' } }).state.representative).toBe('mei')
    expect(new Story({ by: zhou }).state).toMatchObject({ representative: null, requester: 'zhou' })
    expect(new Story({ by: hook }).state).toMatchObject({ representative: null, requester: null })
  })

  it('T2: a field for colleagues is asked of them only, though it be required', () => {
    const label = { 'zh-CN': '备注', 'zh-TW': '備註', en: 'Remarks' }
    const fields = [{ id: 'remarks', label, kind: 'text', required: true, internal: true }] as const
    const policy = policyOf({ type: { ...policyOf().type, fields: [...fields] } })
    const checkedFor = (actor: Actor, values: Submission['fields']) => wrongWith({ fields: values }, { policy, actor })
    expect(checkedFor(zhou, {})).toEqual([])
    expect(checkedFor(lin, { remarks: '客户着急' })).toEqual([])
    expect(checkedFor(lin, {})).toMatchObject([{ path: 'fields.remarks', code: 'required' }])
    expect(checkedFor(zhou, { remarks: 'x' })).toMatchObject([{ path: 'fields.remarks', code: 'unknown-field' }])
  })

  it('S2, S6: all that is wrong with a form is said at once', () => {
    const policy = policyOf({
      type: {
        ...policyOf().type,
        fields: [{ id: 'device', label: { 'zh-CN': '设备', 'zh-TW': '設備', en: 'Device' }, kind: 'text', required: true }],
      },
    })
    const wrong = { priority: 'now', channel: 'pigeon', assignee: 'nobody', representative: 'root', team: 'choir', fields: {} }
    expect(wrongWith(wrong, { policy })).toMatchObject([
      { path: 'priority', code: 'not-a-choice', params: { choices: ['urgent', 'high', 'medium', 'low'] } },
      { path: 'channel', code: 'not-a-choice' },
      { path: 'assignee', code: 'unknown-person', params: { given: 'nobody' } },
      { path: 'representative', code: 'cannot-handle', params: { person: 'root' } },
      { path: 'team', code: 'unknown-team', params: { given: 'choir' } },
      { path: 'fields.device', code: 'required' },
    ])
  })

  it('S7, T6: an assignee named at registration is told the deadline at once', () => {
    const story = new Story({ submission: { assignee: 'wang', priority: 'high' } })
    expect(story.state).toMatchObject({ assignee: 'wang', assignedAt: monday })
    expect(story.notices(story.last('submitted'))).toContainEqual({
      kind: 'ticket-assigned',
      recipient: { kind: 'person', id: 'wang' },
      params: { number: 'TS20260302001', dueAt: '2026-03-05T01:00:00.000Z' },
    })
  })

  it('X8: the deputy gets what is registered for an absent person, as assignee and as representative', () => {
    const story = new Story({
      submission: { assignee: 'wang', representative: 'mei' },
      absent: { wang: { deputy: 'zhao' }, mei: { deputy: 'lin' } },
    })
    expect(story.state).toMatchObject({ assignee: 'zhao', representative: 'lin' })
    expect(story.last('submitted')).toMatchObject({ assignee: 'zhao', insteadOf: 'wang' })
  })

  it('X8: nobody can be given a ticket who is absent without a deputy', () => {
    const directory = { people: { wang: { roles: ['engineer'], teams: [], absence: { deputy: null } } }, teams } as const
    expect(wrongWith({ assignee: 'wang' }, { directory })).toMatchObject([{ path: 'assignee', code: 'absent-without-deputy' }])
  })

  it.each(['__proto__', 'constructor', 'toString'])('a person called %s is simply unknown', (assignee) => {
    expect(wrongWith({ assignee })).toMatchObject([{ code: 'unknown-person' }])
  })

  it('the first event is numbered 1 and carries the request', () => {
    const act = { requestId: 'r1', actor: lin, at: monday, directory: desk }
    const { state, event } = begin(ticketProcess, 'N', birth.of(form), { policy: policyOf(), act, parent: null })
    expect(event).toMatchObject({ seq: 1, requestId: 'r1', actor: 'lin', at: monday, occurredAt: monday, stage: 'intake' })
    expect(state.version).toBe(1)
  })
})

describe('受理: review and supplement', () => {
  it('T2, T4: an incomplete registration waits for the customer, who is told what is missing', () => {
    const story = new Story()
    story.act(lin, 'review-intake', { complete: false, missing: ['日志', '截图'], message: '请提供日志和截图' })
    expect(story.state).toMatchObject({ stage: 'intake', waiting: { for: 'customer', reason: '请提供日志和截图', until: null } })
    expect(story.notices(story.last('intake-reviewed'))).toEqual([
      {
        kind: 'information-requested',
        recipient: { kind: 'customer' },
        params: { number: 'TS20260302001', missing: '日志\n截图', message: '请提供日志和截图' },
      },
    ])
  })

  it('T2: what is missing must be named', () => {
    expect(new Story().refusal(lin, 'review-intake', { complete: false })).toMatchObject({
      errors: [{ path: 'missing', code: 'required-for-outcome' }],
    })
  })

  it('T4: fifty missing things do not swell the state', () => {
    const story = new Story()
    story.act(lin, 'review-intake', { complete: false, missing: Array.from({ length: 50 }, () => '很长的名字'.repeat(16)) })
    expect(story.last('intake-reviewed').missing).toHaveLength(50)
    expect((story.state.waiting?.reason ?? '').length).toBeLessThanOrEqual(500)
  })

  it('T4: what the customer adds ends the waiting for them, and goes on record in canonical form', () => {
    const story = new Story({ by: zhou }).acts([lin, 'review-intake', { complete: false, missing: ['日志'] }])
    story.act(zhou, 'supplement', { fields: { occurredAt: '2026-03-01T09:00:00+08:00', descriptionConfirmed: true } })
    expect(story.last('supplemented').fields).toEqual({ occurredAt: '2026-03-01T01:00:00.000Z', descriptionConfirmed: true })
    expect(story.events.map(({ type }) => type).slice(-2)).toEqual(['supplemented', 'waiting-ended'])
    expect(story.state.waiting).toBeNull()
  })

  it('T4: what is added while a vendor is waited for does not end that waiting', () => {
    const story = ticketIn('handling').acts([wang, 'wait', { for: 'vendor' }], [lin, 'supplement'])
    expect(story.state.waiting).toMatchObject({ for: 'vendor' })
  })

  it('T2: nothing added is refused, and so is a field the type does not have', () => {
    expect(new Story().try(lin, 'supplement', {})).toMatchObject({ errors: [{ path: 'fields', code: 'nothing-to-change' }] })
    expect(new Story().refusal(lin, 'supplement', { fields: { colour: 'red' } })).toMatchObject({
      errors: [{ path: 'fields.colour', code: 'unknown-field' }],
    })
  })

  it('T4: a complete registration ends the waiting and goes to triage', () => {
    const story = new Story().acts([lin, 'review-intake', { complete: false, missing: ['日志'] }], [lin, 'review-intake'])
    expect(story.state).toMatchObject({ stage: 'triage', waiting: null })
  })

  it('S3: a customer acts only on their own ticket', () => {
    expect(new Story().refusal(zhou, 'supplement')).toMatchObject({ kind: 'forbidden', code: 'not-yours' })
  })

  it('what a database cannot keep is removed from texts before it is on record', () => {
    const story = new Story()
    story.act(lin, 'supplement', { text: ' 错误\u0000码\r\n5\uD83D ' })
    expect(story.last('supplemented').text).toBe('错误码\n5\uFFFD')
  })
})

/** What its birth finds wrong with a form. */
function wrongWith(
  changes: Partial<Submission>,
  { policy = policyOf(), actor = lin, directory = desk }: { policy?: Policy; actor?: Actor; directory?: Directory } = {},
) {
  return birth.of({ ...form, ...changes }).check({ policy, act: { requestId: 'r1', actor, at: monday, directory }, parent: null })
}

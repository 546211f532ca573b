import { describe, expect, it } from 'vitest'
import { isNoticeKind, type NoticeKind } from '../../../domain/notices/kinds.ts'
import { isStillSo, type TicketNow } from '../../../domain/notices/still-so.ts'
import { chen, lin, Story, ticketIn, wang, zhao, zhou } from '../../support/tickets.ts'

/** Each notice of a life, looked at again after what came later. */

const all = (story: Story) =>
  story.events.flatMap((event) =>
    story.notices(event).map((notice) => ({
      ...notice,
      seq: event.seq,
      recipientId: notice.recipient.kind === 'person' || notice.recipient.kind === 'team' ? notice.recipient.id : null,
    })),
  )

/** Kinds of the notices so far that are still so, and of those that are not. */
function judged(story: Story, notices = all(story)) {
  const ticket: TicketNow = story.state
  const so = (notice: (typeof notices)[number]) => isStillSo(kindOf(notice.kind), notice, ticket, story.now)
  return { so: notices.filter(so).map(({ kind }) => kind), overtaken: notices.filter((notice) => !so(notice)).map(({ kind }) => kind) }
}

function kindOf(kind: string): NoticeKind {
  if (!isNoticeKind(kind)) throw new Error(`no kind ${kind}`)
  return kind
}

describe('what is no longer so', () => {
  it('is what a customer is asked for and has sent', () => {
    const story = ticketIn('handling', { by: zhou }).acts([wang, 'wait', { for: 'customer' }])
    expect(judged(story).so).toContain('information-requested')
    story.acts([zhou, 'supplement', { fields: {}, text: '日志' }])
    expect(judged(story)).toMatchObject({
      so: expect.arrayContaining(['customer-supplied']),
      overtaken: expect.arrayContaining(['information-requested']),
    })
  })

  it("is that a ticket waits for somebody, once somebody has it; and that it is theirs, once it is somebody else's", () => {
    const story = ticketIn('assignment')
    const waiting = all(story)
    expect(judged(story, waiting).so).toContain('ticket-queued')
    story.acts([chen, 'assign', { assignee: 'wang' }])
    expect(judged(story, waiting).overtaken).toEqual(['ticket-queued'])
    const given = all(story)
    expect(judged(story, given).so).toContain('ticket-assigned')
    story.acts([wang, 'accept'], [chen, 'reassign', { assignee: 'zhao' }])
    expect(judged(story, given).overtaken).toEqual(['ticket-queued', 'ticket-assigned'])
  })

  it('is that a customer is to confirm, and that somebody is to call them back, once that was done', () => {
    const story = ticketIn('confirmation')
    expect(judged(story).so).toContain('confirmation-requested')
    story.acts([lin, 'confirm'])
    expect(judged(story)).toMatchObject({
      so: expect.arrayContaining(['callback-appointed', 'callback-due']),
      overtaken: expect.arrayContaining(['confirmation-requested']),
    })
    story.acts([lin, 'callback'])
    expect(judged(story).overtaken).toEqual(expect.arrayContaining(['callback-appointed', 'callback-due']))
  })

  it('is that a deadline is ahead, once it has passed or was kept; a breach stays one', () => {
    const story = ticketIn('assignment').acts([chen, 'assign', { assignee: 'wang' }])
    const due = story.promise('resolution').dueAt
    story.at(due)
    const told = () => all(story).filter(({ params }) => params['clock'] === 'resolution')
    const warned = story.state.promises.find(({ clock }) => clock === 'resolution')
    expect(warned?.dueAt).toBe(due)
    const warning = { kind: 'deadline-warning', seq: 1, recipientId: 'wang', params: { clock: 'resolution', dueAt: due } } as const
    expect(isStillSo('deadline-warning', warning, story.state, story.state.submittedAt)).toBe(true)
    expect(isStillSo('deadline-warning', warning, story.state, due)).toBe(false)
    story.later('P1D').wake()
    expect(told().map(({ kind }) => kind)).toContain('deadline-missed')
    expect(judged(story, told()).so).toContain('deadline-missed')
  })

  it('is everything that was to be done for a ticket that is withdrawn; not that it is', () => {
    const story = new Story({ by: zhou })
    const arrived = all(story)
    story.acts([lin, 'review-intake'], [lin, 'diagnose'])
    const queued = all(story)
    story.acts([chen, 'assign', { assignee: 'wang' }])
    const given = all(story)
    story.acts([lin, 'withdraw'])
    for (const [told, kind] of [
      [arrived, 'ticket-registered'],
      [queued, 'ticket-queued'],
      [given, 'ticket-assigned'],
    ] as const)
      expect(judged(story, told).overtaken).toContain(kind)
    expect(judged(story).so).toContain('withdrawn')
  })

  it('is a change of priority on which somebody has decided', () => {
    const story = ticketIn('handling').acts([wang, 'request-priority-change'])
    expect(judged(story).so).toContain('priority-change-requested')
    story.acts([chen, 'decide-priority-change'])
    expect(judged(story).overtaken).toContain('priority-change-requested')
    expect(judged(story).so).toContain('priority-change-decided')
  })

  it('is not what merely happened', () => {
    const story = ticketIn('handling').acts([wang, 'update-progress', { visibleToCustomer: true }], [zhao, 'note'], [wang, 'complete'])
    expect(judged(story).so).toEqual(expect.arrayContaining(['ticket-submitted', 'progress', 'progress-reported']))
  })
})

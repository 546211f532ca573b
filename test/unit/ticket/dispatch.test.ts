import { describe, expect, it } from 'vitest'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { chen, lin, policyOf, Story, system, ticketIn, usualOfSystem, wang, zhao, zhou, type StoryOptions } from '../../support/tickets.ts'

const automatic = policyOf({ dispatch: { skills: ['login'] } })
const straight = policyOf({ dispatch: { skills: ['login'] }, begins: 'assignment' })
const question = { number: 'TS20260302001', team: 'tech-support', skills: ['login'] }

/** What the ticket asked when the last event happened. */
function asked(story: Story, event: RecordedTicketEvent | null | undefined = story.events.at(-1)) {
  return ticketProcess.asks(event ?? null, story.state, story.policy)
}

function inQueue(options: StoryOptions = {}): Story {
  return ticketIn('assignment', { policy: automatic, ...options })
}

describe('S7: when a ticket asks who can take it', () => {
  it('S7: as soon as it comes to be assigned and nobody has it', () => {
    expect(asked(inQueue())).toEqual([{ kind: 'dispatch', question }])
    const urgent = inQueue({ submission: { priority: 'urgent' } })
    expect(urgent.events.at(-1)?.type).toBe('review-meeting-recorded')
    expect(asked(urgent)).toEqual([{ kind: 'dispatch', question }])
  })

  it('S7: at once where the profile begins with assignment', () => {
    expect(asked(new Story({ policy: straight }), null)).toEqual([{ kind: 'dispatch', question }])
    expect(asked(new Story({ policy: automatic }), null)).toEqual([])
  })

  it('S7: not when an assignee was named, nor where people assign', () => {
    expect(asked(inQueue({ submission: { assignee: 'wang' } }))).toEqual([])
    expect(asked(new Story({ policy: straight, submission: { assignee: 'wang' } }), null)).toEqual([])
    expect(asked(ticketIn('assignment'))).toEqual([])
  })

  it('S7: a team named at creation is the one that is asked', () => {
    expect(asked(inQueue({ submission: { team: 'second-line' } }))).toMatchObject([{ question: { team: 'second-line' } }])
  })

  it("S9, S7: not when somebody gives it back: the queue offers it; but when it is sent to another team's queue", () => {
    const story = inQueue().acts([chen, 'assign'], [wang, 'accept'], [wang, 'release'])
    expect(asked(story)).toEqual([])
    story.acts([lin, 'assign', { assignee: undefined, team: 'second-line' }])
    expect(asked(story)).toMatchObject([{ question: { team: 'second-line' } }])
    const moved = inQueue().acts([chen, 'assign'], [wang, 'accept'], [chen, 'reassign', { assignee: undefined, team: 'second-line' }])
    expect(asked(moved)).toMatchObject([{ question: { team: 'second-line' } }])
  })
})

describe('S7: the answer', () => {
  it('S7, T6: gives it to the best candidate, who hears the deadline, and keeps on record who came into question', () => {
    const candidates = [
      { assignee: 'zhao', insteadOf: 'wang', skills: 1, inHand: 4 },
      { assignee: 'chen', insteadOf: null, skills: 0, inHand: 0 },
    ]
    const story = inQueue()
    expect(story.try(system, 'dispatch', { team: 'tech-support', candidates })).toBeUndefined()
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: 'zhao', team: 'tech-support', assignedAt: story.now })
    expect(story.last('assigned')).toMatchObject({ manner: 'dispatched', actor: 'system', insteadOf: 'wang', previous: null, candidates })
    expect(story.notices(story.last('assigned'))).toEqual([
      {
        kind: 'ticket-assigned',
        recipient: { kind: 'person', id: 'zhao' },
        params: { number: 'TS20260302001', dueAt: '2026-03-09T10:00:00.000Z', insteadOf: 'wang' },
      },
    ])
    expect(story.acts([zhao, 'accept']).state.stage).toBe('handling')
  })

  it('S7: with nobody it stays in the queue, the lead of the team hears of it, and it does not ask again', () => {
    const story = inQueue()
    expect(story.try(system, 'dispatch', { team: 'tech-support', candidates: [] })).toBeUndefined()
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: null, team: 'tech-support', assignedAt: null })
    expect(story.notices(story.last('assigned'))).toEqual([
      { kind: 'ticket-queued', recipient: { kind: 'role', role: 'lead', team: 'tech-support' }, params: { number: 'TS20260302001' } },
    ])
    expect(asked(story)).toEqual([])
    expect(story.acts([wang, 'claim']).state.assignee).toBe('wang')
  })

  it('S9: comes too late when somebody has claimed it, moved it to another queue, or withdrawn it', () => {
    const { dispatch } = usualOfSystem
    expect(inQueue().acts([zhao, 'claim']).try(system, 'dispatch', dispatch)).toMatchObject({
      code: 'already-held',
      params: { holder: 'zhao' },
    })
    const moved = inQueue().acts([lin, 'assign', { assignee: undefined, team: 'second-line' }])
    expect(moved.try(system, 'dispatch', dispatch)).toMatchObject({ errors: [{ path: 'team', code: 'not-a-choice' }] })
    expect(inQueue().acts([lin, 'withdraw']).try(system, 'dispatch', dispatch)).toMatchObject({ code: 'ended' })
    expect(inQueue().acts([chen, 'assign'], [wang, 'accept']).try(system, 'dispatch', dispatch)).toMatchObject({ code: 'wrong-stage' })
  })
})

describe('X1: where a ticket begins', () => {
  it.each([
    ['intake', {}],
    ['triage', { begins: 'triage' }],
    ['assignment', { begins: 'assignment' }],
  ] as const)('X1: in %s, as the profile says, and its first event says so', (stage, changes) => {
    const story = new Story({ policy: policyOf(changes) })
    expect(story.state.stage).toBe(stage)
    expect(story.events).toMatchObject([{ type: 'submitted', stage, ...changes }])
  })

  it('T2: what a customer registered alone gets a representative from whoever takes it up first', () => {
    const triage = new Story({ by: zhou, policy: policyOf({ begins: 'triage' }) })
    expect(triage.state.representative).toBeNull()
    expect(triage.acts([lin, 'diagnose']).state).toMatchObject({ representative: 'lin', stage: 'assignment' })
    const assignment = new Story({ by: zhou, policy: policyOf({ begins: 'assignment' }) }).acts([wang, 'claim'], [wang, 'accept'])
    expect(assignment.state).toMatchObject({ representative: 'wang', stage: 'handling' })
    const registered = new Story({ by: lin, policy: policyOf({ begins: 'assignment' }) }).acts([wang, 'claim'], [wang, 'accept'])
    expect(registered.state.representative).toBe('lin')
  })
})

import { describe, expect, it } from 'vitest'
import type { Policy } from '../../../domain/profile/policy.ts'
import { optionalStages, type OptionalStage } from '../../../domain/profile/stages.ts'
import { allowedCommands, outlook } from '../../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { isOwed } from '../../../workflows/common/promises.ts'
import { chen, everybody, lin, policyOf, Story, ticketIn, usual, wang, zhao, type CommandName } from '../../support/tickets.ts'

/** X11: stages that a profile leaves out. */

const always = (...stages: readonly OptionalStage[]): Policy =>
  policyOf({ leftOut: Object.fromEntries(stages.map((stage) => [stage, true])) })

/** Every combination of stages that can be left out. */
const combinations = Array.from({ length: 2 ** optionalStages.length }, (_, nth) =>
  optionalStages.filter((_stage, at) => (nth >> at) % 2 === 1),
)

/** Takes whatever step leads on, by somebody who may, until nothing does. */
function walkOn(story: Story): readonly string[] {
  const taken: string[] = []
  for (let left = 40; left > 0; left -= 1) {
    const [name] = outlook(story.state, story.policy).steps.filter(
      (step): step is CommandName => Object.hasOwn(usual, step) && step !== 'update-progress',
    )
    const who = name && everybody.find((one) => allowedCommands(story.state, one, story.policy, story.now).includes(name))
    if (name === undefined || who === undefined) return taken
    story.later('PT5M').acts([who, name])
    taken.push(name)
  }
  throw new Error(`leads nowhere: ${taken.join(' ')}`)
}

/** By what each of them is passed. */
const step: Readonly<Record<OptionalStage, CommandName>> = {
  intake: 'review-intake',
  triage: 'diagnose',
  verification: 'verify',
  confirmation: 'confirm',
  closing: 'close',
}

describe('X11: a path without some of its stages', () => {
  it.each(combinations.map((stages) => [stages.join(', ') || 'none', stages] as const))(
    'X11: leads to the archive without %s, and forgets no promise',
    (_, left) => {
      const story = new Story({ policy: always(...left), submission: { priority: 'medium' } })
      const taken = walkOn(story)
      expect(story.state.stage).toBe('follow-up')
      expect(taken.filter((name) => Object.values<string>(step).includes(name))).toEqual(
        optionalStages.filter((stage) => !left.includes(stage)).map((stage) => step[stage]),
      )
      expect(story.promise('resolution')).toMatchObject({ state: 'kept', stoppedAt: story.state.resolvedAt })
      expect(story.promise('callback')).toMatchObject({ state: 'kept', startedAt: story.state.resolvedAt })
      expect(story.state.promises.filter(isOwed)).toEqual([])
      expect(story.later('P40D').wake().at(-1)).toMatchObject({ type: 'archived' })
    },
  )
})

describe('X11: without a stage', () => {
  it('X11: without confirmation a passed verification solves the ticket, and its customer is told so', () => {
    const story = ticketIn('verification', { policy: always('confirmation') }).acts([zhao, 'verify', { passed: false }])
    expect(story.state).toMatchObject({ stage: 'handling', resolvedAt: null })
    story.acts([wang, 'complete'], [zhao, 'verify'])
    expect(story.events.slice(-2)).toMatchObject([
      { type: 'verified', passed: true, next: 'closing' },
      { type: 'resolved', stage: 'closing' },
    ])
    expect(story.state).toMatchObject({ stage: 'closing', resolvedAt: story.now, confirmation: null, confirmationAskedAt: null })
    const { dueAt } = story.promise('callback')
    const number = story.state.number
    expect(story.events.slice(-2).flatMap((event) => story.notices(event))).toEqual([
      { kind: 'ticket-solved', recipient: { kind: 'customer' }, params: { number, by: dueAt } },
      { kind: 'callback-due', recipient: { kind: 'person', id: 'lin' }, params: { number, by: dueAt } },
      { kind: 'solved-closing-due', recipient: { kind: 'person', id: 'wang' }, params: { number } },
    ])
    // How satisfied they are nobody has asked.
    expect(story.acts([wang, 'close', { satisfaction: undefined }]).last('closed')).toMatchObject({
      satisfaction: null,
      confirmation: 0,
      silence: false,
    })
    expect(story.acts([lin, 'callback', { satisfaction: 2 }], [lin, 'reopen']).state).toMatchObject({
      stage: 'handling',
      resolvedAt: null,
      replan: true,
    })
  })

  it('X11: without verification the customer is asked at once, and may say that it is not solved', () => {
    const story = ticketIn('handling', { policy: always('verification') }).acts([wang, 'complete'])
    expect(story.last('completed')).toMatchObject({ next: 'confirmation', stage: 'confirmation' })
    expect(story.state).toMatchObject({ confirmationAskedAt: story.now })
    expect(story.promise('confirmation')).toMatchObject({ state: 'running', startedAt: story.now })
    expect(story.notices(story.last('completed'))).toMatchObject([{ kind: 'confirmation-requested', recipient: { kind: 'customer' } }])
    expect(story.acts([lin, 'confirm', { outcome: 'unsolved' }]).state).toMatchObject({ stage: 'handling', counts: { unsolved: 1 } })
  })

  it('X11: what would be solved by an act is said to be prevented by it', () => {
    const story = ticketIn('handling', { policy: always('verification', 'confirmation', 'closing') })
    const due = outlook(story.state, story.policy).next.find(({ clock, level }) => clock === 'resolution' && level === 'due')
    expect(due?.cancelledBy).toContain('complete')
    expect(story.acts([wang, 'complete']).state).toMatchObject({ stage: 'follow-up', resolvedAt: story.now, closedAt: story.now })
    expect(outlook(ticketIn('handling').state, policyOf()).next.find(({ clock }) => clock === 'resolution')?.cancelledBy).not.toContain(
      'complete',
    )
  })

  it('X11: without triage a complete registration is offered to its team, or dispatched', () => {
    const story = new Story({ policy: always('triage'), submission: { priority: 'urgent' } }).acts([lin, 'review-intake'])
    expect(story.last('intake-reviewed')).toMatchObject({ stage: 'assignment', next: 'assignment', offered: true })
    expect(story.notices(story.last('intake-reviewed'))).toMatchObject([{ kind: 'ticket-queued', recipient: { kind: 'team' } }])
    const chosen = { ...always('triage'), dispatch: { skills: [] } }
    const dispatched = new Story({ policy: chosen }).acts([lin, 'review-intake'])
    expect(ticketProcess.asks(dispatched.last('intake-reviewed'), dispatched.state, chosen)).toMatchObject([{ kind: 'dispatch' }])
  })

  it('X11: a stage is left out for some tickets by a condition, as the facts are when it would be reached', () => {
    const policy = policyOf({ leftOut: { verification: { priority: ['medium', 'low'] } } })
    const urgent = ticketIn('handling', { policy, submission: { priority: 'urgent' } })
    expect(urgent.acts([wang, 'complete']).state.stage).toBe('verification')
    const low = ticketIn('handling', { policy, submission: { priority: 'low' } }).acts([
      wang,
      'request-priority-change',
      { priority: 'high' },
    ])
    expect(low.acts([chen, 'decide-priority-change'], [wang, 'complete']).state.stage).toBe('verification')
    expect(ticketIn('handling', { policy, submission: { priority: 'low' } }).acts([wang, 'complete']).state.stage).toBe('confirmation')
  })

  it('X11: what a profile said before by `begins` and `closingReport` means what it meant', () => {
    const policy = policyOf({ begins: 'assignment', closingReport: { priority: 'urgent' } })
    expect(walkOn(new Story({ policy, submission: { priority: 'urgent' } }))).toContain('close')
    const taken = walkOn(new Story({ policy, submission: { priority: 'low' } }))
    expect(taken.filter((name) => ['review-intake', 'diagnose', 'close'].includes(name))).toEqual([])
  })
})

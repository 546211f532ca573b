import type { Scored } from '../../domain/assessment/rights.ts'
import { roundTheClock } from '../../domain/calendar/round-the-clock.ts'
import type { Instant } from '../../domain/instant.ts'
import { emptyDirectory, systemActor, type Actor } from '../../domain/people.ts'
import { said } from '../../domain/labels.ts'
import { assessmentClocks } from '../../workflows/assessment/clocks.ts'
import type { RecordedAssessmentEvent } from '../../workflows/assessment/events.ts'
import { assessmentProcess } from '../../workflows/assessment/process.ts'
import type { AssessmentPolicy, AssessmentState } from '../../workflows/assessment/state.ts'
import { ownPolicy } from '../../workflows/common/define-process.ts'
import { perform, settle } from '../../workflows/engine.ts'
import { monday } from './tickets.ts'

/** An assessment as the engine walks it, for tests of what follows from what. */

const label = said('月度考核', '每月考核', 'Monthly assessment')
export const usual: AssessmentPolicy = {
  ...ownPolicy({ id: 'p', version: 1, language: 'zh-CN', zone: 'Asia/Shanghai' }, assessmentClocks),
  calendar: { version: 1, calendar: { ...roundTheClock, id: 'always' } },
  assessments: [{ id: 'monthly', label, confirmWithin: 'PT72H', objectWithin: 'PT120H', decideWithin: 'PT120H' }],
}

export const wang: Scored = { kind: 'person', id: 'wang', teams: ['support'], leads: false, speaker: 'wang' }
export const chen: Scored = { kind: 'person', id: 'chen', teams: ['support'], leads: false, speaker: 'chen' }
export const team: Scored = { kind: 'team', id: 'support', teams: ['support'], leads: false, speaker: null }
export const head: Actor = { id: 'head', roles: ['department-lead'], teams: ['support'] }
export const boss: Actor = { id: 'boss', roles: ['management'], teams: [] }
export const other: Actor = { id: 'other', roles: ['management'], teams: [] }
export const engineer = (id: string): Actor => ({ id, roles: ['engineer'], teams: ['support'] })

/** An assessment that is walked; everything that is refused throws its code. */
export class Walk {
  state: AssessmentState
  readonly events: RecordedAssessmentEvent[] = []
  now: Instant = monday
  readonly policy: AssessmentPolicy
  constructor(subjects: readonly Scored[], policy: AssessmentPolicy = usual) {
    this.policy = policy
    const born = assessmentProcess.birth.initial('assessment:p:monthly:2026-10', monday)
    this.state = { ...born, assessment: 'monthly', label, period: '2026-10' }
    this.does(systemActor, 'note-reckoned', { sha256: 'a'.repeat(64), subjects })
  }

  does(actor: Actor, name: string, input: object): this {
    const command = assessmentProcess.commands.find((one) => one.name === name)
    if (!command) throw new Error(`there is no ${name}`)
    const act = { requestId: 'r', actor, at: this.now, directory: directory }
    const done = perform(assessmentProcess, command, this.state, this.policy, act, input)
    if (!done.ok) throw new Error(done.rejection.errors?.[0]?.code ?? done.rejection.code)
    this.state = done.state
    this.events.push(...done.events)
    return this
  }

  passes(at: Instant): this {
    this.now = at
    const { state, events } = settle(assessmentProcess, this.state, this.policy, at, 'at')
    this.state = state
    this.events.push(...events)
    return this
  }

  get types(): string[] {
    return this.events.map(({ type }) => type)
  }
}

const directory = { ...emptyDirectory, people: { wang: { roles: ['engineer' as const], teams: ['support'] } } }
export const confirmed = (walk: Walk, ...keys: readonly string[]) => {
  for (const subject of keys) walk.does(boss, 'confirm', { subject })
  return walk
}

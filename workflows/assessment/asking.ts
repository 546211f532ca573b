import { subjectKey } from '../../domain/assessment/model.ts'
import { isLedByHead } from '../../domain/assessment/rights.ts'
import type { Instant } from '../../domain/instant.ts'
import type { AnyNoticeKind } from '../../domain/notices/custom.ts'
import type { NoticeKind } from '../../domain/notices/kinds.ts'
import type { Ask, Recorded } from '../process.ts'
import type { LevelReached } from '../common/clock-events.ts'
import { isTooLate } from '../common/recipients.ts'
import { commendationClock, confirmationClock } from './clocks.ts'
import type { RecordedAssessmentEvent } from './events.ts'
import { openCommendations, openObjections, unconfirmed, type AssessmentState } from './state.ts'

/** What an assessment wants of the world: what was counted, whom the scores propose, and that those hear of it who have to decide. */

export const reckonKind = 'reckon'
export const proposeKind = 'propose'
/** Puts a mail for each of those who decide into the outbox. */
export const mailKind = 'tell-deciders'

/** Whom a mail is for: heads of these departments, and the management. */
export interface DecidersMail {
  readonly number: string
  /** Of the event that it tells. */
  readonly seq: number
  readonly kind: NoticeKind
  readonly teams: readonly string[]
  readonly management: boolean
  /** Who does not decide it. */
  readonly except: string | null
  readonly clock: string | null
  readonly dueAt: Instant | null
}

/** What one that stands there still has to ask, when its workflow begins or begins anew from its row. */
export function asksAnew(state: AssessmentState): Ask[] {
  const { number, stage, proposed } = state
  switch (stage) {
    case 'reckoning':
      return [{ kind: reckonKind, question: { number }, long: true }]
    case 'final':
      return proposed === null ? [proposing(state, state.version)] : []
    case 'draft':
      return [mailing(state, state.version, 'scores-to-confirm')]
    case 'confirmed':
      return openObjections(state).length > 0 ? [mailing(state, state.version, 'objection-to-decide')] : []
    case 'closed':
      return []
  }
}

export function asksOf(event: RecordedAssessmentEvent, state: AssessmentState): Ask[] {
  switch (event.type) {
    case 'reckoned':
      return event.by === null ? [] : [mailing(state, event.seq, 'scores-to-confirm')]
    case 'objected':
      return [mailing(state, event.seq, 'objection-to-decide', { except: confirmerOf(state, event.subject) })]
    case 'nominated':
      return [mailing(state, event.seq, 'commendation-to-decide', { except: event.person })]
    case 'finalised':
      return [proposing(state, event.seq)]
    case 'outstanding-proposed':
      return event.by === null ? [] : [mailing(state, event.seq, 'commendation-to-decide')]
    case 'level-reached':
      return asksOfLevel(event, state)
    default:
      return []
  }
}

function asksOfLevel(event: Recorded<LevelReached & { readonly type: 'level-reached' }>, state: AssessmentState): Ask[] {
  const { dueAt, warning, clock, seq } = event
  if (isTooLate(event)) return []
  if (!warning) return [mailing(state, seq, 'assessment-overdue', { clock, dueAt })]
  if (clock === confirmationClock) return [mailing(state, seq, 'scores-to-confirm')]
  if (clock === commendationClock) return openCommendations(state) === 0 ? [] : [mailing(state, seq, 'commendation-to-decide')]
  const [first, ...others] = openObjections(state)
  return first ? [mailing(state, seq, 'objection-to-decide', { except: others.length === 0 ? confirmerOf(state, first.key) : null })] : []
}

/** By everything that was decided up to this event: the rows may not reach it yet. */
function proposing({ number }: AssessmentState, version: number): Ask {
  return { kind: proposeKind, question: { number, version } }
}

function mailing(
  state: AssessmentState,
  seq: number,
  kind: NoticeKind,
  { except = null, clock = null, dueAt = null }: Partial<Pick<DecidersMail, 'except' | 'clock' | 'dueAt'>> = {},
): Ask {
  const deciders = decidersOf(state, kind, clock)
  return { kind: mailKind, question: { number: state.number, seq, kind, ...deciders, except, clock, dueAt } satisfies DecidersMail }
}

/** For whom a mail of that kind is, as things stand. What is overdue goes to the management, too. */
export function decidersOf(
  state: Pick<AssessmentState, 'subjects'>,
  kind: AnyNoticeKind,
  clock: string | null,
): Pick<DecidersMail, 'teams' | 'management'> {
  const isOfConfirming = kind === 'scores-to-confirm' || clock === confirmationClock
  if (!isOfConfirming) return { teams: [], management: true }
  const left = unconfirmed(state)
  const isTheirs = left.some((subject) => !isLedByHead(subject) || subject.teams.length === 0)
  return {
    teams: [...new Set(left.filter(isLedByHead).flatMap((subject) => subject.teams))].toSorted(),
    management: kind === 'assessment-overdue' || isTheirs,
  }
}

function confirmerOf({ subjects }: AssessmentState, key: string): string | null {
  return subjects.find((subject) => subjectKey(subject) === key)?.confirmedBy ?? null
}

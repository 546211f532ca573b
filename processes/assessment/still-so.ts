import type { Head } from '../../db/schema.ts'
import type { NoticeKind } from '../../domain/notices/kinds.ts'
import type { Waited } from '../../domain/notices/still-so.ts'
import { openCommendations, openObjections } from '../../workflows/assessment/state.ts'
import { rosterOf } from './roster.ts'

/** Whether what a mail that had to wait says of an assessment is still so. */
export function isStillSo(
  { stage, state }: Pick<Head, 'stage' | 'state'>,
  kind: NoticeKind,
  { seq, params }: Pick<Waited, 'seq' | 'params'>,
): boolean {
  switch (kind) {
    case 'scores-to-confirm':
      return stage === 'draft'
    case 'objection-to-decide': {
      const roster = rosterOf({ state })
      const told = roster.subjects.find(({ objection }) => objection?.seq === seq)?.objection
      // A reminder tells of none in particular.
      return told ? !told.isDecided : openObjections(roster).length > 0
    }
    case 'assessment-overdue':
      return state.promises.some(
        ({ clock, dueAt, stoppedAt }) => clock === params['clock'] && dueAt === params['dueAt'] && stoppedAt === null,
      )
    case 'commendation-to-decide':
      return stage !== 'closed' && openCommendations(rosterOf({ state })) > 0
    default:
      return true
  }
}

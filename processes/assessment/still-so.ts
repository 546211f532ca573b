import type { Holder } from '../../db/queued-mails.ts'
import type { Head } from '../../db/schema.ts'
import { isTheirOwn } from '../../domain/assessment/rights.ts'
import type { AnyNoticeKind } from '../../domain/notices/custom.ts'
import type { Waited } from '../../domain/notices/still-so.ts'
import { decidersOf } from '../../workflows/assessment/asking.ts'
import { openCommendations, openObjections } from '../../workflows/assessment/state.ts'
import { toldAmong } from './mails.ts'
import { rosterOf } from './roster.ts'

/** Whether what a mail that had to wait says of an assessment is still so; what is to be decided, of whom it asks, too, as these stand now. */
export function isStillSo(
  { stage, state }: Pick<Head, 'stage' | 'state'>,
  kind: AnyNoticeKind,
  { seq, params, recipientId }: Waited,
  superiors: readonly Holder[],
): boolean {
  const roster = rosterOf({ state })
  const isTheirs = (clock: string | null = null) => {
    // Nobody decides over their own score.
    const subjects = roster.subjects.filter((subject) => !isTheirOwn({ id: recipientId ?? '' }, subject))
    return toldAmong(superiors, decidersOf({ subjects }, kind, clock)).includes(recipientId ?? '')
  }
  switch (kind) {
    case 'scores-to-confirm':
      return stage === 'draft' && isTheirs()
    case 'objection-to-decide': {
      const told = roster.subjects.find(({ objection }) => objection?.seq === seq)?.objection
      // A reminder tells of none in particular.
      return isTheirs() && (told ? !told.isDecided : openObjections(roster).length > 0)
    }
    case 'assessment-overdue':
      return state.promises.some(
        ({ clock, dueAt, stoppedAt }) => clock === params['clock'] && dueAt === params['dueAt'] && stoppedAt === null && isTheirs(clock),
      )
    case 'commendation-to-decide':
      return stage !== 'closed' && openCommendations(roster) > 0 && isTheirs()
    default:
      return true
  }
}

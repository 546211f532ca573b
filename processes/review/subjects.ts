import { actionTexts } from '../../db/review-findings.ts'
import { said } from '../../domain/labels.ts'
import { actionClock } from '../../domain/reviews/actions.ts'
import { reviewProcess } from '../../workflows/review/process.ts'
import { headSubjects } from '../head-subjects.ts'
import type { Telling } from '../subject.ts'
import { reviewTable } from './table.ts'

const usual = headSubjects({ process: reviewProcess, table: reviewTable }, () => ({ customer: null, isStillSo: () => true }))

/** What notices about reviews tell of: of the customer whose ticket gave rise to one, nothing; and each action by what is to be done. */
export const reviewSubjects: Telling['subjects'] = async (db, numbers) => {
  const subjects = await usual(db, numbers)
  // Of reviews alone: events of other types are called the same and say something else.
  const texts = await actionTexts(
    db,
    subjects.flatMap((subject) => subject?.number ?? []),
  )
  return subjects.map(
    (subject) =>
      subject && {
        ...subject,
        clocks: (texts.get(subject.number) ?? []).map(({ id, text }) => ({ id: actionClock(id), label: said(text, text, text) })),
      },
  )
}

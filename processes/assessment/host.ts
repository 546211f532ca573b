import { z } from 'zod'
import { plus } from '../../domain/instant.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { recurringLookBack, recurringNumber, recurringTitle } from '../../domain/recurring/recurring.ts'
import { reckonKind, proposeKind, mailKind } from '../../workflows/assessment/asking.ts'
import { assessmentClocks } from '../../workflows/assessment/clocks.ts'
import type { AssessmentEvent } from '../../workflows/assessment/events.ts'
import type { Opening } from '../../workflows/assessment/opening.ts'
import { assessmentProcess } from '../../workflows/assessment/process.ts'
import type { AssessmentPolicy, AssessmentState } from '../../workflows/assessment/state.ts'
import { ownPolicy } from '../../workflows/common/define-process.ts'
import { headSubjects } from '../head-subjects.ts'
import type { Hosting, Titled } from '../hosting.ts'
import { calendarOf } from '../policies.ts'
import { lookedUp } from './lookup.ts'
import { mailDeciders, superiorsNow } from './mails.ts'
import { makeAssessment } from './make.ts'
import { proposedBy } from './propose.ts'
import { recordsOf } from './records.ts'
import { scoredIn } from './scored.ts'
import { isStillSo } from './still-so.ts'
import { assessmentTable, type AssessmentForm } from './table.ts'

/** An assessment 统计评分, as the product keeps it. */
export const assessment: Hosting<AssessmentState, AssessmentEvent, AssessmentPolicy, AssessmentForm, Opening> = {
  process: assessmentProcess,
  plural: 'assessments',
  table: assessmentTable,
  titleOf,
  async policyOf(readers, { state, ...of }) {
    const profile = await readers.profileOf(of)
    return { ...assessmentPolicy(profile), calendar: await calendarOf(readers.db, profile, plus(state.openedAt, `-${recurringLookBack}`)) }
  },
  desk: {
    formOf: ({ assessment: id, period }, { profile, profileVersion }) => ({ profile, profileVersion, assessment: id, period }),
    about: 'Assessments of departments and people',
    opens: ['management'],
    seenBy: ['management'],
    confidential: true,
    numbers: { of: ({ assessment: id, period }, { profile }) => recurringNumber('assessment', profile, id, period) },
    letter: 'K',
    lookUp: recordsOf,
    shown: {
      assessment: z.string().describe('id of the assessment in its profile'),
      period: z.string().describe('of which month it is: `2026-11`'),
      dueAt: z.iso.datetime().describe('when it fell due; what was recorded later is not in it'),
    },
    shownToCustomers: [],
  },
  prepare: lookedUp,
  subjects: headSubjects({ process: assessmentProcess, table: assessmentTable, titleOf }, async (head, db) => {
    const superiors = await superiorsNow(db)
    return { isStillSo: (kind, notice) => isStillSo(head, kind, notice, superiors) }
  }),
  async answer(world, { kind, question }) {
    const { number } = z.looseObject({ number: z.string() }).parse(question)
    switch (kind) {
      case reckonKind: {
        const { sha256, model } = await makeAssessment(world, number)
        return { command: 'note-reckoned', input: { sha256, subjects: scoredIn(model) } }
      }
      case proposeKind: {
        const { version } = z.looseObject({ version: z.int().min(1) }).parse(question)
        return { command: 'note-proposed', input: { people: await proposedBy(world, number, version) } }
      }
      case mailKind:
        await mailDeciders(world, question)
        return null
      default:
        throw new Error(`nobody knows what an assessment means by ${kind}`)
    }
  },
}

/** By what it was called when it began: its state remembers that. */
function titleOf({ state: { label, period } }: Titled<AssessmentState>): Labels {
  return recurringTitle(label, period)
}

/** By what assessments of a profile run, but for its calendar. */
function assessmentPolicy({ assessments = [], ...profile }: Profile): Omit<AssessmentPolicy, 'calendar'> {
  return {
    ...ownPolicy(profile, assessmentClocks),
    prolongs: true,
    assessments: assessments.map(({ id, label, confirmWithin, objectWithin, decideWithin }) => ({
      id,
      label,
      confirmWithin,
      objectWithin,
      decideWithin,
    })),
  }
}

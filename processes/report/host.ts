import { z } from 'zod'
import { plus } from '../../domain/instant.ts'
import { said, type Labels } from '../../domain/labels.ts'
import { noticeKindNames } from '../../domain/notices/kinds.ts'
import { roleSchema } from '../../domain/people.ts'
import { reportReaders } from '../../domain/profile/reports.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { recurringLookBack, recurringNumber, recurringTitle } from '../../domain/recurring/recurring.ts'
import { ownPolicy } from '../../workflows/common/define-process.ts'
import { reportClocks } from '../../workflows/report/clocks.ts'
import type { ReportEvent } from '../../workflows/report/events.ts'
import type { Making } from '../../workflows/report/making.ts'
import { reckonKind, reportProcess, sendKind } from '../../workflows/report/process.ts'
import type { ReportPolicy, ReportState } from '../../workflows/report/state.ts'
import { headSubjects } from '../head-subjects.ts'
import type { Hosting, Titled } from '../hosting.ts'
import { calendarOf } from '../policies.ts'
import { makeReport } from './make.ts'
import { queueMails } from './mails.ts'
import { reportTable, type ReportForm } from './table.ts'

/** A periodic report 定期报告, as the product keeps it. */
export const report: Hosting<ReportState, ReportEvent, ReportPolicy, ReportForm, Making> = {
  process: reportProcess,
  plural: 'reports',
  table: reportTable,
  titleOf,
  async policyOf(readers, { state, ...of }) {
    const profile = await readers.profileOf(of)
    return { ...reportPolicy(profile), calendar: await calendarOf(readers.db, profile, plus(state.openedAt, `-${recurringLookBack}`)) }
  },
  desk: {
    formOf: ({ report: id, period }, { profile, profileVersion }) => ({ profile, profileVersion, report: id, period }),
    about: 'Periodic reports',
    opens: reportReaders,
    seenBy: reportReaders,
    numbers: { of: ({ report: id, period }, { profile }) => recurringNumber('report', profile, id, period) },
    letter: 'P',
    shown: {
      report: z.string().describe('id of the report in its profile'),
      period: z.string().describe('of which time it is: `2026-11-30`, `2026-W48`, `2026-11`, `2026-Q4`'),
      dueAt: z.iso.datetime().describe('when it fell due; what was recorded later is not in it'),
      preparer: z.string().nullable().describe('who wrote and signed it'),
      reviewer: z.string().nullable().describe('who reviewed it'),
      approver: z.string().nullable().describe('who approved it'),
      unreviewed: z.boolean().describe('a deadline passed, and it was sent as it was'),
    },
    shownToCustomers: [],
  },
  subjects: headSubjects({ process: reportProcess, table: reportTable, titleOf }, ({ stage }) => ({
    // Nobody is asked to sign what went out while the mail waited.
    isStillSo: (kind) => kind === 'report-ready' || stage === 'draft' || stage === 'written' || stage === 'reviewed',
  })),
  async answer(world, { kind, question }) {
    switch (kind) {
      case reckonKind: {
        const { number } = z.object({ number: z.string() }).parse(question)
        const { sha256, model } = await makeReport(world, number)
        return { command: 'note-reckoned', input: { sha256, quiet: model.quiet } }
      }
      case sendKind: {
        const { noted, ...mails } = mailsSchema.parse(question)
        const recipients = await queueMails(world, mails)
        return noted ? { command: 'note-sent', input: { recipients } } : null
      }
      default:
        throw new Error(`nobody knows what a report means by ${kind}`)
    }
  },
}

const mailsSchema = z.object({
  number: z.string(),
  seq: z.int().min(1),
  kind: z.enum(noticeKindNames),
  roles: z.array(roleSchema),
  noted: z.boolean(),
  /** Until when a signature is awaited; absent in what was asked before this was told. */
  dueAt: z.string().nullish(),
})

/** By the report and its period. */
function titleOf({ state: { report: id, period }, title }: Titled<ReportState>, { reports = [] }: Pick<Profile, 'reports'>): Labels {
  const named = reports.find((one) => one.id === id)
  return named ? recurringTitle(named.label, period) : said(title, title, title)
}

/** By what reports of a profile run, but for its calendar. */
function reportPolicy({ reports = [], ...profile }: Profile): Omit<ReportPolicy, 'calendar'> {
  return {
    ...ownPolicy(profile, reportClocks),
    reports: reports.map(({ id, label, every, cutOff, to, release, sections }) => ({
      ...{ id, label, every, cutOff, to },
      release: release ?? null,
      boxes: sections.flatMap((section) => (section.kind === 'written' ? [section.id] : [])),
    })),
  }
}

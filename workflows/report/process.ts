import { said } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import { commonTransition } from '../common/common-events.ts'
import { clockExpires } from '../common/deadlines.ts'
import { defineProcess } from '../common/define-process.ts'
import type { Ask } from '../process.ts'
import { latest } from '../common/cycles.ts'
import { clockOf, reportClocks } from './clocks.ts'
import { commands } from './commands.ts'
import { reportDisplay } from './display.ts'
import type { RecordedReportEvent, ReportEvent } from './events.ts'
import { birth, type Making } from './making.ts'
import { reportStages, type ReportStage } from './stages.ts'
import { termsOf, type ReportPolicy, type ReportState } from './state.ts'

/**
 * A periodic report 定期报告: reckoned once its period is over, signed where the profile says so, and sent. Its number names profile, report and
 * period, so that there is one of each however often it is begun.
 */
export const reportProcess = defineProcess<ReportState, ReportEvent, ReportPolicy, Making>({
  name: 'report',
  labels: said('报告', '報告', 'report'),
  several: { labels: said('报告', '報告', 'reports'), counted: said('{count} 份报告', '{count} 份報告', '{count} reports') },
  stages: reportStages,
  clocks: reportClocks,
  display: reportDisplay,
  birth,
  commands,
  transition,
  expire(state, deadline, policy) {
    const events: readonly ReportEvent[] = clockExpires(state, deadline, policy)
    const isLate = events.some(({ type }) => type === 'promise-broken')
    return isLate && termsOf(policy, state).release?.late === 'send' ? [...events, { type: 'released', unreviewed: true }] : events
  },
  // Who hears of it has a role and no place over a team: that is looked up.
  notices: () => [],
  asks(event, state, policy) {
    // What it still has to ask when its workflow begins, or begins anew from its row.
    if (event === null) return asksIn(state, policy)
    switch (event.type) {
      case 'reckoned':
        return event.by === null ? [] : asksIn(state, policy)
      case 'written':
      case 'reviewed':
      case 'sent-back':
      case 'released':
        return asksIn(state, policy)
      case 'level-reached':
        return tellingOf(state, policy, event.seq, isWarned(event.rung) ? 'report-to-sign' : 'report-late')
      default:
        return []
    }
  },
})

/** What a report that stands there wants of the world. */
function asksIn(state: ReportState, policy: ReportPolicy): Ask[] {
  const { number, releasedSeq, version } = state
  switch (state.stage) {
    case 'reckoning':
      return [{ kind: reckonKind, question: { number }, long: true }]
    case 'sending':
      return [
        {
          kind: sendKind,
          question: { number, seq: releasedSeq ?? version, kind: 'report-ready', roles: termsOf(policy, state).to, noted: true },
        },
      ]
    case 'draft':
    case 'written':
    case 'reviewed':
      return tellingOf(state, policy, version, 'report-to-sign')
    case 'sent':
      return []
  }
}

export const reckonKind = 'reckon'
/** Puts a mail for each of those who hold one of the roles into the outbox. */
export const sendKind = 'send'

/** Tells whoever is to sign, and where it is late, whoever waits for it too. */
function tellingOf(state: ReportState, policy: ReportPolicy, seq: number, kind: 'report-to-sign' | 'report-late'): Ask[] {
  const { release, to } = termsOf(policy, state)
  const step = steps[state.stage]
  if (!release || step === null) return []
  const roles: readonly Role[] = kind === 'report-late' ? [...new Set([...release[step].by, ...to])] : release[step].by
  const dueAt = latest(state.promises, clockOf[step])?.dueAt ?? null
  return [{ kind: sendKind, question: { number: state.number, seq, kind, roles, noted: false, dueAt } }]
}

/** Whose signature a report waits for. */
const steps: Readonly<Record<ReportStage, 'write' | 'review' | 'approve' | null>> = {
  reckoning: null,
  draft: 'write',
  written: 'review',
  reviewed: 'approve',
  sending: null,
  sent: null,
}

function isWarned(rung: string): boolean {
  return rung === 'reminder'
}

function transition(_: ReportState, event: RecordedReportEvent): Partial<ReportState> {
  switch (event.type) {
    case 'opened': {
      const { report, period, dueAt, calendar } = event
      return { report, period, dueAt, calendar }
    }
    case 'reckoned':
      return { stage: 'draft', reckonedAt: event.at }
    case 'written':
      return { stage: 'written', preparer: event.actor }
    case 'reviewed':
      return { stage: 'reviewed', reviewer: event.actor }
    case 'approved':
      return { approver: event.actor }
    case 'sent-back':
      return { stage: 'draft', preparer: null, reviewer: null }
    case 'released':
      return { stage: 'sending', unreviewed: event.unreviewed, releasedSeq: event.seq }
    case 'sent':
      return { stage: 'sent' }
    default:
      return commonTransition({}, event)
  }
}

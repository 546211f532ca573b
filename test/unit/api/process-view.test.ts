import { expect, it } from 'vitest'
import { headForCustomer, headView } from '../../../api/views/process.ts'
import { headSchema } from '../../../api/views/process-schemas.ts'
import type { Head } from '../../../db/schema.ts'
import { hostOf } from '../../../processes/hosting.ts'
import { processes } from '../../loan/processes/index.ts'
import { techSupport } from '../../support/tickets.ts'

/** What customers see of a process of a type with no routes of its own: of each member of it somebody decided. */

const seen: Readonly<Record<keyof ReturnType<typeof headView>, boolean>> = {
  number: true,
  process: true,
  processLabel: true,
  parent: true,
  profile: true,
  profileVersion: true,
  stage: true,
  stageLabel: true,
  open: true,
  title: true,
  representative: false,
  requester: true,
  assignee: false,
  team: false,
  startedAt: true,
  nextDueAt: false,
  version: true,
}

const at = '2026-03-02T04:00:00.000Z'
const head: Head = {
  number: 'LN20260302001',
  processType: 'loan',
  parent: 'TS20260302001',
  profile: 'tech-support',
  profileVersion: 1,
  stage: 'lent',
  open: true,
  ended: false,
  title: 'a laptop',
  owed: true,
  inHand: true,
  priority: null,
  priorityRank: null,
  representative: 'agent-li',
  requester: 'customer-he',
  assignee: 'engineer-wang',
  helpers: null,
  team: 'tech-support',
  startedAt: at,
  nextDueAt: at,
  wakeAt: at,
  version: 1,
  state: { version: 1, stage: 'lent', promises: [] },
  workflowStartedAt: at,
  calendar: 'cn-office',
  calendarVersion: 1,
}

it('shows a customer what was decided, and leaves the rest empty', () => {
  const host = hostOf(processes, 'loan')
  if (!host) throw new Error('there are no loans')
  const showing = { host, profile: techSupport, locale: 'en' } as const
  const [whole, theirs] = [headView(head, showing), headForCustomer(head, showing)]
  expect(Object.keys(seen).toSorted()).toEqual(Object.keys(headSchema.shape).toSorted())
  expect(theirs).toEqual(Object.fromEntries(Object.entries(whole).map(([member, value]) => [member, isSeen(member) ? value : null])))
})

it('a column of its own that a type shows is withheld unless it is named for customers', () => {
  for (const { desk } of processes) {
    if (!desk) continue
    for (const column of desk.shownToCustomers) expect(Object.keys(desk.shown)).toContain(column)
  }
})

function isSeen(member: string): boolean {
  return Object.entries(seen).some(([name, shown]) => name === member && shown)
}

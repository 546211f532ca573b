import type { AssessmentModel, ScoreItem, ScoredSubject } from '../../domain/assessment/model.ts'
import { said } from '../../domain/labels.ts'
import { assessmentsSchema, type ProfileAssessment } from '../../domain/profile/assessments.ts'

/** Assessments for tests: a plan by all that can be scored, and models made by hand. */

const twoPromises = [
  { id: 'response', figure: 'attainment', clock: 'first-response', weight: 30, standard: 90 },
  { id: 'handling', figure: 'attainment', clock: 'resolution', weight: 30, standard: 90 },
  { id: 'resolved', figure: 'resolution-rate', weight: 20, standard: 85 },
  { id: 'satisfied', figure: 'satisfaction', weight: 20, standard: 80 },
]

/** As the profile `tech-support` could have it: its clocks, all the figures that can be scored. */
export const monthly: Readonly<Record<string, unknown>> = {
  id: 'monthly',
  label: said('月度考核', '每月考核', 'Monthly assessment'),
  of: ['person', 'team'],
  criteria: twoPromises,
  deduction: { each: 2, most: 5 },
  outstanding: { score: 90, most: 1 },
}

/** A plan by the schema, with what is other than in {@link monthly}. */
export function planOf(other: Readonly<Record<string, unknown>> = {}): ProfileAssessment {
  const [plan] = assessmentsSchema.parse([{ ...monthly, ...other }])
  if (!plan) throw new Error('a list of one has one')
  return plan
}

/** How many were counted, how many of them are hits, and the items. */
export type Counted = readonly [n: number, hits: number, items?: readonly ScoreItem[]]

export function scoredPerson(id: string, results: Readonly<Record<string, Counted>>, tickets = 100, leads = false): ScoredSubject {
  return { kind: 'person', id, name: id, teams: ['tech-support'], leads, tickets, results: resultsOf(results) }
}

export function scoredTeam(
  id: string,
  results: Readonly<Record<string, Counted>>,
  tickets = 100,
  lead: string | null = null,
): ScoredSubject {
  return { kind: 'team', id, name: said(id, id, id), lead, tickets, results: resultsOf(results) }
}

function resultsOf(results: Readonly<Record<string, Counted>>): ScoredSubject['results'] {
  return Object.entries(results).map(([criterion, [n, hits, items = []]]) => ({ criterion, n, hits, items: [...items] }))
}

export function modelOf(plan: ProfileAssessment, subjects: readonly ScoredSubject[]): AssessmentModel {
  const label = said('技术支持', '技術支援', 'Technical support')
  return {
    format: '1',
    profile: { id: 'tech-support', version: 1, label },
    calendar: { id: 'cn-office', version: 1 },
    assessment: plan.id,
    label: plan.label,
    period: '2026-10',
    zone: 'Asia/Shanghai',
    from: '2026-09-30T16:00:00.000Z',
    until: '2026-10-31T16:00:00.000Z',
    asOf: '2026-11-02T01:00:00.000Z',
    plan,
    criteria: plan.criteria.map(({ id }) => ({ id, label: said(id, id, id), definition: said(id, id, id) })),
    subjects: [...subjects],
  }
}

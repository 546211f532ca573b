import { sql, type Kysely } from 'kysely'
import { askedOf } from '../../db/figures/asked.ts'
import type { Figure } from '../../db/figures/figure.ts'
import { listTeams, namesOf, rolesOf } from '../../db/people.ts'
import type { Database } from '../../db/schema.ts'
import type { AssessmentModel, ScoreItem, CriterionResult, ScoredSubject } from '../../domain/assessment/model.ts'
import type { Instant } from '../../domain/instant.ts'
import { said } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import { routedTeams } from '../../domain/profile/routing.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Period } from '../../domain/recurring/periods.ts'
import { criteriaOf } from './criteria.ts'
import { tally, type Count, type Item, type Tally } from './tally.ts'

/** Of what an assessment is reckoned. */
export interface AssessmentSubject {
  readonly db: Kysely<Database>
  /** Everything that is reckoned of processes. */
  readonly figures: readonly Figure[]
  /** As it was when the assessment fell due. */
  readonly profile: Profile
  readonly assessment: ProfileAssessment
  readonly period: Pick<Period, 'id' | 'from' | 'until'>
  readonly asOf: Instant
}

/**
 * Reckons an assessment (R14): what was counted for each person and team, by the same definitions as the figures. Reckoned again as of the same instant it is the
 * same, but for what people and teams are called by then, who belongs to which and leads what, and who is said to have been away; so it is reckoned once, and kept.
 */
export async function reckonAssessment({ db, figures, profile, assessment, period, asOf }: AssessmentSubject): Promise<AssessmentModel> {
  const { id, from, until } = period
  const { calendar, ...asked } = await askedOf(db, profile, { from, until, asOf })
  const counted = await tally(db, asked, assessment)
  const subjects = [
    ...(assessment.of.includes('team') ? await teamsIn(db, profile, assessment, counted) : []),
    ...(assessment.of.includes('person') ? await peopleIn(db, assessment, counted) : []),
  ]
  return {
    format: '1',
    profile: { id: profile.id, version: profile.version, label: profile.label },
    calendar,
    assessment: assessment.id,
    label: assessment.label,
    period: id,
    zone: profile.zone,
    from,
    until,
    asOf,
    plan: assessment,
    criteria: criteriaOf(assessment, profile, figures),
    subjects,
  }
}

/** The teams of the profile, and whichever else had a ticket: one that was dissolved too. */
async function teamsIn(db: Kysely<Database>, profile: Profile, plan: ProfileAssessment, counted: Tally): Promise<ScoredSubject[]> {
  const known = new Map((await listTeams(db)).map((team) => [team.id, team]))
  const ids = new Set([...routedTeams(profile), ...idsIn(counted, 'team')])
  return sorted(ids).map((id) => {
    const { labels = said(id, id, id), lead = null } = known.get(id) ?? {}
    return { kind: 'team', id, name: labels, lead, ...countedFor('team', id, plan, counted) }
  })
}

/** Who had tickets, also who has left since. */
async function peopleIn(db: Kysely<Database>, plan: ProfileAssessment, counted: Tally): Promise<ScoredSubject[]> {
  const ids = sorted(new Set(idsIn(counted, 'person')))
  const names = new Map(Object.entries(await namesOf(db, ids, 'zh-CN')))
  const teams = await teamsOf(db, ids)
  const roles = await rolesOf(db, ids)
  return ids.map((id) => ({
    kind: 'person',
    id,
    name: names.get(id) ?? id,
    teams: teams.get(id) ?? [],
    leads: leadingRoles.some((role) => roles.get(id)?.includes(role)),
    ...countedFor('person', id, plan, counted),
  }))
}

/** Whose score no head of a department decides over. */
const leadingRoles = ['department-lead', 'management'] as const satisfies readonly Role[]

async function teamsOf(db: Kysely<Database>, people: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('memberships')
    .select(['person', sql<string[]>`array_agg(team order by team)`.as('teams')])
    .where('person', 'in', people)
    .groupBy('person')
    .execute()
  return new Map(rows.map(({ person, teams }) => [person, teams]))
}

function idsIn({ counts }: Tally, kind: Count['kind']): string[] {
  return counts.flatMap((count) => (count.kind === kind ? [count.id] : []))
}

function sorted(ids: Iterable<string>): string[] {
  return [...ids].toSorted()
}

function countedFor(
  kind: Count['kind'],
  id: string,
  { criteria }: ProfileAssessment,
  counted: Tally,
): Pick<ScoredSubject, 'tickets' | 'results'> {
  const counts = counted.counts.filter((count) => count.kind === kind && count.id === id)
  const items = counted.items.filter((item) => (kind === 'team' ? item.team : item.person) === id)
  const isOf = (one: Pick<Count, 'figure' | 'clock'>, criterion: ProfileAssessment['criteria'][number]) =>
    one.figure === criterion.figure && one.clock === (criterion.clock ?? null)
  return {
    tickets: counts.find(({ figure }) => figure === null)?.tickets ?? 0,
    results: criteria.map((criterion): CriterionResult => {
      const { n = 0, hits = 0, toTeam = 0, apart = 0 } = counts.find((count) => isOf(count, criterion)) ?? {}
      return {
        criterion: criterion.id,
        n,
        hits,
        items: items
          .filter((item) => isOf(item, criterion))
          .map(itemOf)
          .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.id < other.id ? -1 : 1)),
        ...(toTeam > 0 && { toTeam }),
        ...(apart > 0 && (criterion.figure === 'attainment' ? { toNobody: apart } : { running: apart })),
      }
    }),
  }
}

function itemOf({ ticket, figure, clock, cycle, what, at, keptAt, ...item }: Item): ScoreItem {
  const { recordedAt, recordedBy, score, absent, deferral, deferredAt, deferredBy } = item
  return {
    id: clock === null || cycle === null ? `${ticket}/${figure}` : `${ticket}/${clock}/${cycle}`,
    ticket,
    what,
    at,
    ...(clock !== null && cycle !== null && { clock, cycle, keptAt }),
    ...(recordedAt !== null && recordedBy !== null && { recordedAt, recordedBy }),
    ...(score !== null && { score }),
    ...(absent && { absent }),
    ...(deferral &&
      deferredAt !== null &&
      deferredBy !== null && {
        deferral: {
          at: deferredAt,
          by: deferredBy,
          cause: deferral.cause,
          reason: deferral.reason,
          newDueAt: deferral.newDueAt,
          late: deferral.late,
        },
      }),
  }
}

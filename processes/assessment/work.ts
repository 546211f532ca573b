import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Database, Head } from '../../db/schema.ts'
import { isSuperior, isTheirOwn } from '../../domain/assessment/rights.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { openCommendations, openObjections, unconfirmed } from '../../workflows/assessment/state.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import type { Labels } from '../../domain/labels.ts'
import { rosterOf, type Roster } from './roster.ts'

/** What somebody has to do with an assessment, and which confirmed scores of theirs there are to be read. */
export interface AssessmentWork {
  readonly number: string
  readonly title: Labels
  readonly nextDueAt: Instant | null
  /** How many scores they are to confirm, objections to decide, commendations to decide on. */
  readonly toConfirm: number
  readonly objections: number
  readonly commendations: number
  readonly own: readonly OwnScore[]
}

interface OwnScore {
  readonly kind: 'person' | 'team'
  readonly id: string
  /** Until when they can object; null: not any more, since they did or it is final. */
  readonly objectBy: Instant | null
}

/** Those with which the actor has something to do; newest first. Of what is over only what they can have to read. */
export async function assessmentWork(db: Kysely<Database>, actor: Actor, now: Instant): Promise<AssessmentWork[]> {
  const since = plus(now, `-${toldFor}`)
  const heads = await db
    .selectFrom('processes')
    .select(['number', 'nextDueAt', stateFor(actor).as('state')])
    .where('processType', '=', 'assessment')
    .where((row) =>
      row.or([
        row('ended', '=', false),
        row.exists(
          row
            .selectFrom('events')
            .select('seq')
            .whereRef('events.process', '=', 'processes.number')
            .where('events.type', '=', 'closed')
            .where('events.at', '>', since),
        ),
      ]),
    )
    .orderBy('startedAt', 'desc')
    .orderBy('number', 'desc')
    .execute()
  return heads.flatMap(({ number, nextDueAt, state }) => {
    const roster = rosterOf({ state })
    const work = { number, title: recurringTitle(roster.label, roster.period), nextDueAt, ...workIn(roster, actor, since) }
    const isAny = work.toConfirm + work.objections + work.commendations + work.own.length > 0
    return isAny ? [work] : []
  })
}

/** The state with no more of those who are scored than the actor can have something to do with: hundreds are not read for one. */
function stateFor({ id, roles, teams }: Actor): RawBuilder<Head['state']> {
  const own = sql`(one ->> 'speaker' = ${id} or (one ->> 'kind' = 'person' and one ->> 'id' = ${id}))`
  const open = sql`(one ->> 'confirmedBy' is null or one -> 'objection' ->> 'isDecided' = 'false')`
  const theirs = roles.includes('management')
    ? open
    : roles.includes('department-lead')
      ? sql`(${open} and one -> 'teams' ?| ${[...teams]}::text[])`
      : sql`false`
  return sql`state || jsonb_build_object('subjects', (
    select coalesce(jsonb_agg(one order by at), '[]'::jsonb)
    from jsonb_array_elements(state -> 'subjects') with ordinality as scored (one, at) where ${own} or ${theirs}))`
}

/** So long after the time for objections a score is still told of. */
const toldFor = 'P31D'

function workIn(roster: Roster, actor: Actor, since: Instant): Pick<AssessmentWork, 'toConfirm' | 'objections' | 'commendations' | 'own'> {
  const { subjects } = roster
  const isManager = actor.roles.includes('management')
  return {
    toConfirm: unconfirmed(roster).filter((subject) => isSuperior(actor, subject)).length,
    objections: isManager ? openObjections(roster).filter(({ by }) => by !== actor.id).length : 0,
    commendations: isManager ? openCommendations(roster) : 0,
    own: subjects.flatMap((subject) => {
      const { kind, id, objectBy, objection, isFinal } = subject
      if (!isTheirOwn(actor, subject) || objectBy === null || objectBy <= since) return []
      return [{ kind, id, objectBy: isFinal || objection !== null ? null : objectBy }]
    }),
  }
}

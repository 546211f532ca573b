import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { isSuperior, isTheirOwn } from '../../domain/assessment/rights.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { openCommendations, openObjections, unconfirmed } from '../../workflows/assessment/state.ts'
import { titleOf } from '../../workflows/assessment/notices.ts'
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
  /** Until when they can object. */
  readonly objectBy: Instant
}

/** Those of the last months, with which the actor has something to do; newest first. */
export async function assessmentWork(db: Kysely<Database>, actor: Actor, now: Instant): Promise<AssessmentWork[]> {
  const heads = await db
    .selectFrom('processes')
    .selectAll()
    .where('processType', '=', 'assessment')
    .where((row) => row.or([row('ended', '=', false), row('startedAt', '>', plus(now, `-${lookedBack}`))]))
    .orderBy('startedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(lookedAt)
    .execute()
  return heads.flatMap((head) => {
    const roster = rosterOf(head)
    const work = { number: head.number, title: titleOf(roster), nextDueAt: head.nextDueAt, ...workIn(roster, actor, now) }
    const isAny = work.toConfirm + work.objections + work.commendations + work.own.length > 0
    return isAny ? [work] : []
  })
}

/** More than are open at once; each is read whole. */
const lookedAt = 24
/** One that ended longer ago has nothing to be read that is news. */
const lookedBack = 'P60D'
/** So long after the time for objections a score is still told of. */
const toldFor = 'P31D'

function workIn(roster: Roster, actor: Actor, now: Instant): Pick<AssessmentWork, 'toConfirm' | 'objections' | 'commendations' | 'own'> {
  const { subjects } = roster
  const isManager = actor.roles.includes('management')
  const since = plus(now, `-${toldFor}`)
  return {
    toConfirm: unconfirmed(roster).filter((subject) => isSuperior(actor, subject)).length,
    objections: isManager ? openObjections(roster).filter(({ by }) => by !== actor.id).length : 0,
    commendations: isManager ? openCommendations(roster) : 0,
    own: subjects.flatMap((subject) => {
      const { kind, id, objectBy } = subject
      return isTheirOwn(actor, subject) && objectBy !== null && objectBy > since ? [{ kind, id, objectBy }] : []
    }),
  }
}

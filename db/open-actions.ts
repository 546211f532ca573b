import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Labels } from '../domain/labels.ts'
import { own } from '../domain/own.ts'
import { actionStateLabels } from '../domain/reviews/actions.ts'
import { namesOf } from './people.ts'
import { findingsOf, type FoundAction } from './review-findings.ts'
import type { Database } from './schema.ts'

/** An improvement action, as reports list it. */
export interface OpenAction {
  /** Number of its review. */
  readonly review: string
  readonly action: string
  /** Display name of its owner. */
  readonly owner: string
  readonly dueAt: Instant
  /** It was open when its time came, or ended later than it was due. */
  readonly overdue: boolean
  readonly state: Labels
}

/**
 * Improvement actions of the profile's reviews that were open when a time ended, or ended within it: as things stood then, of what was
 * recorded by `asOf`, and not as they stand today. The earliest due first.
 */
export async function openActions(
  db: Kysely<Database>,
  { profile, from, until, asOf }: { readonly profile: string; readonly from: Instant; readonly until: Instant; readonly asOf: Instant },
): Promise<OpenAction[]> {
  const reviews = await db
    .selectFrom('processes')
    .select('number')
    .where('processType', '=', 'review')
    .where('profile', '=', profile)
    .where('startedAt', '<', until)
    .execute()
  const found = await findingsOf(
    db,
    reviews.map(({ number }) => number),
    { until, asOf },
  )
  const listed = [...found]
    .flatMap(([review, { actions }]) => actions.map((action) => ({ review, ...action })))
    .filter(({ endedAt }) => endedAt === null || endedAt >= from)
  const names = await namesOf(
    db,
    listed.map(({ owner }) => owner),
    'zh-CN',
  )
  return listed
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.review < b.review ? -1 : a.review > b.review ? 1 : a.id - b.id))
    .map(({ review, text, owner, dueAt, ...action }) => {
      const overdue = dueAt < (action.endedAt ?? until)
      return { review, action: text, owner: own(names, owner) ?? owner, dueAt, overdue, state: labelOf(action, overdue) }
    })
}

function labelOf({ state }: Pick<FoundAction, 'state'>, overdue: boolean): Labels {
  return actionStateLabels[state === 'open' && overdue ? 'overdue' : state]
}

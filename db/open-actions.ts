import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Labels } from '../domain/labels.ts'
import { own } from '../domain/own.ts'
import { actionStateLabels } from '../domain/reviews/actions.ts'
import { namesOf } from './people.ts'
import { effectTold } from '../domain/reviews/effect.ts'
import { findingsOf, type FoundAction } from './review-findings.ts'
import type { Database } from './schema.ts'

/** An improvement action, as reports list it. */
export interface OpenAction {
  /** Number of its review. */
  readonly review: string
  /** What that is about. */
  readonly title: string
  readonly action: string
  /** Display name of its owner. */
  readonly owner: string
  readonly dueAt: Instant
  /** When it was due before it was put off, the first first. */
  readonly dueBefore: readonly Instant[]
  /** When it was carried out or dropped; null: it was open. */
  readonly endedAt: Instant | null
  /** It was open when its time came, or ended later than it was due. */
  readonly overdue: boolean
  readonly state: Labels
  /** What was known of whether it helped: of all actions of the review together. */
  readonly effect: Labels
}

export interface ActionsAsked {
  readonly profile: string
  readonly from: Instant
  readonly until: Instant
  readonly asOf: Instant
  /** So many are told. */
  readonly most: number
}

/**
 * Improvement actions of the profile's reviews that were open when a time ended, or ended within it: as things stood then, of what was
 * recorded by `asOf`, and not as they stand today. The earliest due first, and how many there are in `total`.
 */
export async function openActions(
  db: Kysely<Database>,
  { profile, from, until, asOf, most }: ActionsAsked,
): Promise<{ readonly total: number; readonly rows: readonly OpenAction[] }> {
  const reviews = await goingOn(db, { profile, from, until, asOf })
  const found = await findingsOf(
    db,
    reviews.map(({ number }) => number),
    { until, asOf },
  )
  const listed = [...found]
    .flatMap(([review, { actions, effect, conclusion }]) =>
      actions.map((action) => ({ review, ...action, effect: effectTold(effect, conclusion !== null) })),
    )
    .filter(({ endedAt }) => endedAt === null || endedAt >= from)
  const told = listed
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.review < b.review ? -1 : a.review > b.review ? 1 : a.id - b.id))
    .slice(0, most)
  const titles = new Map(reviews.map(({ number, title }) => [number, title]))
  const names = await namesOf(
    db,
    told.map(({ owner }) => owner),
    'zh-CN',
  )
  return {
    total: listed.length,
    rows: told.map(({ review, text, owner, dueAt, dueBefore, effect, ...action }) => {
      const { endedAt } = action
      const overdue = dueAt < (endedAt ?? until)
      const of = { review, title: titles.get(review) ?? review, action: text, owner: own(names, owner) ?? owner }
      return { ...of, dueAt, dueBefore, endedAt, overdue, state: labelOf(action, overdue), effect }
    }),
  }
}

/** Reviews of the profile that had begun before a time ended and had not ended before it began: those of years ago are not looked at. */
async function goingOn(db: Kysely<Database>, { profile, from, until, asOf }: Omit<ActionsAsked, 'most'>) {
  // Nothing leads back from its end, so today's stage says of which to ask when that was.
  const { rows } = await sql<{ readonly number: string; readonly title: string }>`
    select number, title from reviews r where profile = ${profile} and opened_at < ${until}
      and (stage <> 'closed' or exists (
        select from events e where e.process = r.number and e.type in ('closed', 'abandoned') and (e.occurred_at >= ${from} or e.at > ${asOf})))`.execute(
    db,
  )
  return rows
}

function labelOf({ state }: Pick<FoundAction, 'state'>, overdue: boolean): Labels {
  return actionStateLabels[state === 'open' && overdue ? 'overdue' : state]
}

import { headOf } from '../../db/heads.ts'
import { listKnownProblems, owedActions, ticketsOfReview } from '../../db/known-problems.ts'
import { findingsOf, type Findings } from '../../db/review-findings.ts'
import { z } from 'zod'
import { instantOf } from '../../domain/instant.ts'
import { hostOf } from '../../processes/hosting.ts'
import { review } from '../../processes/review/host.ts'
import { visibleToStaff } from '../access/access.ts'
import type { Context } from '../deps.ts'
import * as operations from '../operations/reviews.ts'
import { findingsView, idsInFindings, knownProblemView, owedActionViews } from '../views/reviews.ts'
import { refuseUnknownNames } from './filters.ts'
import { reads, type App } from './serving.ts'

/** What reviews found, beside what is told of every process. */
export function addReviews(app: App, context: Context): void {
  const { db, clock, namesOf, profileOf, processes } = context
  if (!hostOf(processes, review.process.name)) return
  const now = () => instantOf(clock.now().getTime())

  reads(app, operations.readReviewFindings, async ({ c, caller, params: { number }, tagged }) => {
    const head = visibleToStaff(await headOf(db, number, review.process.name), caller, number)
    const [found, tickets, profile] = await Promise.all([findingsOf(db, [number]), ticketsOfReview(db, number), profileOf(head)])
    const findings = found.get(number) ?? nothing
    const locale = c.get('locale')
    const { participants } = participantsSchema.parse(head.state)
    const people = [...idsInFindings(findings), ...participants.map(({ person }) => person)]
    return tagged(head.version, {
      number,
      ...findingsView(findings, profile, { locale, now: now() }),
      participants,
      tickets,
      names: await namesOf(people, locale),
    })
  })

  reads(app, operations.listKnownProblems, async ({ c, query: { limit, cursor, ...filters }, answer }) => {
    const page = await listKnownProblems(db, { filters, limit, cursor })
    if (page.items.length === 0) await refuseUnknownNames(db, { profile: filters.profile, type: filters.type })
    const locale = c.get('locale')
    const found = await findingsOf(
      db,
      page.items.map(({ number }) => number),
    )
    const items = await Promise.all(
      page.items.map(async (problem) =>
        knownProblemView(problem, found.get(problem.number) ?? nothing, await profileOf(problem), { locale, now: now() }),
      ),
    )
    return answer({ items, names: await namesOf([...found.values()].flatMap(idsInFindings), locale), next: page.next })
  })

  reads(app, operations.listImprovementActions, async ({ c, caller, query: { owner, ...query }, answer }) => {
    const owners = owner === undefined ? undefined : [owner === 'me' ? caller.id : owner]
    const { items, total } = await owedActionsOf(context, { ...query, owners })
    if (items.length === 0) await refuseUnknownNames(db, { ...query, owner: owner === 'me' ? undefined : owner })
    return answer({
      items,
      total,
      names: await namesOf(
        items.map((one) => one.owner),
        c.get('locale'),
      ),
    })
  })
}

/** What is to be done of reviews, with its texts. */
export async function owedActionsOf({ db, clock, processes }: Context, asked: Parameters<typeof owedActions>[1]) {
  if (!hostOf(processes, review.process.name)) return { items: [], total: 0 }
  const { actions: owed, total } = await owedActions(db, asked)
  const found = await findingsOf(
    db,
    owed.map(({ review: number }) => number),
  )
  return { items: owedActionViews(owed, found, instantOf(clock.now().getTime())), total }
}

const participantsSchema = z.object({ participants: z.array(z.object({ person: z.string(), party: z.string().nullable() })) })

const nothing: Findings = { summary: null, causes: [], actions: [], effect: null, conclusion: null }

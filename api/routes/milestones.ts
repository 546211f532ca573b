import { openMilestones, type OpenMilestone } from '../../db/milestones.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import type { Context } from '../deps.ts'
import * as operations from '../operations/milestones.ts'
import { refuseUnknownNames } from './filters.ts'
import { reads, type App } from './serving.ts'

/** GET /api/milestones: what departments have to reach (R9). */
export function addMilestones(app: App, { db, clock, namesOf }: Context): void {
  reads(app, operations.listMilestones, async ({ c, caller, query: { team, owner, ...query }, answer }) => {
    const owners = owner === undefined ? undefined : [owner === 'me' ? caller.id : owner]
    const page = await openMilestones(db, { ...query, department: team, owners, reader: caller.id })
    if (page.items.length === 0) await refuseUnknownNames(db, { team, ticket: query.ticket, owner: owner === 'me' ? undefined : owner })
    const names = await namesOf(idsOfMilestones(page.items), c.get('locale'))
    return answer({ items: milestoneViews(page.items, instantOf(clock.now().getTime())), names, next: page.next })
  })
}

export function milestoneViews(milestones: readonly OpenMilestone[], now: Instant) {
  return milestones.map((milestone) => ({ ...milestone, overdue: milestone.dueAt < now }))
}

export function idsOfMilestones(milestones: readonly OpenMilestone[]): string[] {
  return milestones.flatMap(({ owner, department }) => [owner, department])
}

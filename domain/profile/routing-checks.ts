import { itemsOf, memberOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { neverReached } from './condition-checks.ts'
import { conditionSchema, holds, type Condition } from './conditions.ts'
import { kindTexts, ticketKinds } from './ticket-kinds.ts'

/** Routes that are never reached, and tickets for which there is no route: a ticket without a team would wait where nobody looks. */
export function inRouting(profile: unknown): Mistake[] {
  const routes = itemsOf(memberOf(profile, 'routing'))
  const conditions = routes.map((route) => memberOf(route, 'when'))
  const unreached = neverReached(conditions).map(({ nth, by }): Mistake => ({
    path: ['routing', nth, 'when'],
    code: 'never-reached',
    params: { at: String(by + 1) },
  }))
  const sound = conditions.map((condition) => conditionSchema.safeParse(condition))
  // Nothing is held against routes that are not right themselves.
  if (sound.some(({ success }) => !success)) return unreached
  const parsed = sound.flatMap(({ data }) => (data === undefined ? [] : [data]))
  return [
    ...unreached,
    ...itemsOf(memberOf(profile, 'types')).flatMap((type, at) => withoutRoute(type, ['types', at, 'team'], parsed, profile)),
  ]
}

function withoutRoute(type: unknown, path: Mistake['path'], routes: readonly Condition[], profile: unknown): Mistake[] {
  const id = memberOf(type, 'id')
  if (memberOf(type, 'team') !== undefined || typeof id !== 'string') return []
  if (routes.length === 0) return [{ path, code: 'team-missing' }]
  const kinds = ticketKinds(type, routes, profile)
  if (kinds === undefined) return []
  // Routes that tell more apart need a team for the rest.
  if (kinds === 'too-many') return [{ path, code: 'routes-too-many' }]
  const uncovered = kinds.filter(({ facts }) => !routes.some((route) => holds(route, facts)))
  if (uncovered.length === 0) return []
  return [{ path, code: 'routes-uncovered', given: id, params: { at: kindTexts(uncovered), limit: String(uncovered.length) } }]
}

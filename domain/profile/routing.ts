import { z } from 'zod'
import { idSchema as id } from '../document/checks.ts'
import { teamIdSchema } from '../people.ts'
import { conditionSchema, holds, type Condition, type Facts } from './conditions.ts'

/** Which team a ticket goes to, and who of it (X10, S7): by a matrix of conditions, else as its type says. */

const routeSchema = z
  .strictObject({
    when: conditionSchema.describe('for which tickets; what is known of them when they are registered'),
    team: teamIdSchema.describe('the team whose queue receives them'),
    skills: z.array(id).default([]).describe('skills wanted of who handles them (S7)'),
  })
  .meta({ id: 'ProfileRoute', description: 'where some tickets go' })

export const routingSchema = z.array(routeSchema).min(1)

export interface Route {
  readonly team: string
  readonly skills: readonly string[]
}

/** What a running ticket is routed by. */
export interface Routing {
  readonly routing?: readonly (Route & { readonly when: Condition })[]
  /** Of the type; without a team where the routes cover every case. */
  readonly type: { readonly team?: string }
  /** Absent: nobody is chosen automatically. */
  readonly dispatch?: Pick<Route, 'skills'>
}

/** Where a ticket goes of which these facts are so; the first route that holds counts. */
export function routeFor({ routing = [], type, dispatch }: Routing, facts: Facts): Route {
  const route = routing.find(({ when }) => holds(when, facts))
  return { team: route?.team ?? type.team ?? '', skills: route?.skills ?? dispatch?.skills ?? [] }
}

interface Routed {
  readonly types: readonly { readonly id: string; readonly team?: string | undefined }[]
  readonly routing?: readonly Route[] | undefined
}

/** All teams that tickets of a profile are sent to, each once. */
export function routedTeams({ types, routing = [] }: Routed): string[] {
  return [...new Set([...types.flatMap(({ team }) => team ?? []), ...routing.map(({ team }) => team)])]
}

/** The team of a type: where routes alone say, the first that they name. */
export function usualTeamOf({ routing = [] }: Pick<Routed, 'routing'>, { team }: Pick<Routed['types'][number], 'team'>): string {
  return team ?? routing[0]?.team ?? ''
}

import { z } from 'zod'
import { uniqueIds } from '../document/checks.ts'
import { labelsSchema, type Labels } from '../labels.ts'
import { roleLabels, roles } from '../people.ts'
import { levelLabels } from '../terms.ts'
import { rungTargets } from './clocks.ts'

/** What an organisation calls those who have to do with its tickets (X11): the roles that people hold, and the places to which notices go. */

/** Roles and places; what is both has one name. */
export const namedRoles = [...new Set([...roles, ...rungTargets])]
export type NamedRole = (typeof namedRoles)[number]

const roleSchema = z
  .strictObject({
    id: z.enum(namedRoles).describe('a role, or a place to which notices go'),
    label: labelsSchema.describe('what it is called'),
  })
  .meta({ id: 'ProfileRole', description: 'a role or a place, and what it is called' })

export const rolesSchema = uniqueIds(z.array(roleSchema))

/** What a profile says of roles and places; one that was stored before says nothing. */
export interface RolesNamed {
  readonly roles?: z.output<typeof rolesSchema> | undefined
}

/** What roles and places are called: by the profile, else by the product. */
export function rolesOf({ roles: own = [] }: RolesNamed): Readonly<Record<NamedRole, Labels>> {
  return own.length === 0 ? usual : { ...usual, ...Object.fromEntries(own.map(({ id, label }) => [id, label])) }
}

const usual: Readonly<Record<NamedRole, Labels>> = { ...roleLabels, ...levelLabels }

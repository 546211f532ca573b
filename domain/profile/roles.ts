import { z } from 'zod'
import { uniqueIds } from '../document/checks.ts'
import { labelsSchema, type Labels } from '../labels.ts'
import { roleLabels, roles } from '../people.ts'
import { levelLabels } from '../terms.ts'
import { rungTargets } from './clocks.ts'
import { spokenBy, type Speaking } from './languages.ts'

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
export interface RolesNamed extends Partial<Speaking> {
  readonly roles?: z.output<typeof rolesSchema> | undefined
}

/** What roles and places are called: by the profile, else by the product. */
export function rolesOf(profile: RolesNamed): Readonly<Record<NamedRole, Labels>> {
  const { roles: own = [], languages } = profile
  if (own.length === 0 && languages === undefined) return usual
  const spoken = Object.entries(usual).map(([role, label]) => [role, spokenBy(profile, label)] as const)
  const named = own.map(({ id, label }) => [id, label] as const)
  return { ...usual, ...Object.fromEntries([...spoken, ...named]) }
}

const usual: Readonly<Record<NamedRole, Labels>> = { ...roleLabels, ...levelLabels }

import { z } from 'zod'
import type { Context as HttpContext } from 'hono'
import { stringify } from 'yaml'
import { listCalendars } from '../../db/calendars.ts'
import { listTeams } from '../../db/people.ts'
import {
  installProfile,
  latestProfile,
  listProfiles,
  profileVersions,
  ProfileVersionTaken,
  type InstalledProfile,
} from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'
import { withUsualTemplates } from '../../domain/notices/usual.ts'
import { labelsSchema } from '../../domain/labels.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { profileSchema, type Profile } from '../../domain/profile/schema.ts'
import { everyRole, isOnlyCustomer, staffRoles } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { documentText, faultyDocument, inTurn, refuseOtherId, versionQuery, wantsYaml, yamlBody } from '../http/document-body.ts'
import { installation, versionsAnswer } from '../views/installation.ts'
import { none, reads, receives, type App } from '../openapi/operation.ts'
import type { Env } from '../http/env.ts'
import { problem, type Problem } from '../problems/problem.ts'
import { formSchema, formView } from '../views/form.ts'
import { wholeList } from '../views/schemas.ts'

const idParam = z.strictObject({ id: z.string().min(1).max(100).describe('id of the profile, such as tech-support') })
const content = { 'application/json': profileSchema, 'application/yaml': yamlBody }

const listedSchema = z
  .object({
    id: z.string().describe('its id'),
    version: z.int().min(1).describe('its newest version'),
    label: labelsSchema,
    title: z.string().describe('title of the document that it puts into practice'),
    effectiveFrom: z.string().describe('the day from which that document holds'),
    ...installation,
    installedBy: installation.installedBy.nullable().describe('who installed it; null for customers'),
  })
  .meta({ id: 'ListedProfile', description: 'An installed profile' })
const installedSchema = z
  .object({ id: z.string().describe('its id'), version: z.int().min(1).describe('its version') })
  .meta({ id: 'InstalledProfile', description: 'A version of a profile' })
const wholeSchema = profileSchema
  .safeExtend({ versions: versionsAnswer, ...installation })
  .meta({ id: 'ReadProfile', description: 'A profile, whole' })

/** The process as a versioned document (X1): read, checked, installed. Copying is putting it under a new id. */
export function addProfiles(app: App, { db, clock, processes }: Context): void {
  /** Types that give numbers of their own; named by their routes, which are no profile's id. */
  const desks = processes.flatMap(({ plural, desk }) => (desk ? [{ id: `/api/${plural}`, number: { pattern: desk.numbers } }] : []))
  reads(
    app,
    {
      path: '/api/profiles',
      id: 'listProfiles',
      tag: 'Profiles',
      summary: 'Installed profiles, each in its newest version',
      roles: everyRole,
      params: none,
      query: none,
      answer: { status: 200, description: 'The profiles', schema: wholeList(listedSchema, {}) },
    },
    async ({ c, caller }) => {
      const items = (await listProfiles(db)).map(listed)
      return c.json({ items: isOnlyCustomer(caller) ? items.map((item) => ({ ...item, installedBy: null })) : items })
    },
  )

  reads(
    app,
    {
      path: '/api/profiles/{id}/form',
      id: 'readRegistrationForm',
      tag: 'Profiles',
      summary: '登记表 · What a registration may choose from',
      description: 'Channels, priorities and types with their fields, of the newest version and in the language of the caller.',
      roles: everyRole,
      params: idParam,
      query: none,
      answer: { status: 200, description: 'The form', schema: formSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      return c.json(formView(await newest(params.id), c.get('locale'), { forCustomer: isOnlyCustomer(caller) }))
    },
  )

  reads(
    app,
    {
      path: '/api/profiles/{id}',
      id: 'readProfile',
      tag: 'Profiles',
      summary: 'One profile, whole',
      description: 'With `Accept: application/yaml` as the document was written, ready to be changed and sent back.',
      roles: staffRoles,
      params: idParam,
      query: z.strictObject({ version: versionQuery }),
      yaml: true,
      answer: {
        status: 200,
        description: 'The profile and which versions there are',
        schema: wholeSchema,
      },
      problems: [404],
    },
    async ({ c, params, query }) => {
      const versions = await profileVersions(db, params.id)
      const found = query.version === undefined ? versions[0] : versions.find(({ profile }) => profile.version === query.version)
      if (!found) throw await unknown(params.id, versions.length > 0 ? query.version : undefined)
      if (wantsYaml(c)) return c.body(found.source ?? stringify(found.profile), 200, { 'Content-Type': 'application/yaml; charset=utf-8' })
      return c.json({
        ...found.profile,
        notices: withUsualTemplates(found.profile.notices),
        versions: versions.map(({ profile }) => profile.version),
        installedAt: found.installedAt,
        installedBy: found.installedBy,
      })
    },
  )

  receives(
    app,
    {
      method: 'put',
      path: '/api/profiles/{id}',
      id: 'putProfile',
      tag: 'Profiles',
      summary: 'Install a version of a profile',
      description:
        'YAML or JSON. A bad one is refused with path, line and reason. A version never changes: other content needs a higher `version`. Running tickets keep the version they began with.',
      roles: ['admin', 'quality'],
      params: idParam,
      query: none,
      content,
      answer: { status: 200, description: 'Installed already, unchanged', schema: installedSchema },
      also: { status: 201, description: 'Installed' },
      problems: [409],
    },
    async ({ c, caller, params }) => {
      const { profile, source } = await profileBody(c, params.id)
      refuseOtherId(profile, { expected: params.id, source })
      const versions = (await profileVersions(db, profile.id)).map((installed) => installed.profile.version)
      const newest = Math.max(0, ...versions)
      // Tickets take the newest version: an older one put in later would never be used.
      if (profile.version < newest && !versions.includes(profile.version))
        throw problem('version-old', { id: profile.id, version: profile.version, installed: newest })
      const made = await install(profile, source, caller.id).catch((error: unknown) => {
        if (error instanceof ProfileVersionTaken) throw problem('version-taken', { id: error.id, version: error.version })
        throw error
      })
      return c.json({ id: profile.id, version: profile.version }, made ? 201 : 200)
    },
  )

  receives(
    app,
    {
      method: 'post',
      path: '/api/profiles/check',
      id: 'checkProfile',
      tag: 'Profiles',
      summary: 'Say what is wrong with a profile, without installing it',
      roles: ['admin', 'quality', 'department-lead', 'supervisor'],
      params: none,
      query: none,
      content,
      answer: { status: 200, description: 'Nothing is wrong', schema: installedSchema },
    },
    async ({ c }) => {
      const { profile } = await profileBody(c)
      return c.json({ id: profile.id, version: profile.version })
    },
  )

  async function newest(id: string): Promise<Profile> {
    const profile = await latestProfile(db, id)
    if (!profile) throw await unknown(id)
    return profile
  }

  /** `version` where the profile is there, and only that version of it is not. */
  async function unknown(id: string, version?: number): Promise<Problem> {
    const profiles = (await listProfiles(db)).map(({ profile }) => profile.id)
    return problem('unknown-profile', { profile: id, profiles, ...(version !== undefined && { version }) })
  }

  async function install(profile: Profile, source: string, installedBy: string): Promise<boolean> {
    return installProfile(db, { profile, source, installedAt: instantOf(clock.now().getTime()), installedBy })
  }

  /** `id`: the one it must have. */
  async function profileBody(c: HttpContext<Env>, id?: string): Promise<{ profile: Profile; source: string }> {
    const { source, options } = await documentText(c)
    const [calendars, teams, profiles] = await Promise.all([listCalendars(db), listTeams(db), listProfiles(db)])
    const beside = {
      calendars: calendars.map(({ calendar }) => calendar.id),
      teams: teams.map(({ id }) => id),
      beside: [...profiles.map(({ profile }) => profile), ...desks],
    }
    const parsed = await inTurn(() => parseProfile(source, { ...options, ...beside }))
    if (!parsed.ok) throw faultyDocument(parsed, id === undefined ? undefined : { expected: id, source })
    return { profile: parsed.profile, source }
  }
}

function listed({ profile, installedAt, installedBy }: InstalledProfile) {
  const { id, version, label, document } = profile
  return { id, version, label, title: document.title, effectiveFrom: document.effectiveFrom, installedAt, installedBy }
}

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
import { parseProfile } from '../../domain/profile/load.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { hasCommonRoutes } from '../../processes/hosting.ts'
import { isOnlyCustomer } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { documentText, faultyDocument, inTurn, refuseOtherId, wantsYaml } from '../http/document-body.ts'
import type { Env } from '../http/env.ts'
import { problem, type Problem } from '../problems/problem.ts'
import { formView } from '../views/form.ts'
import * as operations from '../operations/profiles.ts'
import { reads, receives, type App } from './serving.ts'

/** The process as a versioned document (X1): read, checked, installed. Copying is putting it under a new id. */
export function addProfiles(app: App, { db, clock, processes }: Context): void {
  /** Types that give numbers of their own; named by their routes, which are no profile's id. */
  const desks = processes
    .filter(hasCommonRoutes)
    .flatMap(({ plural, desk: { numbers } }) =>
      typeof numbers === 'string' ? [{ id: `/api/${plural}`, number: { pattern: numbers } }] : [],
    )
  reads(app, operations.listProfiles, async ({ caller, answer }) => {
    const items = (await listProfiles(db)).map(listed)
    return answer({ items: isOnlyCustomer(caller) ? items.map((item) => ({ ...item, installedBy: null })) : items })
  })

  reads(app, operations.readRegistrationForm, async ({ c, caller, params, answer }) => {
    return answer(formView(await newest(params.id), c.get('locale'), { forCustomer: isOnlyCustomer(caller) }))
  })

  reads(app, operations.readProfile, async ({ c, params, query, answer, written }) => {
    const versions = await profileVersions(db, params.id)
    const found = query.version === undefined ? versions[0] : versions.find(({ profile }) => profile.version === query.version)
    if (!found) throw await unknown(params.id, versions.length > 0 ? query.version : undefined)
    if (wantsYaml(c)) return written(found.source ?? stringify(found.profile))
    return answer({
      ...found.profile,
      notices: withUsualTemplates(found.profile.notices),
      versions: versions.map(({ profile }) => profile.version),
      installedAt: found.installedAt,
      installedBy: found.installedBy,
    })
  })

  receives(app, operations.putProfile, async ({ c, caller, params, answer }) => {
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
    return answer({ id: profile.id, version: profile.version }, made ? 201 : 200)
  })

  receives(app, operations.checkProfile, async ({ c, answer }) => {
    const { profile } = await profileBody(c)
    return answer({ id: profile.id, version: profile.version })
  })

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

import { setImmediate as immediately } from 'node:timers/promises'
import type { Context as HttpContext } from 'hono'
import { stringify } from 'yaml'
import { latestCalendar, listCalendars } from '../../db/calendars.ts'
import { listPeople, listTeams } from '../../db/people.ts'
import type { Team } from '../../domain/people.ts'
import { IdTaken } from '../../db/profile-ids.ts'
import { basesFor } from '../../db/profile-bases.ts'
import { retirementOf, retireProfile } from '../../db/profile-retirements.ts'
import { announcedBeside, retirements, standingFor, standings } from '../../db/profile-standings.ts'
import { installTemplate, listTemplates, templateRefs, templateVersions } from '../../db/profile-templates.ts'
import {
  installProfile,
  listProfiles,
  profileIds,
  profilesIn,
  ProfileVersionTaken,
  versionNumbers,
  type InstalledProfile,
} from '../../db/profiles.ts'
import { wantedIn, type Bases } from '../../domain/derivation/base.ts'
import { sentence } from '../../domain/document/reasons.ts'
import { memberOf } from '../../domain/document/loose.ts'
import { openDocument, type OpenDocument, type ReadOptions } from '../../domain/document/open.ts'
import type { Locale } from '../../domain/labels.ts'
import { instantOf } from '../../domain/instant.ts'
import { checkProfileDocument } from '../../domain/profile/load.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { warnOf } from '../../domain/profile/warned.ts'
import { createTurns } from '../../gateway/turns.ts'
import { hasCommonRoutes } from '../../processes/hosting.ts'
import { rehearse } from '../../rehearsal/rehearse.ts'
import { isOnlyCustomer } from '../access/access.ts'
import { installedProfile, profileInForce, unknownProfile } from '../access/profiles.ts'
import type { Context } from '../deps.ts'
import { documentText, faultyDocument, inTurn, refuseOtherId, wantsYaml } from '../http/document-body.ts'
import type { Env } from '../http/env.ts'
import { invalidInput, problem, type Problem } from '../problems/problem.ts'
import { formView } from '../views/form.ts'
import { standingView, type StandingView } from '../views/profile-standing.ts'
import { rehearsalView } from '../views/rehearsal.ts'
import type { AnswerOf } from '../openapi/operation.ts'
import * as operations from '../operations/profiles.ts'
import { addProfileTexts, wholeText } from './profile-texts.ts'
import { reads, receives, writes, type App } from './serving.ts'

/** The process as a versioned document (X1): read, checked, installed. Copying is putting it under a new id. */
export function addProfiles(app: App, { db, clock, processes }: Context): void {
  /** Types that give numbers of their own; named by their routes, which are no profile's id. */
  const desks = processes
    .filter(hasCommonRoutes)
    .flatMap(({ plural, desk: { numbers } }) =>
      typeof numbers === 'string' ? [{ id: `/api/${plural}`, number: { pattern: numbers } }] : [],
    )
  const now = () => instantOf(clock.now().getTime())
  const turns = createTurns(atOnce)

  reads(app, operations.listProfiles, async ({ caller, query, answer }) => {
    const all = await standings(db, now())
    const known = await profilesIn(
      db,
      [...all].flatMap(([id, { version, next }]) => versionsNamed(version, next?.version).map((one) => ({ id, version: one }))),
    )
    const items = [...all].flatMap(([id, standing]) => {
      const versions = known.filter(({ profile }) => profile.id === id)
      const shown = versions.find(({ profile }) => profile.version === (standing.version ?? standing.next?.version))
      return shown ? [listed({ ...shown, ...standingView(standing, versions) })] : []
    })
    if (isOnlyCustomer(caller))
      return answer({ items: items.filter(({ state }) => state === 'current').map((item) => ({ ...item, installedBy: null })) })
    if (query.templates !== true) return answer({ items })
    const retired = await retirements(db, now())
    const templates = (await listTemplates(db)).map(({ template: { id, version, label }, installedAt, installedBy }) => {
      return { id, version, retiredAt: retired.get(id) ?? null, label, installedAt, installedBy }
    })
    return answer({ items, templates })
  })

  addProfileTexts(app, { db })

  reads(app, operations.readRegistrationForm, async ({ c, caller, params, answer }) => {
    return answer(formView(await profileInForce(db, params.id, now()), c.get('locale'), { forCustomer: isOnlyCustomer(caller) }))
  })

  reads(app, operations.readProfile, async ({ c, params, query, answer, written }) => {
    const { id } = params
    const standing = await standingFor(db, id, now())
    const templates = standing ? [] : await templateVersions(db, id)
    const versions = standing ? await versionNumbers(db, id) : templates.map(({ template }) => template.version)
    const version = query.version ?? versions[0] ?? 0
    const profiles = await profilesIn(
      db,
      versionsNamed(version, standing?.next?.version).map((one) => ({ id, version: one })),
    )
    const found =
      profiles.find(({ profile }) => profile.version === version) ?? templates.find(({ template }) => template.version === version)
    if (!found) throw await unknownProfile(db, id, query.version)
    const { source, installedAt, installedBy } = found
    const content = 'profile' in found ? found.profile : found.template
    if (wantsYaml(c)) {
      const { showing = 'written' } = query
      if (showing === 'written') return written(source ?? stringify(content))
      return written((await wholeText({ db, clock }, { id, version: content.version }, showing === 'why')) ?? stringify(content))
    }
    const installed = { versions, installedAt, installedBy }
    if ('template' in found)
      return answer({ ...found.template, template: true, retiredAt: (await retirementOf(db, id))?.retiredAt ?? null, ...installed })
    if (!standing) throw await unknownProfile(db, id)
    return answer({ ...found.profile, ...standingView(standing, profiles), ...installed })
  })

  receives(app, operations.putProfile, async ({ c, caller, params, answer }) => {
    const { document, source, warnings } = await profileBody(c, params.id)
    const { id, version } = named(document)
    refuseOtherId({ id }, { expected: params.id, source })
    const versions =
      'profile' in document
        ? await versionNumbers(db, id)
        : (await templateRefs(db)).filter((template) => template.id === id).map((template) => template.version)
    const newest = Math.max(0, ...versions)
    // Tickets take the newest version: an older one put in later would never be used.
    if (version < newest && !versions.includes(version)) throw problem('version-old', { id, version, installed: newest })
    const made = await install(document, source, caller.id).catch((error: unknown) => {
      throw error instanceof ProfileVersionTaken ? taken(error) : error instanceof IdTaken ? idTaken(error, c.get('locale')) : error
    })
    return answer({ id, version, warnings }, made ? 201 : 200)
  })

  writes(app, operations.retireProfile, async ({ caller, params: { id }, body: { reason }, answer }) => {
    if (!(await profileIds(db)).includes(id) && !(await templateRefs(db)).some((template) => template.id === id))
      throw await unknownProfile(db, id)
    return answer(await retireProfile(db, { id, reason, retiredAt: now(), retiredBy: caller.id }))
  })

  receives(app, operations.checkProfile, async ({ c, answer }) => {
    const { document, warnings } = await profileBody(c)
    return answer({ ...named(document), warnings })
  })

  writes(app, operations.rehearseProfile, async ({ c, body: { profile: id, version, document, ticket, story, language }, answer }) => {
    const locale = c.get('locale')
    if ((id === undefined) === (document === undefined))
      throw invalidInput([{ path: 'document', code: 'one-of-two', params: { other: 'profile' } }])
    const inForce = id === undefined ? undefined : (await standingFor(db, id, now()))?.version
    const profile = document === undefined ? await installedProfile(db, id ?? '', version ?? inForce) : await written(document, locale)
    const [calendar, teams] = await Promise.all([latestCalendar(db, profile.calendar), listTeams(db)])
    if (!calendar) throw problem('unknown-calendar', { calendar: profile.calendar, calendars: [] })
    const labels = Object.fromEntries(teams.map((team) => [team.id, team.labels]))
    const rehearsed = await turns.take('rehearsals', patienceMs, () =>
      rehearse({ profile, calendar, ticket, story, language, teams: labels, pause: () => immediately() }),
    )
    if (!rehearsed.ok) throw invalidInput(rehearsed.errors)
    return answer(rehearsalView(rehearsed.rehearsal, { profile, locale, teams: labels }))
  })

  /** The profile in a document that nobody has installed. */
  async function written(source: string, locale: Locale): Promise<Profile> {
    const { document } = await read(source, { locale })
    if ('profile' in document) return document.profile
    throw invalidInput([{ path: 'document', code: 'other', params: { message: sentence('template-here', locale) } }])
  }

  function install(document: ProfileDocument, source: string, installedBy: string): Promise<boolean> {
    const by = { source, base: document.base, installedAt: now(), installedBy }
    return 'profile' in document
      ? installProfile(db, { profile: document.profile, ...by })
      : installTemplate(db, { template: document.template, ...by })
  }

  /** `id`: the one it must have. */
  async function profileBody(c: HttpContext<Env>, id?: string): Promise<Judged & { source: string; warnings: WarningView[] }> {
    const { source, options } = await documentText(c)
    const judged = await read(source, options, id)
    return { ...judged, source, warnings: await warningsIn(judged) }
  }

  /** What would be forgotten by it here (X13). */
  async function warningsIn({ document, opened, bases, calendars, teams }: Judged): Promise<WarningView[]> {
    if (!('profile' in document)) return []
    const { profile } = document
    const [people, announced] = await Promise.all([listPeople(db), announcedBeside(db, profile, now())])
    const warnings = await inTurn(() => warnOf(opened, profile, { bases, installation: { calendars, teams, people, announced } }))
    return warnings.map(({ line, ...warning }) => ({ ...warning, line: line ?? null }))
  }

  async function read(source: string, options: ReadOptions, id?: string): Promise<Judged> {
    const expected = id === undefined ? undefined : { expected: id, source }
    const opened = await inTurn(() => openDocument(source, options))
    if (!opened.ok) throw faultyDocument(opened, expected)
    const [calendars, teams, profiles, templates, bases] = await Promise.all([
      listCalendars(db),
      listTeams(db),
      listProfiles(db),
      templateRefs(db),
      basesFor(db, wantedIn(memberOf(opened.value, 'extends')), now()),
    ])
    const calendarIds = calendars.map(({ calendar }) => calendar.id)
    const beside = {
      calendars: calendarIds,
      teams: teams.map((team) => team.id),
      beside: [...profiles.map(({ profile }) => profile), ...desks],
      taken: { profiles: profiles.map(({ profile }) => profile.id), templates: templates.map((template) => template.id) },
      bases,
    }
    const document = await inTurn(() => checkProfileDocument(opened, beside))
    if (!document.ok) throw faultyDocument(document, expected)
    return { document, opened, bases, calendars: calendarIds, teams }
  }
}

/** Rehearsals at a time, of each API: each gives way to others, and several would take all that is left. */
const atOnce = 1
const patienceMs = 10_000

/** A document that is right, with what it was judged by. */
interface Judged {
  readonly document: ProfileDocument
  readonly opened: OpenDocument
  readonly bases: Bases
  readonly calendars: readonly string[]
  readonly teams: readonly Team[]
}

type WarningView = AnswerOf<typeof operations.checkProfile>['warnings'][number]

type ProfileDocument = Exclude<ReturnType<typeof checkProfileDocument>, { readonly ok: false }>

function named(document: ProfileDocument): { readonly id: string; readonly version: number } {
  const { id, version } = 'profile' in document ? document.profile : document.template
  return { id, version }
}

/** Another was installed under that id meanwhile. */
function idTaken({ id, by }: IdTaken, locale: Locale): Error {
  const message = sentence(by === 'profile' ? 'id-of-profile' : 'id-of-template', locale, { given: id })
  return invalidInput([{ path: 'id', code: 'other', params: { message } }])
}

function taken({ id, version, bases }: ProfileVersionTaken): Problem {
  const { before, now } = bases ?? {}
  const both = before !== undefined && before !== null && now !== undefined && now !== null
  return problem('version-taken', { id, version, ...(both && { extended: before, extends: now }) })
}

function versionsNamed(...versions: readonly (number | undefined)[]): number[] {
  return versions.filter((version) => version !== undefined)
}

function listed({ profile, state, next, installedAt, installedBy }: InstalledProfile & StandingView) {
  const { id, version, label, document } = profile
  return { id, version, state, next, label, title: document.title, effectiveFrom: document.effectiveFrom, installedAt, installedBy }
}

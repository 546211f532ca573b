import { currentProfile, currentProfiles } from '../../db/profile-standings.ts'
import { findTicket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { scriptValues } from '../../domain/notices/subject-values.ts'
import { tidy } from '../../domain/notices/render.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { fill } from '../../domain/template.ts'
import { visibleToStaff } from '../access/access.ts'
import { installedProfile } from '../access/profiles.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import * as operations from '../operations/templates.ts'
import { reads, type App } from './serving.ts'

/** 话术: the scripts of the profiles, and one of them put into words for a ticket (S13). */
export function addTemplates(app: App, context: Context): void {
  const { db, clock, profileOf } = context
  const now = () => instantOf(clock.now().getTime())

  reads(app, operations.listTemplates, async ({ c, query, answer }) => {
    const profiles =
      query.profile === undefined ? (await currentProfiles(db, now())).map(({ profile }) => profile) : [await profileNamed(query.profile)]
    return answer({
      items: profiles.flatMap((profile) => profile.scripts.map((script) => view(profile, script, c.get('locale')))),
    })
  })

  reads(app, operations.readTemplate, async ({ c, caller, params, query, answer }) => {
    const { profile, facts } = await spokenAbout(query, caller)
    const script = profile.scripts.find(({ id }) => id === params.id)
    if (!script) throw problem('unknown-template', { id: params.id, templates: profile.scripts.map(({ id }) => id) })
    const shown = view(profile, script, c.get('locale'))
    return answer(facts === undefined ? shown : { ...shown, text: tidy(fill(shown.text, facts)) })
  })

  async function spokenAbout(query: { readonly profile?: string | undefined; readonly ticket?: string | undefined }, caller: Caller) {
    if (query.ticket === undefined) {
      if (query.profile === undefined) throw invalidInput([{ path: 'ticket', code: 'required' }])
      return { profile: await profileNamed(query.profile), facts: undefined }
    }
    const ticket = visibleToStaff(await findTicket(db, query.ticket), caller, query.ticket)
    if (query.profile !== undefined && query.profile !== ticket.profile)
      throw invalidInput([{ path: 'profile', code: 'not-a-choice', params: { choices: [ticket.profile] } }])
    return { profile: await profileOf(ticket), facts: scriptValues(ticket, caller.name) }
  }

  /** In force, retired or not; of one that is still to come, as it will be. */
  async function profileNamed(id: string): Promise<Profile> {
    return (await currentProfile(db, id, now())) ?? installedProfile(db, id, undefined)
  }
}

function view(profile: Profile, { id, label, purpose, text }: Profile['scripts'][number], locale: Locale) {
  return { profile: profile.id, id, label: label[locale], purpose, text: tidy(text[locale]) }
}

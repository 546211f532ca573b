import { z } from 'zod'
import { latestProfile, listProfiles } from '../../db/profiles.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Locale } from '../../domain/labels.ts'
import { scriptFacts } from '../../domain/notices/facts.ts'
import { tidy } from '../../domain/notices/render.ts'
import { scriptPurposes } from '../../domain/profile/notices.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { fill } from '../../domain/template.ts'
import { staffRoles, visibleToStaff } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { wholeList } from '../views/schemas.ts'

const templateSchema = z
  .object({
    profile: z.string().describe('id of the profile that has it'),
    id: z.string().describe('its id'),
    label: z.string().describe('what it is called'),
    purpose: z.enum(scriptPurposes).meta({ id: 'ScriptPurpose', description: 'what a script is for' }),
    text: z.string().describe('with its {placeholders}, unless it was rendered for a ticket'),
  })
  .meta({ id: 'Script', description: '话术: what an agent says on the phone or in a chat' })

/** 话术: the scripts of the profiles, and one of them put into words for a ticket (S13). */
export function addTemplates(app: App, context: Context): void {
  const { db, profileOf } = context

  reads(
    app,
    {
      path: '/api/templates',
      id: 'listTemplates',
      tag: 'Templates',
      summary: '话术 · Scripts for the phone and the chat',
      roles: staffRoles,
      params: none,
      query: z.strictObject({ profile: z.string().max(100).optional().describe('default: of every profile') }),
      answer: { status: 200, description: 'The scripts', schema: wholeList(templateSchema, {}) },
      problems: [404],
    },
    async ({ c, query }) => {
      const profiles = query.profile === undefined ? (await listProfiles(db)).map(({ profile }) => profile) : [await newest(query.profile)]
      return c.json({
        items: profiles.flatMap((profile) => scriptsOf(profile).map((script) => view(profile, script, c.get('locale')))),
      })
    },
  )

  reads(
    app,
    {
      path: '/api/templates/{id}',
      id: 'readTemplate',
      tag: 'Templates',
      summary: 'One script, said by the caller to the customer of a ticket',
      description: 'With `ticket` the words are filled in, by the profile version that the ticket runs by. Without it `profile` is needed.',
      roles: staffRoles,
      params: z.strictObject({ id: z.string().min(1).max(100).describe('id of the script') }),
      query: z.strictObject({
        profile: z.string().max(100).optional().describe('id of the profile that has it'),
        ticket: z.string().max(100).optional().describe('number of the ticket to say it about'),
      }),
      answer: { status: 200, description: 'The script', schema: templateSchema },
      problems: [404],
    },
    async ({ c, caller, params, query }) => {
      const { profile, facts } = await spokenAbout(query, caller)
      const script = scriptsOf(profile).find(({ id }) => id === params.id)
      if (!script) throw problem('unknown-template', { id: params.id, templates: scriptsOf(profile).map(({ id }) => id) })
      const shown = view(profile, script, c.get('locale'))
      return c.json(facts === undefined ? shown : { ...shown, text: tidy(fill(shown.text, facts)) })
    },
  )

  async function spokenAbout(query: { readonly profile?: string | undefined; readonly ticket?: string | undefined }, caller: Caller) {
    if (query.ticket === undefined) {
      if (query.profile === undefined) throw invalidInput([{ path: 'ticket', code: 'required' }])
      return { profile: await newest(query.profile), facts: undefined }
    }
    const ticket = visibleToStaff(await findTicket(db, query.ticket), caller, query.ticket)
    if (query.profile !== undefined && query.profile !== ticket.profile)
      throw invalidInput([{ path: 'profile', code: 'not-a-choice', params: { choices: [ticket.profile] } }])
    return { profile: await profileOf(ticket), facts: scriptFacts(ticket, caller.name) }
  }

  async function newest(id: string): Promise<Profile> {
    const profile = await latestProfile(db, id)
    if (profile) return profile
    throw problem('unknown-profile', { profile: id, profiles: (await listProfiles(db)).map((installed) => installed.profile.id) })
  }
}

/** A profile installed by an older version of the product has none, whatever its type says. */
function scriptsOf(profile: Profile): Profile['scripts'] {
  const scripts: Profile['scripts'] | undefined = profile.scripts
  return scripts ?? []
}

function view(profile: Profile, { id, label, purpose, text }: Profile['scripts'][number], locale: Locale) {
  return { profile: profile.id, id, label: label[locale], purpose, text: tidy(text[locale]) }
}

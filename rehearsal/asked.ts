import { z } from 'zod'
import { type Labels, locales, said } from '../domain/labels.ts'
import { rolesOf, type RolesNamed } from '../domain/profile/roles.ts'
import { linkCustomer } from '../workflows/ticket/customer-entry.ts'
import { dispatch } from '../workflows/ticket/dispatch.ts'
import { peopleCommands } from '../workflows/ticket/process.ts'
import { tagCustomer } from '../workflows/ticket/customer-tags.ts'

/** What somebody asks a rehearsal: an imagined ticket, and perhaps a story of acts. Read once, at the border. */

/**
 * The imagined people, each by the place that they have. `handler` and `representative` act as whoever has the ticket, or keeps in touch, by then;
 * `system` is the product, which carries out what the world answered.
 */
export const places = [
  'representative',
  'handler',
  'colleague',
  'lead',
  'supervisor',
  'department-head',
  'quality',
  'admin',
  'customer',
  'service',
  'system',
] as const
export type Place = (typeof places)[number]

/** What each of them is called by the profile, on the page and in mails. */
export function placeLabel(profile: RolesNamed, place: Place): Labels {
  return place === 'colleague' || place === 'system' ? unnamed[place] : rolesOf(profile)[place]
}

const unnamed = { colleague: said('同事', '同事', 'colleague'), system: said('系统', '系統', 'system') }

export const placeSchema = z.enum(places).meta({ id: 'RehearsedPlace', description: 'one of the imagined people, by their place' })

/** But for whose the ticket is, which no promise hangs on and only a directory can say: what people do to tickets, and what the product does of what it was answered. */
const acts = [...peopleCommands.map(({ name }) => name).filter((name) => name !== linkCustomer.name), dispatch.name, tagCustomer.name]

const momentSchema = z
  .string()
  .min(1)
  .max(40, { abort: true })
  .describe('an instant with offset or Z; or a time on the clocks of the profile, such as 2026-12-01T09:00')

const actSchema = z
  .strictObject({
    at: z
      .string()
      .min(1)
      .max(40, { abort: true })
      .describe(
        'when: `+PT30M` so long after the act before it, or after the registration; an instant with offset or Z; or a time on the clocks of the profile, such as 2026-12-01T09:00',
      ),
    by: placeSchema.describe('who acts'),
    do: z.enum(acts).describe('the command'),
    with: z
      .record(z.string().max(100), z.unknown())
      .default({})
      .describe('what is sent with it; what every such act needs may be left out'),
  })
  .meta({ id: 'RehearsedAct', description: 'an act of the story of a rehearsal' })
export type Act = z.output<typeof actSchema>

/** More acts than a ticket sees in its life. */
export const mostActs = 300

/** In the order of time. */
export const storySchema = z.array(actSchema).max(mostActs)

export const imaginedSchema = z
  .strictObject({
    type: z.string().min(1).max(100).describe('id of its type'),
    priority: z.string().max(100).optional().describe('id of its priority; default: the middle one'),
    channel: z.string().max(100).optional().describe('how the customer came; default: the first channel'),
    at: momentSchema.describe('when it is registered: an instant, or a time on the clocks of the profile'),
    language: z.enum(locales).optional().describe("in which the customer is written to; default: the profile's"),
    fields: z.record(z.string().max(100), z.unknown()).default({}).describe('values of the fields of its type'),
    tags: z.array(z.string().max(100)).max(50).default([]).describe('tags that the customer has (S4)'),
    live: z.boolean().optional().describe('whether the customer is on the line; default: as the channel is'),
    by: z.enum(['representative', 'customer', 'service']).default('representative').describe('who registers it'),
    assigned: z.boolean().default(false).describe('whether the handler gets it at its registration'),
    reach: z.enum(['email', 'phone']).default('email').describe('how the customer is reached'),
    title: z.string().min(1).max(200).optional().describe('its title'),
  })
  .meta({ id: 'ImaginedTicket', description: 'the ticket of a rehearsal' })
export type Imagined = z.output<typeof imaginedSchema>

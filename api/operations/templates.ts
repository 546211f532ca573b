import { z } from 'zod'
import { scriptPurposes } from '../../domain/profile/notices.ts'
import { wholeList } from '../views/schemas.ts'
import { none, reading } from '../openapi/operation.ts'
import { staffRoles } from '../access/roles.ts'

const templateSchema = z
  .object({
    profile: z.string().describe('id of the profile that has it'),
    id: z.string().describe('its id'),
    label: z.string().describe('what it is called'),
    purpose: z.enum(scriptPurposes).meta({ id: 'ScriptPurpose', description: 'what a script is for' }),
    text: z.string().describe('with its {placeholders}, unless it was rendered for a ticket'),
  })
  .meta({ id: 'Script', description: '话术: what an agent says on the phone or in a chat' })

export const listTemplates = reading({
  path: '/api/templates',
  id: 'listTemplates',
  tag: 'Templates',
  summary: '话术 · Scripts for the phone and the chat',
  roles: staffRoles,
  params: none,
  query: z.strictObject({ profile: z.string().max(100).optional().describe('default: of every profile') }),
  answer: { status: 200, description: 'The scripts', schema: wholeList(templateSchema, {}) },
  problems: [404],
})

export const readTemplate = reading({
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
})

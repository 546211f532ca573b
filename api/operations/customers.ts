import { z } from 'zod'
import { longestContact, longestExternalId } from '../../domain/customer-labels.ts'
import { entryIdSchema } from '../../domain/customers/entry.ts'
import type { Role } from '../../domain/people.ts'
import { lineUpTo, numberSchema, reasonSchema, wordSchema } from '../../workflows/common/inputs.ts'
import { everyRole, leadRoles, lookupRoles } from '../access/roles.ts'
import { paging } from '../http/paging.ts'
import { flag } from '../http/query.ts'
import { none, reading, writing } from '../openapi/operation.ts'
import {
  customerEntrySchema,
  entryKindSchema,
  entryLogSchema,
  entryPageSchema,
  revealedEntrySchema,
  wholeEntrySchema,
} from '../views/customers.ts'

/** The directory of customers (S4): people and organisations, found, entered, changed, looked at, erased. */

/** Who keeps the directory: whoever speaks with customers, and systems that know them. */
const keepers: readonly Role[] = ['agent', 'supervisor', 'admin', 'service']

const externalIdSchema = lineUpTo(longestExternalId)
const part = lineUpTo(longestContact)

const content = {
  kind: entryKindSchema.optional().describe('default: a person, or as it is'),
  name: part.nullable().optional().describe('what it is called'),
  company: part.nullable().optional().describe('of a person: the company they speak for'),
  organisation: entryIdSchema.nullable().optional().describe('id of the organisation that a person belongs to'),
  organisationExternalId: externalIdSchema.optional().describe('the same by what another system calls the organisation'),
  accounts: z.array(part).max(20).optional().describe('user ids by which it is known; all of them'),
  phones: z.array(part).max(10).optional().describe('phone numbers; all of them'),
  emails: z.array(part).max(10).optional().describe('e-mail addresses; all of them'),
  tier: wordSchema.nullable().optional().describe('its tier, by an id of your own'),
  tags: z
    .array(wordSchema)
    .max(50)
    .optional()
    .describe('what we say of it; all of them. One that is called as a tag of a profile is attached to its tickets'),
  internal: z.boolean().optional().describe("one of the organisation's own people; default: no, or as it is"),
}
export const entryBodySchema = z.strictObject(content)
const changeSchema = z.strictObject({
  ...content,
  externalId: externalIdSchema.nullable().optional().describe('what another system calls it'),
})
export type EntryBody = z.output<typeof changeSchema>

const idParam = z.strictObject({ id: entryIdSchema })

export const listCustomers = reading({
  path: '/api/customers',
  id: 'listCustomers',
  tag: 'Customers',
  summary: '客户档案 · Find customers',
  description: `The newest first. By a phone number or an e-mail address, whole, only for ${lookupRoles.join(', ')}, counted and so many within a time (429). A customer finds their own entry and gives no filter.`,
  roles: everyRole,
  params: none,
  query: z.strictObject({
    q: z.string().min(1).max(200).optional().describe('part of the name, company or an account'),
    contact: z.string().min(1).max(254).optional().describe('phone number, e-mail address or account, whole'),
    externalId: z.string().min(1).max(longestExternalId).optional().describe('what another system calls it'),
    kind: entryKindSchema.optional().describe('people or organisations'),
    organisation: entryIdSchema.optional().describe('people of this organisation'),
    tier: z.string().max(80).optional().describe('of this tier'),
    tag: z.string().max(80).optional().describe('with this tag'),
    internal: flag().optional().describe("the organisation's own people, or all others"),
    ...paging,
  }),
  answer: { status: 200, description: 'One page', schema: entryPageSchema },
  problems: [403, 429],
})

export const readCustomer = reading({
  path: '/api/customers/{id}',
  id: 'readCustomer',
  tag: 'Customers',
  summary: 'One customer',
  description: 'Contacts are masked; revealing them is on record. A customer reads their own entry, without what we say of them.',
  roles: everyRole,
  params: idParam,
  query: none,
  answer: { status: 200, description: 'The entry', schema: wholeEntrySchema },
  problems: [404],
})

export const enterCustomer = writing({
  method: 'post',
  path: '/api/customers',
  id: 'enterCustomer',
  tag: 'Customers',
  summary: 'Enter a customer',
  description:
    'Always a new entry, also where another one has the same phone or address: from then on these tell nobody whose a ticket is. `ticket`: what is not given comes from the customer of that ticket, contacts unseen; link it then by `link-customer`.',
  roles: keepers,
  params: none,
  query: none,
  body: changeSchema.extend({ ticket: numberSchema.optional().describe('number of a ticket whose customer it is') }),
  keyed: true,
  answer: { status: 201, description: 'Entered', schema: customerEntrySchema },
  problems: [404],
})

export const changeCustomer = writing({
  method: 'put',
  path: '/api/customers/{id}',
  id: 'changeCustomer',
  tag: 'Customers',
  summary: 'Change a customer',
  description: 'What is left out stays as it is; null takes it away. A list is given whole.',
  roles: keepers,
  params: idParam,
  query: none,
  body: changeSchema,
  answer: { status: 200, description: 'As it is now', schema: customerEntrySchema },
  problems: [404],
})

export const putCustomerByExternalId = writing({
  method: 'put',
  path: '/api/customer-external-ids/{externalId}',
  id: 'putCustomerByExternalId',
  tag: 'Customers',
  summary: 'Bring a customer up to date with another system',
  description:
    'The entry with that id; else one that has no such id and is known by one of the accounts, or alone has one of the contacts; else a new one. What is left out stays as it is; null takes it away.',
  roles: keepers,
  params: z.strictObject({ externalId: externalIdSchema.describe('what the other system calls it') }),
  query: none,
  body: entryBodySchema,
  answer: { status: 200, description: 'As it is now', schema: customerEntrySchema },
  also: { status: 201, description: 'Entered' },
})

export const revealCustomer = writing({
  method: 'post',
  path: '/api/customers/{id}/reveal',
  id: 'revealCustomer',
  tag: 'Customers',
  summary: "Show a customer's contacts in clear",
  description: 'Who looked, and when, is on record; each time it is asked.',
  roles: lookupRoles,
  params: idParam,
  query: none,
  body: z.strictObject({ reason: reasonSchema.optional() }),
  answer: { status: 200, description: 'In clear', schema: revealedEntrySchema },
  problems: [404],
})

export const eraseCustomer = writing({
  method: 'post',
  path: '/api/customers/{id}/erase',
  id: 'eraseCustomer',
  tag: 'Customers',
  summary: 'Take everything personal out of an entry',
  description:
    'What is left says that there was one, whose tickets are one customer’s, and what was done with it. Tickets keep what they say.',
  roles: ['supervisor', 'admin'],
  params: idParam,
  query: none,
  body: z.strictObject({ reason: reasonSchema }),
  keyed: true,
  answer: { status: 200, description: 'Erased', schema: customerEntrySchema },
  problems: [404],
})

export const listCustomerActs = reading({
  path: '/api/customers/{id}/log',
  id: 'listCustomerActs',
  tag: 'Customers',
  summary: 'What was done with an entry',
  roles: leadRoles,
  params: idParam,
  query: z.strictObject(paging),
  answer: { status: 200, description: 'One page, newest first', schema: entryLogSchema },
  problems: [404],
})

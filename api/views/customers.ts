import { z } from 'zod'
import type { Entry } from '../../db/customers/entries.ts'
import { entryKinds } from '../../domain/customers/entry.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { instantAnswer, namesSchema, pageOf, personAnswer } from './schemas.ts'

/** What the API answers of the directory of customers. */

export const entryKindSchema = z.enum(entryKinds).meta({ id: 'CustomerKind', description: 'a person or an organisation' })

const entryShape = {
  id: z.string().describe('its id'),
  kind: entryKindSchema,
  name: z.string().nullable().describe('what it is called; masked where a phone or an address stands in it'),
  company: z.string().nullable().describe('of a person: the company they speak for, as they said it'),
  organisation: z.string().nullable().describe('id of the organisation that a person belongs to'),
  organisationName: z.string().nullable().describe('what that is called'),
  externalId: z.string().nullable().describe('what another system, a CRM say, calls it; null for customers'),
  accounts: z.array(z.string()).describe('user ids by which it is known; masked where they are a phone or an address'),
  phones: z.array(z.string()).describe('phone numbers, masked: 138****5678'),
  emails: z.array(z.string()).describe('e-mail addresses, masked'),
  tier: z.string().nullable().describe('its tier; null for customers'),
  tags: z.array(z.string()).describe('what we say of it; empty for customers'),
  internal: z.boolean().describe("one of the organisation's own people"),
  createdAt: instantAnswer('since when it is known'),
  changedAt: instantAnswer('when it last changed'),
  erasedAt: instantAnswer('since when nothing personal is in it any more; null: it was not erased').nullable(),
  version: z.int().min(1).describe('how often it was written'),
}

export const customerEntrySchema = z
  .object(entryShape)
  .meta({ id: 'CustomerEntry', description: 'An entry of the directory of customers, its contacts masked' })

export const wholeEntrySchema = z
  .object({
    ...entryShape,
    tickets: z.int().min(0).describe('how many tickets are of it'),
    open: z.int().min(0).describe('how many of these are open'),
    links: z
      .object({ self: z.string().describe('the entry'), tickets: z.string().describe('its tickets, newest first') })
      .meta({ id: 'CustomerEntryLinks', description: 'Where else there is something to read about a customer' }),
  })
  .meta({ id: 'WholeCustomerEntry', description: 'An entry of the directory of customers, with what there is of it' })

export const entryPageSchema = pageOf(customerEntrySchema, {}).meta({ id: 'CustomerEntryPage', description: 'One page of entries' })

export const entryInShortSchema = z
  .object({
    id: z.string().describe('its id'),
    kind: entryKindSchema,
    name: z.string().nullable().describe('what it is called'),
    organisationName: z.string().nullable().describe('what the organisation is called that it belongs to, or the company it speaks for'),
    tier: z.string().nullable().describe('its tier'),
    tags: z.array(z.string()).describe('what we say of it'),
    internal: z.boolean().describe("one of the organisation's own people"),
  })
  .meta({ id: 'CustomerEntryInShort', description: 'An entry of the directory, as it stands beside a ticket' })

export const revealedEntrySchema = z
  .object({
    id: z.string().describe('id of the entry'),
    contacts: z
      .array(
        z
          .object({
            part: z.enum(['name', 'company', 'account', 'phone', 'email']).meta({ id: 'CustomerPart', description: 'where it stood' }),
            value: z.string().describe('in clear'),
          })
          .meta({ id: 'RevealedContact', description: 'A phone, an address, or a text that holds one' }),
      )
      .describe('each in clear'),
  })
  .meta({ id: 'RevealedCustomerEntry', description: 'The contacts of an entry in clear' })

const actSchema = z
  .object({
    id: z.int().min(1).describe('its id'),
    at: instantAnswer('when'),
    by: personAnswer('who'),
    act: z.enum(['entered', 'changed', 'revealed', 'erased']).meta({ id: 'CustomerEntryAct', description: 'what was done' }),
    members: z.array(z.string()).describe('which members changed'),
    reason: z.string().nullable().describe('why'),
  })
  .meta({ id: 'CustomerEntryLogEntry', description: 'What somebody did with an entry' })
export const entryLogSchema = pageOf(actSchema, { names: namesSchema }).meta({
  id: 'CustomerEntryLog',
  description: 'One page of what was done',
})

export type EntryView = Unchanging<z.output<typeof customerEntrySchema>>
export type EntryInShort = Unchanging<z.output<typeof entryInShortSchema>>

export function entryView(entry: Entry): EntryView {
  const { id, kind, company, organisation, organisationName, externalId, tier, tags, internal, createdAt, changedAt, erasedAt, version } =
    entry
  const masked = (part: Entry['contacts'][number]['part']) =>
    entry.contacts.flatMap((contact) => (contact.part === part ? [contact.masked] : []))
  return {
    ...{ id, kind },
    name: nameOf(entry),
    company: company ?? masked('company')[0] ?? null,
    ...{ organisation, organisationName, externalId },
    accounts: [...entry.accounts, ...masked('account')],
    phones: masked('phone'),
    emails: masked('email'),
    ...{ tier, tags, internal, createdAt, changedAt, erasedAt, version },
  }
}

/** As its own customer sees it: without what we say of them. */
export function entryForCustomer(view: EntryView): EntryView {
  const {
    id,
    kind,
    name,
    company,
    organisation,
    organisationName,
    accounts,
    phones,
    emails,
    internal,
    createdAt,
    changedAt,
    erasedAt,
    version,
  } = view
  return {
    ...{ id, kind, name, company, organisation, organisationName, externalId: null, accounts, phones, emails },
    ...{ tier: null, tags: [], internal, createdAt, changedAt, erasedAt, version },
  }
}

export function entryInShort(entry: Entry): EntryInShort {
  const { id, kind, organisationName, company, tier, tags, internal } = entry
  return { id, kind, name: nameOf(entry), organisationName: organisationName ?? company, tier, tags, internal }
}

/** What it is called; whoever has no name, by what they are known. */
function nameOf({ name, accounts, contacts }: Entry): string | null {
  return name ?? contacts.find(({ part }) => part === 'name')?.masked ?? accounts[0] ?? contacts[0]?.masked ?? null
}

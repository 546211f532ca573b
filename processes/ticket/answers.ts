import { entryOf } from '../../db/customers/entries.ts'
import { bringIn } from '../../db/customers/bring-in.ts'
import { contactKeyHmacs, openCustomer, type Keys } from '../../db/contact-vault.ts'
import { tagsByHistory, type TagRule } from '../../db/customer-history.ts'
import { chooseForDispatch } from '../../db/dispatch.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { contactKeys } from '../../domain/customer.ts'
import { instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { World } from '../hosting.ts'
import type { Ask, Reply } from '../../workflows/process.ts'
import { isSameSet } from '../../workflows/common/facts.ts'
import { tagCustomer, tagQuestion } from '../../workflows/ticket/customer-tags.ts'
import { dispatch, dispatchQuestion } from '../../workflows/ticket/dispatch.ts'

/** What tickets ask of the world, looked up. Asking again does no harm; whatever fails is asked again. */

export async function answer(world: World, { kind, question }: Ask): Promise<Reply> {
  switch (kind) {
    case dispatch.name: {
      const wanted = dispatchQuestion.parse(question)
      const candidates = await chooseForDispatch(world.db, wanted, instantOf(world.clock.now().getTime()))
      return { command: dispatch.name, input: { team: wanted.team, candidates } }
    }
    case tagCustomer.name: {
      const { number, version, tags: before } = tagQuestion.parse(question)
      const tags = await tagsOf(world, number, version)
      return isSameSet(before, tags) ? null : { command: tagCustomer.name, input: { tags } }
    }
    default:
      // Asked by a workflow of a newer release, it waits for a worker of that release.
      throw new Error(`this release cannot answer ${kind}`)
  }
}

async function tagsOf({ db, keys, clock, profileOf }: World, number: string, version: number): Promise<string[]> {
  await reached(db, number, version)
  // One that was just corrected may be another customer's by now, which only its rows tell.
  await bringIn(db, keys, number, instantOf(clock.now().getTime()))
  const ticket = await reached(db, number, version)
  const profile = await profileOf(ticket)
  // The contact itself, not the key in the row: before the secret was changed the same contact had another key.
  const customer = openCustomer(keys, ticket)
  const { customerAccount: account, customerEntry: entry, submittedAt } = ticket
  const [byHistory, given] = await Promise.all([
    tagsByHistory(db, { entry, contactKeys: hmacs(keys, customer), account, until: submittedAt }, rules(profile, keys, submittedAt)),
    entry === null ? none : tagsOfEntry(db, entry, profile),
  ])
  return profile.customerTags.flatMap(({ id }) => (byHistory.includes(id) || given.includes(id) ? [id] : []))
}

/** The ticket as its rows have it, once they reach so far. @throws where they do not yet: it is asked again */
async function reached(db: World['db'], number: string, version: number): Promise<Ticket> {
  const ticket = await findTicket(db, number)
  if (!ticket || ticket.version < version) throw new Error(`the rows of ${number} do not reach event ${version} yet`)
  return ticket
}

const none: readonly string[] = []

/** The tags that follow from what the directory says of the customer: those that it names, and those by tier and for colleagues. */
async function tagsOfEntry(db: World['db'], id: string, { customerTags }: Profile): Promise<readonly string[]> {
  const entry = await entryOf(db, id)
  if (!entry) return none
  const { tier, internal } = entry
  const following = customerTags.filter((tag) => (tier !== null && tag.tiers?.includes(tier)) || (tag.internal && internal))
  return [...entry.tags, ...following.map((tag) => tag.id)]
}

function rules({ customerTags }: Profile, keys: Keys, submittedAt: Instant): TagRule[] {
  return customerTags.map(({ id, when, accounts }) => ({
    id,
    ...(when && { often: { tickets: when.complaints, types: when.types, since: plus(submittedAt, `-${when.within}`) } }),
    ...(accounts && { known: accounts.flatMap((account) => hmacs(keys, { account })) }),
  }))
}

function hmacs(keys: Keys, contact: Parameters<typeof contactKeys>[0]): string[] {
  return contactKeys(contact).flatMap((key) => contactKeyHmacs(keys, key))
}

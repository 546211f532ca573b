import type { Kysely } from 'kysely'
import { contesting } from '../../db/customers/contest.ts'
import { entryOf, listEntries, ticketsOfEntry, type Entry } from '../../db/customers/entries.ts'
import { entryLog, noteEntryAct } from '../../db/customers/log.ts'
import { accountKey, openedContact } from '../../db/customers/marks.ts'
import { eraseEntry, lockEntry } from '../../db/customers/write.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { isOnlyCustomer } from '../access/access.ts'
import { changedEntry, enteredEntry, upsertedEntry } from '../contacts/entry-writing.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import { requestKey } from '../http/headers.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import * as operations from '../operations/customers.ts'
import { entryForCustomer, entryView, type EntryView } from '../views/customers.ts'
import { reads, writes, type App } from './serving.ts'

/** The directory of customers (S4). */
export function addCustomers(app: App, context: Context): void {
  const { db, clock, keys, once, lookUp } = context
  const now = () => instantOf(clock.now().getTime())

  reads(app, operations.listCustomers, async ({ caller, query, answer }) => {
    const { limit, cursor, contact, ...filters } = query
    if (isOnlyCustomer(caller)) {
      const given = Object.entries({ ...filters, contact }).filter(([, value]) => value !== undefined)
      if (given.length > 0) throw invalidInput(given.map(([path]): InputError => ({ path, code: 'staff-only' })))
      const page = await listEntries(db, { filters: { login: caller.id }, cursor, limit })
      return answer({ items: page.items.map((entry) => viewFor(entry, caller)), next: page.next })
    }
    const sought = contact === undefined ? undefined : lookUp(contact, caller)
    const found = await listEntries(db, {
      filters: { ...filters, keys: sought && [...sought.contactKeys, accountKey(sought.text)] },
      cursor,
      limit,
    })
    sought?.found(found.items.length)
    const { organisation } = filters
    if (found.items.length === 0 && organisation !== undefined && !(await entryOf(db, organisation)))
      throw invalidInput([{ path: 'organisation', code: 'unknown-customer', params: { customer: organisation } }])
    return answer({ items: found.items.map(entryView), next: found.next })
  })

  reads(app, operations.readCustomer, async ({ caller, params, answer }) => {
    const entry = visible(await entryOf(db, params.id), caller, params.id)
    const counted = await ticketsOfEntry(db, entry.id)
    // Customers find their own tickets, and by nothing that they do not see.
    const tickets = isOnlyCustomer(caller) ? '/api/tickets' : `/api/tickets?entry=${entry.id}`
    const links = { self: `/api/customers/${entry.id}`, tickets }
    return answer({ ...viewFor(entry, caller), ...counted, links })
  })

  writes(app, operations.enterCustomer, async ({ c, caller, body, raw, stored }) => {
    const key = requestKey(c)
    const done = await once({ caller: caller.id, key, route: 'POST /api/customers', ticket: null, body: raw }, (request) =>
      contesting(() =>
        inRowsOnce(db, request, now(), async (trx) => {
          const id = await enteredEntry({ db: trx, keys }, body, { by: caller.id, at: now() })
          return { status: 201, body: entryView(await written(trx, id)) }
        }),
      ),
    )
    return stored(done)
  })

  writes(app, operations.changeCustomer, async ({ caller, params, body, answer }) => {
    const entry = await contesting(() =>
      db.transaction().execute(async (trx) => {
        await changedEntry({ db: trx, keys }, params.id, body, { by: caller.id, at: now() })
        return written(trx, params.id)
      }),
    )
    return answer(entryView(entry))
  })

  writes(app, operations.putCustomerByExternalId, async ({ caller, params, body, answer }) => {
    const { id, isNew } = await upsertedEntry({ db, keys }, { ...body, externalId: params.externalId }, { by: caller.id, at: now() })
    return answer(entryView(await written(db, id)), isNew ? 201 : 200)
  })

  writes(app, operations.revealCustomer, async ({ caller, params, body, answer }) => {
    const entry = visible(await entryOf(db, params.id), caller, params.id)
    // On record before anybody sees it.
    await noteEntryAct(db, { customer: entry.id, at: now(), by: caller.id, act: 'revealed', reason: body.reason })
    return answer({
      id: entry.id,
      contacts: entry.contacts.map((contact) => ({ part: contact.part, value: openedContact(keys, entry.id, contact) })),
    })
  })

  writes(app, operations.eraseCustomer, async ({ c, caller, params, body, raw, stored }) => {
    const key = requestKey(c)
    const route = `POST /api/customers/${params.id}/erase`
    const done = await once({ caller: caller.id, key, route, ticket: null, body: raw }, (request) =>
      inRowsOnce(db, request, now(), async (trx) => {
        if (!(await lockEntry(trx, params.id))) throw problem('unknown-customer', { customer: params.id })
        await eraseEntry(trx, params.id, now())
        await noteEntryAct(trx, { customer: params.id, at: now(), by: caller.id, act: 'erased', reason: body.reason })
        return { status: 200, body: entryView(await written(trx, params.id)) }
      }),
    )
    return stored(done)
  })

  reads(app, operations.listCustomerActs, async ({ c, params, query, answer }) => {
    if (!(await entryOf(db, params.id))) throw problem('unknown-customer', { customer: params.id })
    const { items, next } = await entryLog(db, params.id, query)
    const names = await context.namesOf(
      items.map(({ by }) => by),
      c.get('locale'),
    )
    return answer({ items: items.map(({ id, at, by, act, details }) => ({ id, at, by, act, ...details })), next, names })
  })
}

async function written(db: Kysely<Database>, id: string): Promise<Entry> {
  const entry = await entryOf(db, id)
  if (!entry) throw new Error(`the entry ${id} was written and is not there`)
  return entry
}

/** To a customer nobody else's is there. */
function visible(entry: Entry | undefined, caller: Caller, id: string): Entry {
  if (!entry || (isOnlyCustomer(caller) && entry.login !== caller.id)) throw problem('unknown-customer', { customer: id })
  return entry
}

function viewFor(entry: Entry, caller: Caller): EntryView {
  const view = entryView(entry)
  return isOnlyCustomer(caller) ? entryForCustomer(view) : view
}

import { colleagues, nobody } from '../../db/addressees.ts'
import { communications, promisesOf, processLog } from '../../db/process-log.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { withMilestones } from '../../domain/milestones.ts'
import { isCustomerOf, visible, visibleToStaff } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { policyOf } from '../../processes/ticket/policy.ts'
import { eventForCustomer, shownFields } from '../views/ticket-for-customer.ts'
import { idsInLog, logView } from '../views/log.ts'
import { idsInOutlook, outlookFor } from '../views/ticket-outlook.ts'
import { promisesFor } from '../views/ticket-customer-clocks.ts'
import * as operations from '../operations/ticket-reads.ts'
import { reads, type App } from './serving.ts'

/** What there is to read about one ticket beside the ticket itself. */
export function addTicketReads(app: App, context: Context): void {
  const { db, profileOf } = context
  const find = async (number: string, caller: Caller): Promise<Ticket> => visible(await findTicket(db, number), caller, number)

  reads(app, operations.listEvents, async ({ c, caller, params, query, answer }) => {
    const ticket = await find(params.number, caller)
    const page = await processLog(db, ticket.number, { after: query.cursor, limit: query.limit })
    const entries = page.items.map(logView)
    const shown = isCustomerOf(ticket, caller) ? shownFields(await profileOf(ticket), ticket.type) : undefined
    const items = shown ? entries.flatMap((entry) => ('seq' in entry ? eventForCustomer(entry, ticket.requester, shown) : [])) : entries
    return answer({ items, names: await context.namesOf(idsInLog(items), c.get('locale')), next: page.next })
  })

  reads(app, operations.readOutlook, async ({ c, caller, params, tagged }) => {
    const ticket = await find(params.number, caller)
    const locale = c.get('locale')
    // Whom notices reach among us, and which did not, is nothing that customers see.
    const asCustomer = isCustomerOf(ticket, caller)
    const [policy, profile, undelivered, world] = await Promise.all([
      policyOf(context, ticket),
      profileOf(ticket),
      asCustomer ? [] : context.undeliveredTo(ticket.number),
      asCustomer ? nobody : colleagues(db, instantOf(context.clock.now().getTime())),
    ])
    const view = outlookFor(ticket, { policy, profile, world, undelivered, locale, caller })
    return tagged(ticket.version, { ...view, names: await context.namesOf(idsInOutlook(view), locale) })
  })

  reads(app, operations.listContacts, async ({ c, caller, params, answer }) => {
    const ticket = visibleToStaff(await findTicket(db, params.number), caller, params.number)
    const items = (await communications(db, ticket.number)).map(({ process: _, ...line }) => line)
    return answer({
      items,
      names: await context.namesOf(
        items.map(({ by }) => by),
        c.get('locale'),
      ),
    })
  })

  reads(app, operations.listClocks, async ({ c, caller, params, answer }) => {
    const ticket = await find(params.number, caller)
    const locale = c.get('locale')
    const profile = await profileOf(ticket)
    const clocks = withMilestones(profile.clocks, ticket.state.milestones)
    const items = promisesFor(
      await promisesOf(db, ticket.number),
      { ...profile, clocks },
      { locale, asCustomer: isCustomerOf(ticket, caller) },
    )
    return answer({ items })
  })
}

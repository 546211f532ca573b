import { findProcess, headOf } from '../../db/heads.ts'
import { ticketsOfSample } from '../../db/sample-tickets.ts'
import { z } from 'zod'
import { hostOf } from '../../processes/hosting.ts'
import { sample } from '../../processes/sample/host.ts'
import { redrawn } from '../../processes/sample/redraw.ts'
import { unknownProcess, visibleToStaff } from '../access/access.ts'
import type { Context } from '../deps.ts'
import * as operations from '../operations/samples.ts'
import { sampleTicketView } from '../views/samples.ts'
import { reads, type App } from './serving.ts'

/** What was drawn and judged, beside what is told of every process. Whoever may not see the sample sees none of it. */
export function addSamples(app: App, context: Context): void {
  const { db, namesOf, profileOf, processes } = context
  const { process, desk, table } = sample
  if (!hostOf(processes, process.name)) return

  reads(app, operations.listSampleTickets, async ({ c, caller, params: { number }, answer }) => {
    const head = visibleToStaff(await headOf(db, number, process.name), caller, number, desk)
    const [tickets, profile, row] = await Promise.all([
      ticketsOfSample(db, number),
      profileOf(head),
      findProcess(db, table.name, number, ['sample']),
    ])
    const locale = c.get('locale')
    const kind = profile.samples?.find(({ id }) => id === kindSchema.parse(row).sample)
    const people = tickets.flatMap(({ by }) => by ?? [])
    return answer({ items: tickets.map((ticket) => sampleTicketView(ticket, kind, locale)), names: await namesOf(people, locale) })
  })

  reads(app, operations.redrawSample, async ({ caller, params: { number }, answer }) => {
    const head = visibleToStaff(await headOf(db, number, process.name), caller, number, desk)
    const again = await redrawn(context, head)
    if (!again) throw unknownProcess(number)
    return answer(again)
  })
}

const kindSchema = z.object({ sample: z.string() })

import { z } from 'zod'
import type { EventEntry } from '../../db/events.ts'
import type { Contact } from '../../domain/customer.ts'
import { hasCommonRoutes, type Hosting } from '../../processes/hosting.ts'
import type { EventView } from './ticket-events.ts'
import { eventForCustomer } from './ticket-for-customer.ts'

/** What a step answers. */
export interface StepView {
  readonly number: string
  readonly version: number
  readonly stage: string
  readonly events: readonly EventView[]
  readonly contact?: Contact | null
}

/** As a step's answer is stored with its request. */
const storedStep = z.object({
  number: z.string(),
  version: z.number(),
  stage: z.string(),
  events: z.array(
    z.object({
      seq: z.number(),
      type: z.string(),
      at: z.string(),
      occurredAt: z.string(),
      actor: z.string(),
      stage: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
})

/** What whoever acted is told of it, whatever its type: of the events of a ticket its customer sees what is theirs, of those of types with the common routes none. */
export function actedView(host: Hosting, acted: Acted): StepView {
  if (!hasCommonRoutes(host)) return stepView(acted)
  const seen = stepView({ ...acted, customer: null })
  return acted.customer === null ? seen : { ...seen, events: [] }
}

/** What whoever acted on a ticket is told of it. */
export function stepView({ body, customer, contact }: Acted): StepView {
  const { events, number, version, stage } = storedStep.parse(body)
  const shown = events.map(eventView)
  // Of the type's fields they gave none but those they were asked for.
  const asked = () => true
  if (customer !== null) return { number, version, stage, events: shown.flatMap((event) => eventForCustomer(event, customer, asked)) }
  return { number, version, stage, events: shown, ...(contact !== undefined && { contact }) }
}

interface Acted {
  readonly body: unknown
  /** The ticket's customer, if it was they who acted; null: it was staff. */
  readonly customer: string | null
  readonly contact?: Contact | null
}

/** An event with what it says beside what every event has. */
export function eventView({
  seq,
  type,
  at,
  occurredAt,
  actor,
  stage,
  data,
}: Pick<EventEntry, 'seq' | 'at' | 'occurredAt' | 'actor' | 'stage'> & {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}): EventView {
  return { ...data, seq, type, at, occurredAt, actor, stage }
}

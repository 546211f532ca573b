import type { NewTicket } from '../../../processes/ticket/form.ts'
import type { ProcessIntake } from '../../../db/write-intakes.ts'
import { instantOf } from '../../../domain/instant.ts'
import type { TicketEvent } from '../../../workflows/ticket/events.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import type { LivedTicket } from './lived-ticket.ts'
import type { Office } from './office.ts'
import { Queue } from './queue.ts'
import { RefusedStep, type Steps, type Telling } from './telling.ts'

/** A ticket of the history with what its registration wrote. */
export interface Life {
  readonly ticket: LivedTicket
  readonly intake: ProcessIntake<TicketState, TicketEvent, NewTicket>
}

/** One that is under way. */
export interface Told extends Life {
  readonly telling: Telling
  readonly steps: Steps
}

export interface Birth {
  /** In milliseconds since the epoch. */
  readonly at: number
  begin(): Promise<Told>
}

export interface Lived {
  readonly lives: readonly Life[]
  /** Steps that were refused, for those who tell the stories. */
  readonly refused: readonly string[]
}

/**
 * Lets the tickets live side by side up to `now`: whatever comes first happens first, an act, a deadline or an answer, so that who gets
 * a ticket depends on what everybody had in hand by then.
 */
export async function live(births: readonly Birth[], office: Office, now: number): Promise<Lived> {
  const refused: string[] = []
  const lives: Life[] = []
  const queue = new Queue<Birth | Going>()
  for (const birth of births) queue.put(birth.at, birth)
  for (let next = queue.take(now); next; next = queue.take(now)) {
    const { at, item } = next
    if ('begin' in item) {
      const told = await item.begin()
      lives.push(told)
      const going: Going = { told, wantsAt: at, noted: 0 }
      goOn(going, at, office, refused)
      queue.put(nextAt(going), going)
      continue
    }
    goOn(item, at, office, refused)
    if (!item.told.ticket.hasEnded) queue.put(nextAt(item), item)
  }
  return { lives, refused }
}

interface Going {
  readonly told: Told
  /** When its story goes on; null once it is told. */
  wantsAt: number | null
  /** Up to which event the office knows of it. */
  noted: number
}

function nextAt({ told: { ticket }, wantsAt }: Going): number {
  return Math.min(wantsAt ?? Infinity, ticket.fallsDueAt, ticket.asks[0]?.from ?? Infinity)
}

function goOn(going: Going, at: number, office: Office, refused: string[]): void {
  const { ticket, telling, steps } = going.told
  ticket.passTo(at)
  while ((ticket.asks[0]?.from ?? Infinity) <= at) {
    const asked = ticket.asks.shift()
    if (asked) ticket.answer(asked.id, office.answer(asked.ask), at)
  }
  if (going.wantsAt !== null && going.wantsAt <= at) going.wantsAt = stepped(telling, steps, at, refused)
  for (const event of ticket.events.slice(going.noted)) office.note(event)
  going.noted = ticket.events.length
}

/** Tells the next step; when the one after it comes, or null where there is none. */
function stepped(telling: Telling, steps: Steps, at: number, refused: string[]): number | null {
  telling.now = at
  try {
    const step = steps.next()
    // Two acts do not fall into the same instant.
    return step.done === true ? null : Math.max(Math.ceil(step.value), at + 1)
  } catch (error) {
    if (!(error instanceof RefusedStep)) throw error
    refused.push(`${instantOf(at)} ${error.message}`)
    return null
  }
}

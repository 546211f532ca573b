import type { Instant } from '../../../domain/instant.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import type { FoldAsked } from '../folded-figures/facts.ts'

/** Who had a ticket, and who owed a promise. */

export interface Hold {
  readonly holder: string | null
  readonly team: string
}

/** Who had the ticket when all of these events had happened. */
export function holdAfter(events: readonly RecordedTicketEvent[]): Hold {
  let hold: Hold = { holder: null, team: '' }
  for (const event of events) {
    if (event.type === 'submitted' || event.type === 'assigned') hold = { holder: event.assignee, team: event.team }
    if (event.type === 'released') hold = { ...hold, holder: null }
  }
  return hold
}

function holdAt(events: readonly RecordedTicketEvent[], instant: Instant): Hold {
  return holdAfter(events.filter(({ occurredAt }) => occurredAt <= instant))
}

/** Who owes what that clock measures: of the two places the one that is named first of what the ladder says until it is due. */
export function owedAt(events: readonly RecordedTicketEvent[], instant: Instant, clock: string, { profile }: FoldAsked): Hold {
  const hold = holdAt(events, instant)
  const ladder = profile.clocks.find(({ id }) => id === clock)?.ladder ?? []
  for (const { at, to } of ladder) {
    if (!at.startsWith('-') && !/^\+?0+%$|^\+?PT[0HMS]+$/.test(at)) continue
    for (const place of to) {
      if (place === 'handler') return hold
      if (place === 'representative') return { ...hold, holder: representativeAt(events, instant) }
    }
  }
  return hold
}

function representativeAt(events: readonly RecordedTicketEvent[], instant: Instant): string | null {
  let representative: string | null = null
  for (const event of events) {
    if (event.occurredAt > instant) continue
    if (event.type === 'submitted') representative = event.representative
    if (event.type === 'intake-reviewed' || event.type === 'diagnosed') representative ??= event.actor
    if (event.type === 'accepted') representative ??= event.assignee
    if (event.type === 'representative-changed' && event.from === representative) representative = event.to
  }
  return representative
}

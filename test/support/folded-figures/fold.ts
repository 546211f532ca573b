import { dimensions, type Dimension, type FigureKind, type Numbers, type Spread } from '../../../domain/figures/figure.ts'
import type { Classification } from '../../../workflows/ticket/events.ts'
import { known, submission, type FoldAsked, type FoldedTicket } from './facts.ts'
import { folds, type Thing } from './folds.ts'

/**
 * The figures once more, from their definitions: events folded in memory, one ticket after the other, slowly and without SQL. What the
 * statements of the product give is held against it.
 */

/** A figure of all tickets, whole and split up. */
export function foldFigure(
  { id, kind }: { readonly id: string; readonly kind: FigureKind },
  all: readonly FoldedTicket[],
  asked: FoldAsked,
  by?: Dimension,
  where: Readonly<Partial<Record<Dimension, string>>> = {},
): { readonly total: Numbers; readonly parts: Readonly<Record<string, Numbers>> } {
  const things = thingsOf(id, all, asked, where)
  const parts = new Map<string, Thing[]>()
  if (by !== undefined)
    for (const thing of things) {
      const keys = keysOf(thing, by, asked)
      for (const key of keys.length > 0 ? keys : [null]) parts.set(String(key), [...(parts.get(String(key)) ?? []), thing])
    }
  return {
    total: numbersOf(kind, things),
    parts: Object.fromEntries([...parts].map(([key, ofKey]) => [key, numbersOf(kind, ofKey)])),
  }
}

/** What a figure counts or tells apart. */
export function thingsOf(
  id: string,
  all: readonly FoldedTicket[],
  asked: FoldAsked,
  where: Readonly<Partial<Record<Dimension, string>>> = {},
): readonly Thing[] {
  const fold = folds[id]
  if (!fold) throw new Error(`nobody folds the figure ${id}`)
  const ours = all.filter(({ profile, events }) => profile === asked.profile.id && known(events, asked).length > 0)
  return fold(ours, asked).filter((thing) =>
    dimensions.every((one) => where[one] === undefined || keysOf(thing, one, asked).includes(where[one])),
  )
}

function numbersOf(kind: FigureKind, things: readonly Thing[]): Numbers {
  const marks: Record<string, number> = {}
  for (const { mark } of things) if (mark !== undefined) marks[mark] = (marks[mark] ?? 0) + 1
  const asked = things.filter(({ hit }) => hit !== undefined)
  const timed = things.flatMap(({ ms }) => (ms ? [ms] : []))
  return {
    n: { count: things.length, share: asked.length, duration: timed.length }[kind],
    hits: kind === 'share' ? asked.filter(({ hit }) => hit).length : null,
    elapsed: kind === 'duration' ? spreadOf(timed.map(({ elapsed }) => elapsed)) : null,
    worked: kind === 'duration' ? spreadOf(timed.map(({ worked }) => worked)) : null,
    marks,
  }
}

function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const low = sorted[Math.floor(place)] ?? 0
    const high = sorted[Math.ceil(place)] ?? 0
    return Math.round(low + (high - low) * (place - Math.floor(place)))
  }
  return { mean: Math.round(values.reduce((sum, value) => sum + value, 0) / values.length), median: at(0.5), p90: at(0.9) }
}

export function keysOf({ ticket, clock, criterion }: Thing, dimension: Dimension, asked: FoldAsked): readonly (string | null)[] {
  if (dimension === 'clock') return [clock ?? null]
  if (dimension === 'criterion') return [criterion ?? null]
  if (dimension === 'keyword') return ticket.keywords
  const then = known(ticket.events, asked).filter(({ occurredAt }) => occurredAt < asked.until)
  let [type, priority, team, person]: (string | null)[] = [null, null, null, null]
  let classification: Classification | undefined
  let tags: readonly string[] = []
  for (const event of then) {
    if (event.type === 'submitted') ({ ticketType: type, priority, team, assignee: person } = event)
    else if (event.type === 'reclassified') type = event.ticketType
    else if (event.type === 'assigned') ({ team, assignee: person } = event)
    else if (event.type === 'released') person = null
    else if (event.type === 'review-meeting-recorded') priority = event.priority
    else if (event.type === 'priority-change-decided' && event.approved) priority = event.priority
    else if (event.type === 'completed') classification = event.classification
    else if (event.type === 'customer-tagged') tags = event.tags.map(({ id }) => id)
  }
  switch (dimension) {
    case 'type':
      return [type ?? null]
    case 'channel':
      return [submission(ticket).channel]
    case 'priority':
      return [priority ?? null]
    case 'team':
      return [team ?? null]
    case 'person':
      return [person ?? null]
    case 'module':
      return [classification?.module ?? null]
    case 'classification':
      return [classification?.type ?? null]
    case 'cause':
      return [classification?.cause ?? null]
    case 'customer-tag':
      return tags
  }
}

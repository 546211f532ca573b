import { workingMs } from '../../../domain/calendar/working-time.ts'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import type { Span } from '../../../domain/figures/figure.ts'
import { epochMs, instantOf, type Instant } from '../../../domain/instant.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import type { RecordedSampleEvent } from '../../../workflows/sample/events.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'

/** What can be said of a ticket from its events, as far as they were known. */

/** A ticket with all that ever happened to it. */
export interface FoldedTicket {
  readonly number: string
  readonly profile: string
  readonly keywords: readonly string[]
  readonly contactKeys: readonly string[]
  readonly account: string | null
  readonly events: readonly RecordedTicketEvent[]
  /** Events of each sample that it is in; absent: it is in none. */
  readonly samples?: readonly (readonly RecordedSampleEvent[])[]
}

export interface FoldAsked extends Span {
  readonly profile: Profile
  readonly calendar: Calendar
}

export function submittedIn(tickets: readonly FoldedTicket[], asked: FoldAsked): readonly FoldedTicket[] {
  return tickets.filter((ticket) => isIn(submission(ticket).occurredAt, asked))
}

export function finishedIn(tickets: readonly FoldedTicket[], asked: FoldAsked) {
  return tickets.flatMap((ticket) => {
    const closing = known(ticket.events, asked).findLast(({ type }) => type === 'closed' || type === 'reopened')
    return closing?.type === 'closed' && isIn(closing.occurredAt, asked) ? [{ ticket, closing }] : []
  })
}

export function openAtEnd(tickets: readonly FoldedTicket[], asked: FoldAsked): readonly FoldedTicket[] {
  return tickets.filter((ticket) => {
    const stage = known(ticket.events, asked).findLast(({ occurredAt }) => occurredAt < asked.until)?.stage
    return stage !== undefined && !['follow-up', 'archived', 'withdrawn', 'merged'].includes(stage)
  })
}

export function happenedIn(ticket: FoldedTicket, asked: FoldAsked): readonly RecordedTicketEvent[] {
  return known(ticket.events, asked).filter(({ occurredAt }) => isIn(occurredAt, asked))
}

export function known(events: readonly RecordedTicketEvent[], { asOf }: Pick<Span, 'asOf'>): readonly RecordedTicketEvent[] {
  return events.filter(({ at }) => at <= asOf)
}

export function isIn(instant: Instant, { from, until }: Span): boolean {
  return instant >= from && instant < until
}

export function submission({ events }: FoldedTicket): RecordedTicketEvent<'submitted'> {
  const [first] = events
  if (first?.type !== 'submitted') throw new Error('a ticket begins with its submission')
  return first
}

export function sameClass(one: FoldedTicket, other: FoldedTicket, asked: FoldAsked): boolean {
  const [a, b] = [one, other].map(({ events }) => known(events, asked).findLast((event) => event.type === 'completed'))
  if (a?.type !== 'completed' || b?.type !== 'completed') return false
  return (['module', 'type', 'cause'] as const).every((part) => a.classification[part] === b.classification[part])
}

export function sameCustomer(one: FoldedTicket, other: FoldedTicket): boolean {
  const [a, b] = [submission(one).requester, submission(other).requester]
  return (
    one.contactKeys.some((key) => other.contactKeys.includes(key)) ||
    (one.account !== null && one.account === other.account) ||
    (a !== null && a === b)
  )
}

export function atOnce(ticket: FoldedTicket, asked: FoldAsked): boolean {
  const events = known(ticket.events, asked)
  if (!resolution(ticket, asked) || events.some(isUndoing)) return false
  const completed = events.findLast(({ type }) => type === 'completed')?.seq ?? 0
  const talks = events.filter(({ type, seq }) => type === 'contacted' && seq < completed).length
  return talks + (submission(ticket).live ? 1 : 0) <= 1
}

export function resolution(ticket: FoldedTicket, asked: FoldAsked): RecordedTicketEvent | undefined {
  const word = known(ticket.events, asked).findLast((event) => isResolution(event) || isUndoing(event))
  return word && isResolution(word) ? word : undefined
}

export function isResolution(event: RecordedTicketEvent): boolean {
  return event.type === 'resolved' || (event.type === 'confirmed' && event.outcome !== 'unsolved')
}

export function isUndoing(event: RecordedTicketEvent): boolean {
  return event.type === 'reopened' || (event.type === 'confirmed' && event.outcome === 'unsolved')
}

export function isAnswer(event: RecordedTicketEvent): boolean {
  switch (event.type) {
    case 'contacted':
      return event.direction === 'outbound'
    case 'confirmed':
      return event.live
    case 'progress-updated':
      return event.visibleToCustomer
    case 'intake-reviewed':
      return event.message !== null
    case 'waiting-started':
      return (event.asked ?? null) !== null
    default:
      return false
  }
}

interface Answer {
  readonly score: number
  readonly at: Instant
  readonly event: RecordedTicketEvent
}

export function answerOf(ticket: FoldedTicket, asked: FoldAsked): Answer | undefined {
  const events = known(ticket.events, asked).flatMap((event) =>
    (event.type === 'called-back' || event.type === 'confirmed') && event.satisfaction !== null
      ? [{ event, score: event.satisfaction }]
      : [],
  )
  const answer = events.findLast(({ event }) => event.type === 'called-back') ?? events.at(-1)
  return answer && { ...answer, at: answer.event.occurredAt }
}

export interface Turn {
  readonly from: Instant
  readonly to: Instant
  readonly waits: readonly { readonly from: Instant; readonly to: Instant }[]
}

/** Each time of working on it, from somebody's having it until the customer hears the result. */
export function turnsOf(events: readonly RecordedTicketEvent[]): readonly Turn[] {
  const turns: Turn[] = []
  let stage: string | undefined
  let from: Instant | undefined
  let waiting: Instant | undefined
  let waits: { from: Instant; to: Instant }[] = []
  for (const event of events) {
    const got = (event.type === 'submitted' || event.type === 'assigned') && event.assignee !== null
    const back = event.stage === 'handling' && (stage === 'confirmation' || stage === 'closing' || stage === 'follow-up')
    if (event.type === 'waiting-started') waiting = event.occurredAt
    if (event.type === 'waiting-ended' && waiting !== undefined) {
      waits.push({ from: waiting, to: event.occurredAt })
      waiting = undefined
    }
    if (from === undefined && (got || back)) from = event.occurredAt
    if (event.type === 'resolved' || (event.stage === 'confirmation' && stage !== 'confirmation')) {
      if (from !== undefined) turns.push({ from, to: event.occurredAt, waits })
      from = undefined
      waits = []
    }
    stage = event.stage
  }
  return turns
}

export interface Times {
  readonly elapsed: number
  readonly worked: number
}

export function sum(times: readonly Times[]): Times {
  return times.reduce((all, { elapsed, worked }) => ({ elapsed: all.elapsed + elapsed, worked: all.worked + worked }), {
    elapsed: 0,
    worked: 0,
  })
}

export function between({ calendar }: FoldAsked, from: Instant, to: Instant): Times {
  return { elapsed: Math.max(0, epochMs(to) - epochMs(from)), worked: workingMs(calendar, from, to) }
}

/** Days after the one of `from` whose working time was over by `to`. */
export function workingDaysOver({ calendar, profile }: FoldAsked, from: Instant, to: Instant): number {
  const date = dateIn(profile.zone)
  const first = date(epochMs(from))
  const ends = new Map<string, Instant>()
  // By the half hour: no span of the tests' calendars begins or ends between.
  for (let ms = Math.floor(epochMs(from) / halfHour) * halfHour; ms < epochMs(to) + day; ms += halfHour) {
    const [since, until] = [instantOf(ms), instantOf(ms + halfHour)]
    if (date(ms) > first && workingMs(calendar, since, until) > 0) ends.set(date(ms), until)
  }
  return [...ends.values()].filter((end) => end <= to).length
}

export function dateIn(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  return (ms) => format.format(ms)
}

export function hourOfWeek(instant: Instant, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' }).formatToParts(
    epochMs(instant),
  )
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('weekday').toLowerCase()}-${part('hour')}`
}

export function last(events: readonly RecordedTicketEvent[]): RecordedTicketEvent {
  const event = events.at(-1)
  if (!event) throw new Error('a ticket has at least one event')
  return event
}

export const halfHour = 1_800_000
export const day = 86_400_000

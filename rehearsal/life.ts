import { isObject } from '../domain/document/loose.ts'
import type { Contact } from '../domain/customer.ts'
import type { FieldValues } from '../domain/fields.ts'
import type { Instant } from '../domain/instant.ts'
import type { Labels, Locale } from '../domain/labels.ts'
import { withMilestones } from '../domain/milestones.ts'
import { isStillSo } from '../domain/notices/still-so.ts'
import type { Asked } from '../domain/notices/owed.ts'
import type { Policy } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { stagesOf } from '../domain/profile/stages.ts'
import { forbidden, type Rejection } from '../domain/rejection.ts'
import type { Subject } from '../processes/subject.ts'
import { isSameSet } from '../workflows/common/facts.ts'
import { concernsAnother } from '../workflows/common/other-processes.ts'
import { perform, settle, wakeAtOf } from '../workflows/engine.ts'
import { hasEnded, isForPeople, type Ask } from '../workflows/process.ts'
import { tagCustomer } from '../workflows/ticket/customer-tags.ts'
import { dispatch } from '../workflows/ticket/dispatch.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import { formChanges } from '../workflows/ticket/form-changes.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import type { Act, Imagined } from './asked.ts'
import type { Book } from './book.ts'
import { createOutbox } from './mails.ts'
import { withInstants } from './moments.ts'
import { prepared } from './prepared.ts'
import { actorOf, addresseesOf, directoryOf } from './people.ts'
import type { Happening } from './result.ts'
import { sampleOrganisation, sampleTitle, usualInput } from './usual.ts'

/**
 * The life of an imagined ticket: what the API, the workflow and the worker do with a real one, without them. It is woken at the very
 * instant at which something falls due, its asks are answered at once, and its mails go when they may.
 */
export interface Life {
  readonly state: TicketState
  readonly policy: Policy
  /** When something happened last. */
  readonly now: Instant
  readonly hasEnded: boolean
  /** More happened than anybody reads: nothing is looked at any further. */
  readonly isTooMuch: boolean
  /** When something happens next if nobody acts. */
  readonly nextAt: Instant | undefined
  register(): Promise<void>
  perform(act: TimedAct): Promise<void>
  /** Lets time pass to an instant, whatever falls due at it included or not. */
  passTo(until: Instant, when: 'before' | 'at'): Promise<void>
  timeline(): readonly Happening[]
}

/** An act with its instant, and which of the story it is. */
export interface TimedAct extends Omit<Act, 'at'> {
  readonly at: Instant
  readonly nth: number
}

/** More than anybody reads, and what a machine tells in a second or so. */
const mostHappenings = 600

export interface Living {
  readonly profile: Profile
  readonly policy: Policy
  readonly number: string
  readonly ticket: Imagined
  readonly state: TicketState
  readonly event: RecordedTicketEvent
  readonly submission: { readonly fields: Readonly<Record<string, unknown>> }
  readonly teams: readonly string[]
  readonly language: Locale
  readonly labels: Readonly<Record<string, Labels>>
  readonly book: Book
  readonly story: readonly Act[]
  /** Lets others have a turn. */
  readonly pause: () => Promise<void>
}

type Bare = Without<'mails'>
type Without<K extends string> = Happening extends infer H ? (H extends unknown ? Omit<H, K> : never) : never

export function createLife({ profile, number, ticket, event: first, teams, language, labels, book, story, pause, ...born }: Living): Life {
  let { state, policy } = born
  const { fields } = born.submission
  let now = state.submittedAt
  const happened: Bare[] = []
  const log: RecordedTicketEvent[] = []
  /** What stands in the form. */
  let filled: FieldValues = formOf(fields)
  /** Acts of the story to come, by which the world may be answered instead of by the imagined team. */
  let done = 0
  const directory = directoryOf(teams)
  const contact: Contact =
    ticket.reach === 'email' ? { phone: '13800005678', email: 'customer@example.com' } : { phone: '13800005678', email: null }
  const outbox = createOutbox({
    number,
    profile: { ...profile, language },
    everybody: addresseesOf(teams, { profile, language, labels }),
    contact,
    subject: () => subjectOf(state),
    asked: () => askedIn(log),
  })

  return {
    get state() {
      return state
    },
    get policy() {
      return policy
    },
    get now() {
      return now
    },
    get hasEnded() {
      return hasEnded(ticketProcess, state)
    },
    get isTooMuch() {
      return isTooMuch()
    },
    get nextAt() {
      return nextAt()
    },
    async register() {
      await take({ kind: 'registered', by: ticket.by, at: now, events: [first] })
      await ask(ticketProcess.asks(null, state, policy))
    },
    async perform({ by, do: name, with: said, at, nth }) {
      now = at
      done = nth + 1
      const given = withInstants(said, profile.zone)
      const { fields: samples, ...usual } = usualInput(name, { state, policy, language, given, at })
      const fieldsFilled = isObject(samples) ? Object.keys(samples) : []
      const acted = { by, command: name, nth, filled: [...Object.keys(usual).filter((key) => !(key in given)), ...fieldsFilled] }
      const form = isObject(given['fields']) || fieldsFilled.length === 0 ? given['fields'] : {}
      const performed = attempt(by, name, {
        ...{ ...usual, ...given },
        ...(isObject(form) && isObject(samples) && { fields: { ...samples, ...form } }),
      })
      if (!performed.ok) happened.push({ kind: 'refused', ...acted, at, rejection: performed.rejection })
      else {
        state = performed.state
        await take({ kind: 'act', ...acted, at, events: performed.events })
      }
    },
    async passTo(until, when) {
      for (let next = nextAt(); next !== undefined && (next < until || (when === 'at' && next === until)); next = nextAt()) {
        if (isTooMuch()) return
        now = next
        const settled = settle(ticketProcess, state, policy, next, 'at')
        if (settled.events.length > 0) {
          state = settled.state
          await take({ kind: 'time', at: next, events: settled.events })
        }
        await outbox.send(next)
      }
    },
    timeline: () =>
      happened.map((one): Happening => (one.kind === 'refused' ? one : { ...one, mails: one.events.flatMap(({ seq }) => outbox.of(seq)) })),
  }

  function isTooMuch(): boolean {
    return happened.length >= mostHappenings || outbox.isFull
  }

  function nextAt(): Instant | undefined {
    const due = hasEnded(ticketProcess, state) ? null : wakeAtOf(ticketProcess, state, policy)
    return [due, outbox.nextAt()].filter((at) => at !== null && at !== undefined).toSorted()[0]
  }

  /** What was decided becomes known: to the book, to those who are to hear of it, and to the world that is asked. */
  async function take(one: Exclude<Without<'mails' | 'stage'>, { readonly kind: 'refused' }>): Promise<void> {
    const { events } = one
    happened.push({ ...one, stage: state.stage })
    log.push(...events)
    filled = events.reduce<FieldValues>((before, event) => formOf({ ...before, ...formChanges(event) }), filled)
    policy = events.reduce<Policy>((before, event) => ticketProcess.amend(before, event), policy)
    book.note(events, 'command' in one ? one.command : null)
    if (events.some(({ type }) => type === 'priority-change-decided' || type === 'review-meeting-recorded')) await outbox.reconsider(now)
    for (const event of events) {
      for (const notice of ticketNotices(event, state)) await outbox.add(event.seq, notice, now)
      await pause()
    }
    if (one.kind !== 'registered') await ask(events.flatMap((event) => ticketProcess.asks(event, state, policy)))
  }

  /** Answered by the story where it has an act for it, else by the imagined team, at once. */
  async function ask(asks: readonly Ask[]): Promise<void> {
    for (const one of asks.filter((asked) => !concernsAnother(asked))) {
      const name = one.kind === dispatch.name ? dispatch.name : tagCustomer.name
      if (story.slice(done).some((act) => act.do === name)) continue
      if (name === tagCustomer.name && isSameSet(state.customerTags ?? [], ticket.tags)) continue
      const input = name === tagCustomer.name ? { tags: ticket.tags } : usualInput(name, { state, policy, language, given: {}, at: now })
      const performed = attempt('system', name, input)
      if (!performed.ok) continue
      state = performed.state
      await take({ kind: 'answered', command: name, at: now, events: performed.events })
    }
  }

  function attempt(by: Act['by'], name: Act['do'], input: Readonly<Record<string, unknown>>) {
    const command = ticketProcess.commands.find((one) => one.name === name)
    if (!command) throw new Error(`there is no command ${name}`)
    const refusal = (rejection: Rejection) => ({ ok: false as const, rejection })
    // Of what people do the product does nothing by itself.
    if (by === 'system' && isForPeople(command)) return refusal(forbidden('wrong-role', { command: name, roles: Object.keys(command.may) }))
    const act = { requestId: `act-${log.length}`, actor: actorOf(by, state, teams), at: now, directory }
    return perform(ticketProcess, command, state, policy, act, prepared(name, input, { profile, fields, log }))
  }

  function subjectOf(of: TicketState): Subject {
    return {
      ...{ profile: profile.id, profileVersion: profile.version, number, title: ticket.title ?? sampleTitle[language] },
      ...{ customerName: names[language], customerCompany: sampleOrganisation[language], customerAccount: null },
      contactMasked: { phone: '138****5678', email: contact.email === null ? null : 'c***@example.com' },
      ...{ type: of.type, priority: of.priority, channel: of.channel, stage: of.stage, assignee: of.assignee },
      ...{ representative: of.representative, requester: of.requester, team: of.team, promises: of.promises },
      fields: filled,
      ...(of.language && { language: of.language }),
      words: ticketProcess,
      stagesIn: stagesOf,
      clocksIn: ({ clocks }) => withMilestones(clocks, of.milestones),
      contact: null,
      isStillSo: (kind, notice, at) => isStillSo(kind, notice, of, at),
    }
  }
}

/** Without what is not filled in, or is no longer. */
function formOf(values: Readonly<Record<string, unknown>>): FieldValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[id, value]] : [],
    ),
  )
}

const names: Labels = { 'zh-CN': '演练客户', 'zh-TW': '演練客戶', en: 'Rehearsal customer' }

/** What the customer was last asked for, as delivery finds it in the log. */
function askedIn(log: readonly RecordedTicketEvent[]): Asked {
  for (const event of log.toReversed()) {
    if (event.type === 'intake-reviewed') return { missing: event.missing, message: event.message }
    if (event.type === 'waiting-started' && event.asked !== undefined) return { missing: [], message: event.asked }
  }
  return { missing: [], message: null }
}

import type { z } from 'zod'
import { durationText } from '../../domain/duration-text.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { said } from '../../domain/labels.ts'
import { noticeLabel } from '../../domain/notices/custom.ts'
import { own } from '../../domain/own.ts'
import { rolesOf } from '../../domain/profile/roles.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { stagesOf } from '../../domain/profile/stages.ts'
import type { Rejection } from '../../domain/rejection.ts'
import { stageLabel } from '../../domain/stages.ts'
import { ticketDeadlines } from '../../domain/ticket-deadlines.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { placeLabel, places } from '../../rehearsal/asked.ts'
import { placeOf } from '../../rehearsal/people.ts'
import type { Happening, Rehearsal, RehearsedMail, RehearsedPromise, Stopping } from '../../rehearsal/result.ts'
import type { Notice } from '../../workflows/process.ts'
import type { EventType, RecordedTicketEvent } from '../../workflows/ticket/events.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { fieldText, problemText, type Speech } from '../messages/render.ts'
import { termsOf, wordsOf } from '../problems/words.ts'
import { clockLabel } from './promise.ts'
import type { rehearsalSchema } from './rehearsal-schemas.ts'

/** A rehearsal in words: as the API answers it, and the terminal shows it. */

export type RehearsalView = Unchanging<z.input<typeof rehearsalSchema>>

interface Told {
  readonly profile: Profile
  readonly locale: Locale
  /** What teams are called, where that is known. */
  readonly teams?: Readonly<Record<string, Labels>> | undefined
}

export function rehearsalView({ ticket, zone, language, timeline, promises, end }: Rehearsal, told: Told): RehearsalView {
  const { profile, locale } = told
  return {
    number: ticket.number,
    profile: ticket.profile.id,
    version: ticket.profile.version,
    type: termIn(profile.types, ticket.type, locale),
    priority: termIn(profile.priorities, ticket.priority, locale),
    channel: termIn(profile.channels, ticket.channel, locale),
    team: own(told.teams ?? {}, ticket.team)?.[locale] ?? ticket.team,
    registeredAt: ticket.registeredAt,
    filled: ticket.filled,
    zone,
    language,
    timeline: timeline.map((happening) => happeningView(happening, told)),
    promises: promises.map((promise) => promiseView(promise, told)),
    end: {
      ...end,
      stage: stageView(end.stage, told),
      steps: end.steps.map((command) => commandTerm(command, locale)),
    },
  }
}

type HappeningView = RehearsalView['timeline'][number]

function happeningView(one: Happening, told: Told): HappeningView {
  const { locale } = told
  const by = 'by' in one ? { id: one.by, label: placeLabel(told.profile, one.by)[locale] } : null
  const command = 'command' in one ? commandTerm(one.command, locale) : null
  const acted = { at: one.at, kind: one.kind, by, command, act: 'nth' in one ? one.nth : null, filled: 'filled' in one ? one.filled : [] }
  if (one.kind === 'refused') return { ...acted, stage: null, events: [], mails: [], refusal: refusalView(one.rejection, told) }
  return {
    ...acted,
    stage: stageView(one.stage, told),
    events: one.events.map((event) => eventView(event, one.kind === 'time', told)),
    mails: one.mails.map((mail) => mailView(mail, told)),
    refusal: null,
  }
}

function eventView(event: RecordedTicketEvent, byItself: boolean, told: Told): HappeningView['events'][number] {
  const clock = 'clock' in event ? { id: event.clock, label: clockName(event.clock, told) } : null
  const isLevel = event.type === 'level-reached'
  return {
    seq: event.seq,
    type: event.type,
    label: labelled(event, byItself, told),
    clock,
    level: isLevel ? event.level : null,
    warning: isLevel ? event.warning : null,
    to: isLevel ? event.to.map((recipient) => recipientLabel(recipient, told)) : [],
  }
}

/** What stands in a line of its own: a rung, what time did, and which act of the organisation's own it is. */
function labelled(event: RecordedTicketEvent, byItself: boolean, { profile, locale }: Told): string | null {
  if (event.type === 'level-reached') return noticeLabel(profile, event.notice)[locale]
  if (event.type === 'act-recorded') return event.label[locale]
  const isNews = byItself || event.type === 'promise-broken' || event.type === 'promise-lapsed'
  return isNews ? (own<Labels>(byTime, event.type)?.[locale] ?? null) : null
}

/** What happens by itself. */
const byTime: Partial<Readonly<Record<EventType, Labels>>> = {
  'promise-broken': said('超时', '逾時', 'Broken'),
  'promise-lapsed': said('到期未答复', '到期未回覆', 'Lapsed without an answer'),
  'waiting-ended': said('等待结束', '等待結束', 'The waiting ends'),
  closed: said('自动结案', '自動結案', 'Closed'),
  archived: said('已归档', '已歸檔', 'Archived'),
}

function mailView({ recipient, reached, params: _, ...mail }: RehearsedMail, told: Told): HappeningView['mails'][number] {
  const { locale } = told
  return {
    ...mail,
    label: noticeLabel(told.profile, mail.kind)[locale],
    recipient: { ...recipient, label: recipientLabel(recipient, told) },
    reached,
    reachedLabels: reached.map((place) => placeLabel(told.profile, place)[locale]),
  }
}

/** For whom a notice is meant: a place, a team, or the customer. */
function recipientLabel(recipient: Notice['recipient'], { locale, profile, teams = {} }: Told): string {
  switch (recipient.kind) {
    case 'customer':
      return placeLabel(profile, 'customer')[locale]
    case 'role':
      return rolesOf(profile)[recipient.role][locale]
    case 'team':
      return `${rolesOf(profile).team[locale]} ${own(teams, recipient.id)?.[locale] ?? recipient.id}`
    case 'person': {
      const place = placeOf(recipient.id)
      return place === undefined ? recipient.id : placeLabel(profile, place)[locale]
    }
  }
}

function promiseView(promise: RehearsedPromise, told: Told): RehearsalView['promises'][number] {
  const { clock, within, timeBase, stoppedBy } = promise
  return {
    ...promise,
    clock: { id: clock, label: clockName(clock, told) },
    withinLabel: within === null ? null : durationText(within, timeBase, told.locale),
    stoppedBy: stoppedBy.map((one) => stoppingTerm(one, told)),
  }
}

function refusalView({ code, params = {}, errors = [] }: Rejection, told: Told): HappeningView['refusal'] {
  const speech = speechOf(told)
  return {
    code,
    ...problemText(code, params, speech),
    errors: errors.map((error) => ({ path: error.path, message: fieldText(error, speech) })),
  }
}

/** In which refusals are told, as the API tells them about a ticket by the profile. */
export function speechOf({ profile, locale, teams = {} }: Told): Speech {
  const people = Object.fromEntries(places.map((place) => [place, placeLabel(profile, place)]))
  const named = Object.entries({ ...teams, ...people }).map(([id, labels]) => [id, labels[locale]] as const)
  return {
    locale,
    zone: profile.zone,
    process: ticketProcess.labels[locale],
    anyProcess: ticketProcess.labels[locale],
    names: Object.fromEntries(named),
    terms: termsOf(profile, { stages: stagesOf(profile), toCustomer: false }),
    ...wordsOf(ticketProcess),
  }
}

function clockName(clock: string, { profile, locale }: Told): string {
  return clockLabel(clock, [...ticketDeadlines, ...profile.clocks], locale)
}

function commandTerm(name: string, locale: Locale): { readonly id: string; readonly label: string } {
  return { id: name, label: ticketProcess.commands.find((command) => command.name === name)?.labels[locale] ?? name }
}

/** An act of the organisation's own by what it is called. */
function stoppingTerm({ command, act }: Stopping, { profile, locale }: Told): { readonly id: string; readonly label: string } {
  const own = act === null ? undefined : profile.acts?.find(({ id }) => id === act)
  return own ? { id: command, label: own.label[locale] } : commandTerm(command, locale)
}

function termIn(list: readonly { readonly id: string; readonly label: Labels }[], id: string, locale: Locale) {
  return { id, label: list.find((one) => one.id === id)?.label[locale] ?? id }
}

function stageView(id: Stage, { profile, locale }: Told): RehearsalView['end']['stage'] {
  return { id, label: stageLabel(stagesOf(profile), id, locale) }
}

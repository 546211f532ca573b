import type { Calendar } from '../calendar/schema.ts'
import { century } from '../instant.ts'
import type { Labels, Locale } from '../labels.ts'
import { choiceError, type FieldError } from '../rejection.ts'
import type { ProfileAct } from './acts.ts'
import type { Clock, Rung, Targets } from './clocks.ts'
import { fieldsNamedIn, isLanguageNamedIn, type Condition, type Rule } from './conditions.ts'
import type { NotificationRule } from './notification-rules.ts'
import type { Routing } from './routing.ts'
import { leftOutBy, type OptionalStage } from './stages.ts'
import type { Profile, ProfilePriority } from './schema.ts'
import { own } from '../own.ts'

/**
 * What a running ticket needs of its profile: the part that concerns its type, resolved once at intake and carried by
 * its workflow, so that a ticket keeps the version it began with (X1). No labels of other types, no documents.
 */
export interface Policy extends Pick<Routing, 'routing'> {
  readonly profile: { readonly id: string; readonly version: number }
  readonly zone: string
  /** In which the labels here are, for people who look at the workflow. */
  readonly language: Locale
  readonly type: Labelled & { readonly team?: string; readonly fields: Profile['types'][number]['fields'] }
  readonly priorities: readonly (Labelled & Pick<ProfilePriority, 'timeBase' | 'reviewMeeting'>)[]
  readonly channels: readonly string[]
  /** Channels by which people speak with each other at once. */
  readonly liveChannels: readonly string[]
  readonly waitingFor: readonly Labelled[]
  readonly planKinds: readonly Term[]
  readonly classification: {
    readonly closed: boolean
    readonly modules: readonly Term[]
    readonly types: readonly Term[]
    readonly causes: readonly Term[]
    readonly emptyWords: readonly string[]
  }
  readonly planBeforeCompletion: Profile['planBeforeCompletion']
  /** Whether a plan must state its impact on the customer (R7); absent: it may. */
  readonly planImpact?: Rule
  /** Whether tickets pass `closing`; absent: they do, unless `leftOut` says otherwise. */
  readonly closingReport?: Rule
  readonly clocks: readonly PolicyClock[]
  /** The clock that says until when a ticket is to be solved; null: the profile names none. Absent: it began before profiles could. */
  readonly deadline?: string | null
  /** The working calendar, from the day of submission on. */
  readonly calendar: PolicyCalendar
  readonly callback: Profile['callback']
  readonly deferral: Profile['deferral']
  readonly urging: Profile['urging']
  /** When handed-off tickets are told; absent: never. */
  readonly handedOff?: Profile['handedOff']
  readonly reopeningWindow: string
  /** How far ahead an instant may be set; absent: as far as one likes, and in any year. */
  readonly furthest?: string
  /**
   * How promises are reckoned (ADR 38): 3, as things happened, and what an act ends goes by what was promised before it; 2, as things
   * happened; absent: by the first reckoning. Older tickets go on by the one under which they began.
   */
  readonly reckoning?: 2 | 3
  /** Where a new ticket begins; absent: where `leftOut` says. */
  readonly begins?: 'triage' | 'assignment'
  /** When tickets pass over stages (X11); of one that is not there, `begins` and `closingReport` say so. */
  readonly leftOut?: Readonly<Partial<Record<OptionalStage, Rule>>>
  /** What stages, roles and places are called, by their ids, in its language; of those that are not there the product's word holds. */
  readonly words?: PolicyWords
  /** Skills wanted of the one who is chosen (S7); absent: people assign and claim. */
  readonly dispatch?: { readonly skills: readonly string[] }
  /** Ids of fields of the type that conditions name or make required (X10) or clocks count from (X11), whose values the state keeps; absent: none. */
  readonly factFields?: readonly string[]
  /** Languages that the profile speaks (X9); absent: all. */
  readonly languages?: readonly Locale[]
  /** Whether conditions name the customer's language, which the state then keeps though it is the usual one; absent: none does. */
  readonly factLanguage?: true
  /** Acts of the organisation's own (X11); absent: none. */
  readonly acts?: readonly ProfileAct[]
  /** Who gets which notice at which moment (X10); absent: the usual ones are all. */
  readonly notificationRules?: readonly NotificationRule[]
  /** What the profile's own kinds of notices are called; absent: it has none. */
  readonly customNotices?: readonly Labelled[]
  /** The tags a customer can have (S4); absent: none. Their rules are looked up in the profile: a list of accounts is nothing for histories. */
  readonly customerTags?: readonly { readonly id: string; readonly label: Labels }[]
}

/** A clock as tickets of one type have it. */
export interface PolicyClock extends Labelled, Pick<Clock, 'starts' | 'stops' | 'cancels' | 'pauses' | 'whenDue' | 'from'> {
  /** By priority; a priority that is not there has no such promise. */
  readonly within: Readonly<Record<string, string>> | null
  readonly timeBase: Clock['timeBase'] | null
  readonly priorities: readonly string[] | null
  /** Which tickets it concerns; absent: all. */
  readonly when?: Condition
  /** Targets of some tickets, by priority; the first whose condition is so counts. Absent: there are none. */
  readonly exceptions?: readonly PolicyException[]
  readonly ladder: readonly Rung[]
}

interface PolicyException {
  readonly when: Condition
  readonly within: Readonly<Record<string, string>>
  /** Absent: as for the clock. */
  readonly timeBase?: Clock['timeBase']
}

/** What an organisation calls what every profile has, in the language of its profile. */
export interface PolicyWords {
  readonly stages?: Readonly<Record<string, string>>
  readonly roles?: Readonly<Record<string, string>>
}

/** Something the profile names, in the profile's language. */
export interface Labelled {
  readonly id: string
  readonly label: string
}

/** A calendar in one of its versions. */
export interface PolicyCalendar {
  readonly version: number
  readonly calendar: Calendar
}

/** The priority of that id; undefined when the profile has no such one. */
export function priorityOf(policy: Pick<Policy, 'priorities'>, id: string): Policy['priorities'][number] | undefined {
  return policy.priorities.find((priority) => priority.id === id)
}

/** What is wrong with a priority that the profile does not have; undefined when it has it. */
export function priorityError(
  { priorities }: { readonly priorities: readonly { readonly id: string }[] },
  given: string,
): FieldError | undefined {
  return choiceError('priority', given, ids(priorities))
}

/** A listed word, with the labels by which people also write it. */
export interface Term {
  readonly id: string
  readonly labels: readonly string[]
}

/** What of a policy is a type's own: all that changes when a ticket turns out to be of another one. */
export interface TypeTerms extends Pick<Policy, 'type' | 'factFields' | 'dispatch'> {
  /** Targets by the clock's id and the priority. */
  readonly within: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Ids of the fields on which it depends what becomes of a ticket: those that conditions name and clocks count from. What is asked for is another matter. */
export function decidingFields(profile: Profile): readonly string[] {
  const counted = profile.clocks.flatMap(({ from }) => (from && from.act === undefined ? [from.field] : []))
  return [...fieldsNamedIn(rulesOf(profile)), ...counted]
}

/** The terms of one type; undefined when the profile has no such type. */
export function termsOfType(profile: Profile, typeId: string): TypeTerms | undefined {
  const type = profile.types.find((candidate) => candidate.id === typeId)
  if (!type) return undefined
  const priorities = ids(profile.priorities)
  const asked = type.fields.filter(({ requiredWhen }) => requiredWhen !== undefined)
  const named = [...decidingFields(profile), ...fieldsNamedIn(asked.map(({ requiredWhen }) => requiredWhen)), ...ids(asked)]
  const factFields = ids(type.fields).filter((field) => named.includes(field))
  const targets = profile.clocks.flatMap(({ id, within }): [string, Record<string, string>][] =>
    within === undefined ? [] : [[id, { ...byPriority(within, priorities), ...byPriority(own(type.targets, id), priorities) }]],
  )
  return {
    type: { ...labelled(type, profile.language), ...(type.team !== undefined && { team: type.team }), fields: type.fields },
    within: Object.fromEntries(targets),
    ...(factFields.length > 0 && { factFields }),
    ...(profile.dispatch.mode === 'automatic' && { dispatch: { skills: type.skills } }),
  }
}

/** The policy with the terms of a type. */
export function withTermsOf({ factFields: _, dispatch: __, ...policy }: Omit<Policy, 'type'>, { within, ...terms }: TypeTerms): Policy {
  const clocks = policy.clocks.map((clock) => ({ ...clock, within: clock.within && (own(within, clock.id) ?? clock.within) }))
  return { ...policy, ...terms, clocks }
}

/** The policy for tickets of one type, by the profile's calendar; undefined when the profile has no such type. */
export function policyFor(profile: Profile, typeId: string, calendar: PolicyCalendar): Policy | undefined {
  const terms = termsOfType(profile, typeId)
  if (!terms) return undefined
  const { language, notificationRules: rules = [], customNotices = [] } = profile
  const leftOut = leftOutBy(profile)
  const ofEveryType: Omit<Policy, 'type'> = {
    profile: { id: profile.id, version: profile.version },
    zone: profile.zone,
    language,
    ...(profile.languages && { languages: profile.languages }),
    ...(isLanguageNamedIn([...rulesOf(profile), ...questionsOf(profile)]) && { factLanguage: true as const }),
    priorities: profile.priorities.map((priority) => {
      const { timeBase, reviewMeeting } = priority
      return { ...labelled(priority, language), timeBase, reviewMeeting }
    }),
    channels: ids(profile.channels),
    liveChannels: ids(profile.channels.filter(({ live }) => live)),
    waitingFor: profile.waitingFor.map((what) => labelled(what, language)),
    planKinds: wordsOf(profile.planKinds),
    classification: {
      closed: profile.classification.closed,
      modules: wordsOf(profile.classification.modules),
      types: wordsOf(profile.types),
      causes: wordsOf(profile.classification.causes),
      emptyWords: profile.classification.emptyWords,
    },
    planBeforeCompletion: profile.planBeforeCompletion,
    ...(profile.planImpact !== undefined && { planImpact: profile.planImpact }),
    ...(profile.closingReport !== undefined && { closingReport: profile.closingReport }),
    clocks: profile.clocks.map((clock) => policyClock(clock, ids(profile.priorities), language)),
    deadline: profile.deadline ?? null,
    calendar,
    callback: profile.callback,
    deferral: profile.deferral,
    urging: profile.urging,
    ...(profile.handedOff && { handedOff: profile.handedOff }),
    reopeningWindow: profile.reopeningWindow,
    furthest: century,
    reckoning: 3,
    ...(profile.begins !== undefined && profile.begins !== 'intake' && { begins: profile.begins }),
    ...(leftOut && { leftOut }),
    ...wordsIn(profile),
    ...(profile.routing && { routing: profile.routing }),
    ...(profile.acts && profile.acts.length > 0 && { acts: profile.acts }),
    ...(rules.length > 0 && { notificationRules: rules }),
    ...(customNotices.length > 0 && { customNotices: customNotices.map((notice) => labelled(notice, language)) }),
    ...(profile.customerTags.length > 0 && { customerTags: profile.customerTags.map(({ id, label }) => ({ id, label })) }),
  }
  return withTermsOf(ofEveryType, terms)
}

/** All conditions on which what becomes of a ticket depends once it is registered. */
function rulesOf({
  clocks,
  priorities,
  planImpact,
  closingReport,
  stages = [],
  routing = [],
  notificationRules = [],
}: Profile): (Rule | undefined)[] {
  return [
    ...clocks.flatMap(({ when, exceptions = [], ladder }) => [when, ...[...exceptions, ...ladder].map((one) => one.when)]),
    ...priorities.map(({ reviewMeeting }) => reviewMeeting),
    planImpact,
    closingReport,
    ...stages.map(({ leftOut }) => leftOut),
    ...routing.map(({ when }) => when),
    ...notificationRules.map(({ when }) => when),
  ]
}

/** The conditions under which fields are required. */
function questionsOf({ types, acts = [] }: Profile): (Rule | undefined)[] {
  return [...types, ...acts].flatMap(({ fields }) => fields.map(({ requiredWhen }) => requiredWhen))
}

function wordsIn({ stages = [], roles = [], language }: Profile): Pick<Policy, 'words'> {
  const called = stages.flatMap(({ id, label }) => (label ? [{ id, label }] : []))
  const named = (list: readonly { readonly id: string; readonly label: Labels }[]) =>
    Object.fromEntries(list.map(({ id, label }) => [id, label[language]]))
  const words = { ...(called.length > 0 && { stages: named(called) }), ...(roles.length > 0 && { roles: named(roles) }) }
  return Object.keys(words).length === 0 ? {} : { words }
}

function policyClock(clock: Clock, priorities: readonly string[], language: Locale): PolicyClock {
  const { starts, stops, cancels, pauses, whenDue, ladder, when, exceptions, from } = clock
  return {
    ...labelled(clock, language),
    starts,
    stops,
    cancels,
    pauses,
    whenDue,
    ladder,
    within: clock.within === undefined ? null : byPriority(clock.within, priorities),
    timeBase: clock.timeBase ?? null,
    priorities: clock.priorities ?? null,
    ...(when && { when }),
    ...(from && { from }),
    ...(exceptions && {
      exceptions: exceptions.map(({ when: of, within, timeBase }) => ({
        when: of,
        within: byPriority(within, priorities),
        ...(timeBase && { timeBase }),
      })),
    }),
  }
}

function byPriority(targets: Targets | undefined, priorities: readonly string[]): Record<string, string> {
  if (targets === undefined) return {}
  return typeof targets === 'string' ? Object.fromEntries(priorities.map((priority) => [priority, targets])) : targets
}

function labelled({ id, label }: { readonly id: string; readonly label: Labels }, language: Locale): Labelled {
  return { id, label: label[language] }
}

function wordsOf(list: readonly { readonly id: string; readonly label: Readonly<Record<string, string>> }[]): Term[] {
  return list.map(({ id, label }) => ({ id, labels: [...new Set(Object.values(label))] }))
}

function ids(list: readonly { readonly id: string }[]): string[] {
  return list.map((item) => item.id)
}

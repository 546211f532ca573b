import { DateTime } from 'luxon'
import { durationText } from '../duration-text.ts'
import type { Instant } from '../instant.ts'
import { interventionCauseLabels } from '../interventions.ts'
import { labelsSchema, type Labels, type Locale } from '../labels.ts'
import { momentText, zoneText } from '../moment-text.ts'
import { deadlineClocks } from '../profile/deadline.ts'
import type { Profile, ProfileField } from '../profile/schema.ts'
import { fill, type Filling } from '../template.ts'
import { rolesOf } from '../profile/roles.ts'
import type { FieldValues } from '../fields.ts'
import type { ClockWords, NoticeSubject } from './subject-values.ts'
import { customNoticeIn, isCustomKind, type AnyNoticeKind } from './custom.ts'
import { fieldsInWords } from './field-values.ts'
import type { Template } from './template.ts'
import type { NoticeKindDefinition, ValueKind } from './definition.ts'
import { ladderRoles } from '../people.ts'
import { effectLabels } from '../reviews/effect.ts'
import { withoutStop } from '../text.ts'
import { own } from '../own.ts'
import { fillWithout } from './without.ts'

/** What the process said when it asked for a notice: instants in UTC, durations in ISO 8601, ids. */
export type NoticeParams = Readonly<Record<string, string | number | boolean>>

/** For whom, and of whose world, the values are told. */
export interface Wording {
  readonly language: Locale
  /** The profile's zone. */
  readonly zone: string
  /** The profile's priorities, and the clocks, by whose labels they are told. */
  readonly priorities: readonly Labelled[]
  readonly clocks: readonly ClockWords[]
  /** Ids of the clocks that say until when a ticket is to be solved, and so can be put off. */
  readonly deadlines: readonly string[]
  /** What the process type is called. */
  readonly process: Labels
  /** Fields of its type in the profile, by whose labels what is missing is told, and what stands in them as a mail may hold it. */
  readonly fields: readonly ProfileField[]
  readonly values: FieldValues
  /** What roles and places are called. */
  readonly roles: Readonly<Record<string, Labels>>
  /** Names of people and teams by id. */
  readonly names: Readonly<Record<string, string>>
  /** When it is told: the year of an instant is said where it is another one. */
  readonly now: Instant
}

interface Labelled {
  readonly id: string
  readonly label: Labels
}

/** What is true of what it tells of, in the language of {@link Wording}, by the names of `commonPlaceholders`. */
export type SubjectValues = Filling

export interface Message {
  /** One line. */
  readonly subject: string
  readonly text: string
}

/** The words of a profile for such a subject, in a language. */
export function wordingOf(
  profile: Profile,
  {
    subject,
    language,
    names,
    now,
    values,
  }: Pick<Wording, 'language' | 'names' | 'now' | 'values'> & { readonly subject: Pick<NoticeSubject, 'type' | 'words' | 'clocksIn'> },
): Wording {
  const { type, words, clocksIn } = subject
  const { zone, priorities, clocks, types, deadline } = profile
  return {
    language,
    zone,
    priorities,
    clocks: [...(words.clocks ?? []), ...(clocksIn?.(profile) ?? clocks)],
    deadlines: deadlineClocks({ deadline, clocks }),
    process: words.labels,
    fields: fieldsOf(types, type),
    values,
    roles: rolesOf(profile),
    names,
    now,
  }
}

/** The form of a type; none where there is no such type. */
export function fieldsOf(types: Profile['types'], type: string | null): readonly ProfileField[] {
  return types.find(({ id }) => id === type)?.fields ?? []
}

/** What the profile says with that kind; undefined where it says nothing, as one from before there were templates. */
export function templateOf(profile: Profile, kind: AnyNoticeKind): Template | undefined {
  if (isCustomKind(kind)) return customNoticeIn(profile, kind)
  return own<Template>(profile.notices, kind)
}

/** The notice in words. What is not there leaves no gap: neither half a sentence nor an empty line too many. */
export function renderNotice(
  { params: placeholders, audience }: Pick<NoticeKindDefinition, 'params' | 'audience'>,
  template: Template,
  params: NoticeParams,
  values: SubjectValues,
  wording: Wording,
): Message {
  const { language } = wording
  const said = (part: 'subject' | 'text') => {
    const filling = {
      ...values,
      ...(part === 'subject' && short(values)),
      ...paramsInWords(placeholders, params, wording, part),
      ...fieldsInWords({ ...wording, audience, part }),
    }
    return fillWithout(template[part][language], filling, { language, reader: audience })
  }
  return { subject: shortened(said('subject').replaceAll(/\s+/gu, ' ').trim()), text: tidy(said('text')) }
}

/** Text without trailing blanks, and with one empty line where several would follow each other. */
export function tidy(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
}

/** How exactly an instant is told. */
export type Precision = keyof typeof clockFaces
const clockFaces = { minute: 'HH:mm', second: 'HH:mm:ss', millisecond: 'HH:mm:ss.SSS' } as const

/** `2023-10-01 14:30` on the clocks of the zone. */
export function instantInWords(instant: string, zone: string, precision: Precision = 'minute'): string {
  const local = DateTime.fromISO(instant, { zone })
  return local.isValid ? local.toFormat(`yyyy-MM-dd ${clockFaces[precision]}`) : instant
}

function paramsInWords(
  placeholders: NoticeKindDefinition['params'],
  params: NoticeParams,
  wording: Wording,
  part: 'subject' | 'text',
): Filling {
  return Object.fromEntries(
    Object.entries(placeholders).map(([name, placeholder]) => {
      const value = own(params, own(saidOf, placeholder.kind) ?? name)
      return [name, value === undefined || value === '' ? undefined : inWords(placeholder.kind, value, params, wording, part)]
    }),
  )
}

/** What is said of another parameter than its own. */
const saidOf: Partial<Readonly<Record<ValueKind, string>>> = {
  consequence: 'clock',
  'advice-ahead': 'clock',
  'advice-after': 'clock',
  escalation: 'level',
}

function inWords(
  kind: ValueKind,
  value: string | number | boolean,
  params: NoticeParams,
  wording: Wording,
  part: 'subject' | 'text',
): string | undefined {
  const { language, zone, names, priorities, clocks, deadlines, process, fields, roles, now } = wording
  const text = String(value)
  switch (kind) {
    case 'text':
    case 'number':
      return text
    case 'list':
      return text
        .split('\n')
        .map((item) => fields.find(({ id }) => id === item)?.label[language] ?? withoutStop(item))
        .join(listSeparators[language])
    case 'labels':
      return labelsSchema.parse(JSON.parse(text))[language]
    case 'instant':
      // A subject is too short for the zone, which the text says.
      return `${momentText(text, zone, language, now)}${part === 'subject' ? '' : ` ${zoneText(zone, language)}`}`
    case 'duration':
      return durationText(text, params['timeBase'] === 'working' ? 'working' : 'elapsed', language)
    case 'base':
      return own(bases, text)?.[language]
    case 'clock':
      return clocks.find(({ id }) => id === text)?.label[language] ?? text
    case 'consequence':
      return clocks.find(({ id }) => id === text)?.whenDue === 'close' ? fill(closes[language], { process: process[language] }) : undefined
    case 'advice-ahead':
    case 'advice-after':
      return deadlines.includes(text) ? advice[kind][language] : undefined
    case 'escalation':
      return above.includes(text) ? labelOf(roles, text, language) : undefined
    case 'priority':
      return priorities.find(({ id }) => id === text)?.label[language] ?? text
    case 'level':
      return labelOf(roles, text, language)
    case 'person':
      return own(names, text) ?? text
    case 'cause':
      return labelOf(causes, text, language)
    case 'decision':
      return (isYes(value) ? approved : declined)[language]
    case 'outcome':
      return labelOf(effectLabels, text, language)
    case 'intervention':
      return labelOf(interventionCauseLabels, text, language)
    case 'late':
      return isYes(value) ? late[language] : undefined
  }
}

function labelOf(labels: Readonly<Record<string, Labels>>, id: string, language: Locale): string {
  return own(labels, id)?.[language] ?? id
}

/** Parameters are texts or numbers, so a yes comes in more than one guise. */
function isYes(value: string | number | boolean): boolean {
  return value === true || value === 1 || value === 'true' || value === 'yes'
}

/** A subject ends with the number, which a long title must not push out of it. */
function short({ title = '' }: SubjectValues): Filling {
  return { title: shortened(title, longestTitle) }
}

const longestTitle = 80
/** Longer subjects are cut off by mail programs anyway. */
const longestSubject = 160

function shortened(subject: string, longest = longestSubject): string {
  const letters = [...subject]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : subject
}

const listSeparators: Labels = { 'zh-CN': '、', 'zh-TW': '、', en: ', ' }
const closes: Labels = {
  'zh-CN': '到期后{process}将自动结案，请联系客户。',
  'zh-TW': '到期後{process}將自動結案，請聯絡客戶。',
  en: 'The {process} will then be closed by itself: please contact the customer.',
}
/** A deferral moves no other promise than that of the solution. */
const advice: Readonly<Record<'advice-ahead' | 'advice-after', Labels>> = {
  'advice-ahead': {
    'zh-CN': '如无法按时完成，请尽早申请延期，并告知客户原因和新的时间。',
    'zh-TW': '如無法按時完成，請儘早提出延期，並告知客戶原因和新的時間。',
    en: 'If it cannot be done in time, defer it early and tell the customer the reason and the new date.',
  },
  'advice-after': {
    'zh-CN': '请向客户说明情况。',
    'zh-TW': '請向客戶說明情況。',
    en: 'Please tell the customer how things stand.',
  },
}
const above: readonly string[] = [...ladderRoles]
const bases: Readonly<Record<string, Labels>> = {
  elapsed: { 'zh-CN': '自然时间', 'zh-TW': '日曆時間', en: 'elapsed time' },
  working: { 'zh-CN': '工作时间', 'zh-TW': '工作時間', en: 'working time' },
}
const causes: Readonly<Record<string, Labels>> = {
  objective: { 'zh-CN': '客观原因', 'zh-TW': '客觀原因', en: 'objective cause' },
  subjective: { 'zh-CN': '主观原因', 'zh-TW': '主觀原因', en: 'subjective cause' },
}
const approved: Labels = { 'zh-CN': '已获批准', 'zh-TW': '已獲核准', en: 'approved' }
const declined: Labels = { 'zh-CN': '未获批准', 'zh-TW': '未獲核准', en: 'declined' }
const late: Labels = { 'zh-CN': '未按规定提前上报', 'zh-TW': '未依規定提前回報', en: 'told later than the rules allow' }

import { nearest } from '../../domain/document/nearest.ts'
import { instantInWords, type Precision } from '../../domain/notices/render.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { roleLabels } from '../../domain/people.ts'
import type { FieldErrorCode, RejectionParams } from '../../domain/rejection.ts'
import { formats, kinds, type ApiFieldError, type Catalogue, type ProblemCode } from './catalogue.ts'
import { catalogues } from './catalogues.ts'
import { fill, type Filling } from '../../domain/template.ts'
import { own } from '../../domain/own.ts'
import { levelLabels } from '../../domain/terms.ts'

/** The language of an answer and the names it calls people and commands by. */
export interface Speech {
  readonly locale: Locale
  /** Zone in which instants are shown. */
  readonly zone: string
  /** What the process is called of which it speaks: `ticket`. */
  readonly process: string
  /** What one of any type is called: `ticket or loan`. */
  readonly anyProcess: string
  /** What another one would be called that can be opened; absent: there is one of each, and none in its place. */
  readonly another?: string | undefined
  /** Names of people and teams by id; an id without a name stands for itself. */
  readonly names: Readonly<Record<string, string>>
  /** Labels of the commands by name. */
  readonly commands: Readonly<Record<string, Labels>>
  /** Of the stages, by id. */
  readonly stages: Readonly<Record<string, Labels>>
  /** Of what the profile lists, by parameter and id. */
  readonly terms: Terms
}

/** Where no process, nobody and no profile is spoken of: what is wrong is all there is to say. */
export function plainSpeech(locale: Locale): Speech {
  return { locale, zone: 'UTC', process: '', anyProcess: '', names: {}, commands: {}, stages: {}, terms: {} }
}

/** What a profile calls what it lists, and stages and roles, by the parameter that names one of them, and its id. */
export type Terms = Readonly<Partial<Record<'for' | 'priority' | 'act' | 'stage' | 'role', Readonly<Record<string, Labels>>>>>

/** One thing wrong with the input. */
export interface InputError {
  readonly path: string
  readonly code: FieldErrorCode | ApiFieldError
  readonly params?: RejectionParams
  /** Line of a document, from 1. */
  readonly line?: number
}

export function problemText(
  code: ProblemCode,
  params: RejectionParams,
  speech: Speech,
): { readonly title: string; readonly detail: string } {
  const { title, detail } = catalogues[speech.locale].problems[code]
  const filling = fillingOf(params, speech)
  return { title: fill(title, filling), detail: fill(detail, filling) }
}

/** What is wrong with one field, without its path. */
export function fieldText(error: InputError, speech: Speech): string {
  return fill(catalogues[speech.locale].fields[variant(error)], fillingOf(suggested(error), speech))
}

/** All errors in one sentence, for callers that show no list. */
export function summaryText(errors: readonly InputError[], speech: Speech): string {
  const { sentenceSeparator, pathSeparator } = catalogues[speech.locale]
  const shown = errors
    .slice(0, mostInSummary)
    .map((error) => (error.path === '' ? fieldText(error, speech) : `${error.path}${pathSeparator}${fieldText(error, speech)}`))
  return [...shown, ...(errors.length > mostInSummary ? ['…'] : [])].join(sentenceSeparator)
}

/** Ids of people and teams that the texts about these parameters call by name. */
export function idsToName(params: RejectionParams): string[] {
  return Object.entries(params).flatMap(([name, value]) => (named.has(name) ? [value].flat().map(String) : []))
}

const mostInSummary = 5
const named = new Set(['holder', 'person', 'absent', 'team', 'deputies'])

/** A bound on a list or a text reads otherwise than one on a number; a field that may be left out says so. */
function variant({ code, params }: InputError): FieldErrorCode | ApiFieldError {
  const origin = params?.['origin']
  if (code === 'too-small') return origin === 'array' ? 'too-few' : origin === 'string' ? 'too-short' : code
  if (code === 'too-big') return origin === 'array' ? 'too-many' : code
  if (code === 'required' && params?.['field'] === 'optional') return 'required-optional'
  if (code === 'parent-ended' && params?.['field'] === 'optional') return 'parent-ended-optional'
  return code
}

/** For an unknown name, the known one that was probably meant; when none is near, all that are known. */
function suggested({ path, code, params = {} }: InputError): RejectionParams {
  if (code !== 'unknown-field' || params['known'] === undefined) return params
  const name = path.slice(path.lastIndexOf('.') + 1)
  const meant = nearest(name, [params['known']].flat().map(String))
  return meant === undefined ? params : { nearest: meant }
}

function fillingOf(params: RejectionParams, speech: Speech): Filling {
  const catalogue = catalogues[speech.locale]
  const precision = precisionFor(Object.values(params).flat().map(String).filter(isInstant))
  const given = Object.entries(params).map(([name, value]): [string, string] => [
    name,
    [value]
      .flat()
      .map((item) => shown(name, String(item), speech, catalogue, precision))
      .join(catalogue.listSeparator),
  ])
  return {
    ...Object.fromEntries(given),
    process: speech.process,
    anyProcess: speech.anyProcess,
    another: speech.another,
  }
}

function shown(name: string, value: string, speech: Speech, catalogue: Catalogue, precision: Precision): string {
  const { locale } = speech
  if (named.has(name)) return own(speech.names, value) ?? value
  switch (name) {
    case 'stage':
    case 'stages':
      return quoted(labelOf(speech.terms.stage ?? speech.stages, value, locale), catalogue)
    case 'command':
    case 'needed':
    case 'first':
      return quoted(labelOf(speech.commands, value, locale), catalogue)
    case 'act':
      return quoted(labelOf(speech.terms.act ?? {}, value, locale), catalogue)
    case 'role':
    case 'roles':
      // An act can be for whoever has the process in hand.
      return labelOf(speech.terms.role ?? { ...levelLabels, ...roleLabels }, value, locale)
    case 'for':
    case 'priority':
      return labelOf(speech.terms[name] ?? {}, value, locale)
    case 'expected':
      return expectation(value, catalogue)
    default:
      return instantText(value, speech.zone, precision) ?? value
  }
}

function quoted(text: string, { quotes: [open, close] }: Catalogue): string {
  return `${open}${text}${close}`
}

function labelOf(labels: Readonly<Record<string, Labels>>, id: string, locale: Locale): string {
  return own(labels, id)?.[locale] ?? id
}

function expectation(value: string, catalogue: Catalogue): string {
  const kind = kinds.find((candidate) => candidate === value)
  if (kind) return catalogue.kinds[kind]
  const format = formats.find((candidate) => candidate === value)
  return format ? catalogue.formats[format] : value
}

/** `2023-10-01 14:30 (Asia/Shanghai)`; undefined for what is no instant. */
export function instantText(value: string, zone: string, precision: Precision = 'minute'): string | undefined {
  if (!isInstant(value)) return undefined
  return `${instantInWords(value, zone, precision)} (${zone})`
}

export function isInstant(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value)
}

/** As exact as it takes to tell the instants of one message apart: "15:02 is later than 15:02" helps nobody. */
function precisionFor(instants: readonly string[]): Precision {
  const distinct = new Set(instants)
  const apart = (letters: number) => new Set([...distinct].map((instant) => instant.slice(0, letters))).size === distinct.size
  return apart('2023-10-01T14:30'.length) ? 'minute' : apart('2023-10-01T14:30:00'.length) ? 'second' : 'millisecond'
}

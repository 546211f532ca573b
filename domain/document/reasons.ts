import { z } from 'zod'
import type { Locale } from '../labels.ts'
import { memberOf, valueAt } from './loose.ts'
import { nearest } from './nearest.ts'
import { isSentence, sentence, sentences, typeNames, type TypeName } from './sentences.ts'
import { keysAt, schemaAt } from './shape.ts'

export { sentence } from './sentences.ts'

/** What is wrong in one place of a document, in words that end with the remedy. */
export interface Reason {
  readonly path: readonly PropertyKey[]
  /** What is wrong, whatever the words: two reasons of one kind in one place are the same. */
  readonly kind: string
  /** Worked out for those that are told: a hostile document has very many. */
  readonly reason: () => string
  /** The key that was meant instead of one that is unknown: that it is not there is the same mistake. */
  readonly instead?: () => string | undefined
}

/** The reasons an issue of a document stands for: several where it names several keys. Needs issues that report their input. */
export function reasonsForIssue(issue: z.core.$ZodIssue, schema: unknown, document: unknown, locale: Locale): Reason[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path)
    const written = valueAt(document, issue.path)
    // Nobody means to write a key a second time.
    const free = known.filter((candidate) => memberOf(written, candidate) === undefined)
    const meant = (key: string) => (key.includes('：') ? free.find((candidate) => key.startsWith(`${candidate}：`)) : nearest(key, free))
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      kind: issue.code,
      reason: () => unknownKey(key, meant(key), known, locale),
      instead: () => meant(key),
    }))
  }
  // What would say which form it has is none of those that there are.
  if (issue.code === 'invalid_union' && 'options' in issue && issue.discriminator !== undefined) {
    const { discriminator, options = [], path } = issue
    const given = memberOf(issue.input, discriminator)
    const reason = () => (given === undefined ? sentence('missing', locale) : notAChoice(given, options.map(String), locale))
    return [{ path, kind: 'invalid_value', reason }]
  }
  if (issue.code === 'invalid_union') {
    const inner = meantBranch(issue.errors)
    return inner.flatMap((each) => reasonsForIssue({ ...each, path: [...issue.path, ...each.path] }, schema, document, locale))
  }
  return [{ path: issue.path, kind: `${issue.code} ${issue.message}`, reason: () => reasonFor(issue, schema, locale) }]
}

/** Of the forms a value may have, the one it was meant to have: whose kind of value it is. */
function meantBranch(branches: readonly z.core.$ZodIssue[][]): readonly z.core.$ZodIssue[] {
  const isOtherKind = (issue: z.core.$ZodIssue): boolean =>
    issue.path.length === 0 &&
    (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.errors.every((inner) => inner.some(isOtherKind))))
  const fits = (issues: readonly z.core.$ZodIssue[]) => !issues.some(isOtherKind)
  return branches.find(fits) ?? branches[0] ?? []
}

function reasonFor(issue: z.core.$ZodIssue, schema: unknown, locale: Locale): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? sentence('missing', locale) : wrongType(issue, schema, locale)
    case 'invalid_value':
      return notAChoice(issue.input, issue.values.map(String), locale)
    case 'too_small':
      if (isSentence(issue.message)) return coded(issue.message, { given: show(issue.input) }, locale)
      if (issue.origin === 'string') return sentence('empty', locale)
      return sentence(issue.origin === 'array' ? 'too-few' : 'too-small', locale, { limit: String(issue.minimum) })
    case 'too_big':
      return sentence(tooBig[issue.origin] ?? 'too-big', locale, { limit: String(issue.maximum) })
    case 'invalid_key':
      return issue.issues.map((inner) => wrongForm(inner, issue.path.at(-1), locale)).join(' ')
    case 'invalid_format':
      return wrongForm(issue, issue.input, locale)
    case 'custom':
      return `${coded(issue.message, { given: show(issue.input), ...issue.params }, locale)}${morePlaces(issue.params?.['more'], locale)}`
    default:
      return sentence('other', locale, { detail: issue.message })
  }
}

/** What there is too much of. */
const tooBig: Readonly<Partial<Record<string, 'text-too-long' | 'too-many'>>> = { string: 'text-too-long', array: 'too-many' }

/** Text, or a key, that has not the form it needs. */
function wrongForm(issue: z.core.$ZodRawIssue | z.core.$ZodIssue, given: unknown, locale: Locale): string {
  const isDate = issue.code === 'invalid_format' && issue.format === 'date'
  return coded(isDate ? 'date' : (issue.message ?? ''), { given: show(given) }, locale)
}

/** A check's message is the code of its sentence. */
function coded(message: string, params: Readonly<Record<string, unknown>>, locale: Locale): string {
  if (!isSentence(message)) return sentence('other', locale, { detail: message })
  const shown = (value: unknown) => (Array.isArray(value) ? list(value.map(String), locale) : String(value))
  return sentence(message, locale, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(value)])))
}

function unknownKey(key: string, meant: string | undefined, known: readonly string[], locale: Locale): string {
  if (key.includes('：')) return sentence('full-width-colon', locale)
  if (meant !== undefined) return sentence('unknown-key-near', locale, { given: show(key), nearest: meant })
  return sentence('unknown-key', locale, { given: show(key), known: list(known, locale) })
}

function notAChoice(given: unknown, choices: readonly string[], locale: Locale): string {
  if (given === undefined) return sentence('missing-choice', locale, { choices: list(choices, locale) })
  const meant = typeof given === 'string' ? nearest(given, choices) : undefined
  const params = { given: show(given), choices: list(choices, locale), nearest: meant ?? '' }
  return sentence(meant === undefined ? 'not-a-choice' : 'not-a-choice-near', locale, params)
}

function wrongType({ expected, input, path }: z.core.$ZodIssueInvalidType, schema: unknown, locale: Locale): string {
  const wanted = typeName(expected)
  const plain = typeof input === 'number' || typeof input === 'boolean'
  if (wanted === 'text' && plain) {
    // Quotes are no remedy for what would not do in quotes either.
    const inner = schemaAt(schema, path)
    const quoted = inner instanceof z.ZodType ? inner.safeParse(String(input), { reportInput: true }) : undefined
    const [found] = quoted?.error?.issues ?? []
    const [fault] = found?.code === 'invalid_union' ? meantBranch(found.errors) : found ? [found] : []
    if (fault) return reasonFor({ ...fault, path }, schema, locale)
  }
  const remedy = wanted === 'text' && !plain ? 'write-one-text' : (`write-${wanted}` as const)
  const given = looksTyped(input) ? JSON.stringify(input) : show(input)
  return `${sentence('wrong-type', locale, { expected: typeNames[wanted][locale], given })}${sentences[remedy][locale]}`
}

/** A text that without its quotes would be a number or a yes: shown with them, since they are what is wrong. */
function looksTyped(input: unknown): boolean {
  return typeof input === 'string' && /^(?:true|false|null|-?\d{1,15}(?:\.\d+)?)$/.test(input)
}

function morePlaces(more: unknown, locale: Locale): string {
  return typeof more === 'number' ? sentence('more-places', locale, { limit: String(more) }) : ''
}

function typeName(expected: string): TypeName {
  if (expected === 'object' || expected === 'record') return 'mapping'
  if (expected === 'array') return 'list'
  if (expected === 'boolean') return 'boolean'
  return expected === 'string' ? 'text' : 'number'
}

/** A value as one would find it in the document, cut where it is long. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function list(words: readonly string[], locale: Locale): string {
  return words.join(locale === 'en' ? ', ' : '、')
}

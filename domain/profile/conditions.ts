import { z } from 'zod'
import { idSchema as id } from '../document/checks.ts'
import { locales, type Locale } from '../labels.ts'
import { own } from '../own.ts'

/**
 * Conditions (X10): when a rule of a profile holds, as data. A condition lists facts of a ticket, all of which must be so; of several
 * words for one fact any will do. There are no expressions and no code: what a rule depends on can be read off it, so that it is worked out
 * anew when one of these facts changes, and a check can tell which rules are never reached.
 */

/** What rules may depend on. */
export interface Facts {
  readonly type: string
  readonly priority: string
  readonly channel: string
  /** Fields that have a value, as far as rules name them; of texts only that there is one (`true`). */
  readonly fields: Readonly<Record<string, FactValue>>
  /** Tags that the customer has (S4). */
  readonly tags: readonly string[]
  /** In which the customer is written to; absent where nobody asked, which is like no language. */
  readonly language?: Locale
}

export type FactValue = string | number | boolean

const oneOrSome = z.union([id, z.array(id).min(1)])
const locale = z.enum(locales)
const scalar = z.union([z.string().min(1).max(100, { abort: true }), z.number(), z.boolean()])
const bound = z.union([z.string().min(1).max(40, { abort: true }), z.number()])

const comparisonSchema = z
  .strictObject({
    given: z.boolean().optional().describe('whether it has a value at all'),
    atLeast: bound.optional().describe('a number, date or instant from which on it holds'),
    below: bound.optional().meta({ description: 'a number, date or instant from which on it holds no longer', examples: [1000] }),
  })
  .meta({ id: 'FieldComparison', description: 'what is asked of a field: whether it has a value, or between which it lies' })
  .refine(saysSomething, { message: 'empty-condition', when: isOtherwiseRight })

const fieldTestSchema = z.union([scalar, z.array(scalar).min(1), comparisonSchema])

function saysSomething(condition: object): boolean {
  return Object.keys(condition).length > 0
}

/** What was mistyped was not nothing. */
function isOtherwiseRight({ issues }: { readonly issues: readonly unknown[] }): boolean {
  return issues.length === 0
}

const factsShape = {
  type: oneOrSome.optional().describe('its type is one of these'),
  priority: oneOrSome.optional().describe('its priority is one of these'),
  channel: oneOrSome.optional().describe('it came in by one of these channels'),
  tag: oneOrSome.optional().describe('its customer has one of these tags (S4)'),
  language: z
    .union([locale, z.array(locale).min(1)])
    .optional()
    .describe('its customer is written to in one of these languages'),
  fields: z
    .record(z.string().max(100, { abort: true }), fieldTestSchema)
    .optional()
    .describe('fields of its form, by id: a value, one of several values, or a comparison'),
}

const factListSchema = z
  .strictObject(factsShape)
  .meta({ id: 'FactList', description: 'facts of a ticket, all of which are so' })
  .refine(saysSomething, { message: 'empty-condition', when: isOtherwiseRight })

const allSchema = z
  .strictObject({ ...factsShape, not: factListSchema.optional().describe('facts which are not all so') })
  .meta({ id: 'Facts', description: 'facts of a ticket, all of which must be so' })
  .refine(saysSomething, { message: 'empty-condition', when: isOtherwiseRight })

const conditions = [allSchema, z.array(allSchema).min(1)] as const

/** One list of facts, or several of which one must be so. */
export const conditionSchema = z
  .union(conditions)
  .meta({ id: 'Condition', description: 'when a rule holds: facts that must all be so, or a list of such, one of which must be' })

/** Whether something is so, or under which condition. */
export const ruleSchema = z
  .union([z.boolean(), ...conditions])
  .meta({ id: 'Rule', description: 'whether something is so: always, never, or under a condition' })

export type Condition = z.output<typeof conditionSchema>
export type Rule = z.output<typeof ruleSchema>
export type FactList = z.output<typeof factListSchema>
export type AllFacts = z.output<typeof allSchema>
export type FieldTest = z.output<typeof fieldTestSchema>
export type FieldComparison = z.output<typeof comparisonSchema>

/** Whether a rule holds. One without a condition does. */
export function holds(rule: Rule | undefined, facts: Facts): boolean {
  if (rule === undefined || typeof rule === 'boolean') return rule ?? true
  return branchesOf(rule).some(({ not, ...all }) => areSo(all, facts) && !(not && areSo(not, facts)))
}

function areSo({ type, priority, channel, tag, language, fields = {} }: FactList, facts: Facts): boolean {
  return (
    isAmong(type, facts.type) &&
    isAmong(priority, facts.priority) &&
    isAmong(channel, facts.channel) &&
    isAmong(language, facts.language) &&
    (tag === undefined || listOf(tag).some((one) => facts.tags.includes(one))) &&
    Object.entries(fields).every(([field, test]) => passes(test, own(facts.fields, field)))
  )
}

function isAmong(wanted: string | readonly string[] | undefined, is: string | undefined): boolean {
  return wanted === undefined || (is !== undefined && listOf(wanted).includes(is))
}

/** Dates and instants are compared as they are kept, whose order is that of their text. What has no value is like nothing. */
export function passes(test: FieldTest, value: FactValue | undefined): boolean {
  if (!isComparison(test)) return value !== undefined && listOf(test).includes(value)
  const { given, atLeast, below } = test
  if (given !== undefined && given !== (value !== undefined)) return false
  if (atLeast === undefined && below === undefined) return true
  if (value === undefined) return false
  const isFrom = (limit: string | number) => typeof value === typeof limit && value >= limit
  return (atLeast === undefined || isFrom(atLeast)) && (below === undefined || (typeof value === typeof below && value < below))
}

export function isComparison(test: FieldTest): test is FieldComparison {
  return typeof test === 'object' && !Array.isArray(test)
}

/** The lists of facts of which one must be so. */
export function branchesOf(condition: Condition): readonly AllFacts[] {
  return Array.isArray(condition) ? condition : [condition]
}

export function listOf<T extends FactValue>(some: T | readonly T[]): readonly T[] {
  return typeof some === 'object' ? some : [some]
}

/** Ids of the fields that rules name. */
export function fieldsNamedIn(rules: readonly (Rule | undefined)[]): string[] {
  return [...new Set(listsIn(rules).flatMap(({ fields = {} }) => Object.keys(fields)))]
}

/** Whether rules depend on the customer's language. */
export function isLanguageNamedIn(rules: readonly (Rule | undefined)[]): boolean {
  return listsIn(rules).some(({ language }) => language !== undefined)
}

/** Every list of facts that stands in rules. */
function listsIn(rules: readonly (Rule | undefined)[]): readonly FactList[] {
  return rules.flatMap((rule) =>
    rule === undefined || typeof rule === 'boolean' ? [] : branchesOf(rule).flatMap(({ not, ...all }) => [all, ...(not ? [not] : [])]),
  )
}

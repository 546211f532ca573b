import type { z } from 'zod'
import { badYear, dateOfAnyYear, dateSchema, instantOfAnyYear, instantSchema } from './instant.ts'
import type { Actor } from './people.ts'
import { holds, type Facts, type FactValue } from './profile/conditions.ts'
import type { ProfileField } from './profile/schema.ts'
import type { FieldError } from './rejection.ts'
import { clean, fold, lengthOf } from './text.ts'
import { own } from './own.ts'

/** Values of a ticket's own fields, by the field's id: instants canonical, choices by id, texts clean. */
export type FieldValues = Readonly<Record<string, string | number | boolean>>

export type FieldsResult =
  | { readonly ok: true; readonly value: FieldValues }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Checks the values of the fields that a ticket's type brings along (S2, T2). A blank text or null counts as not given.
 * `requireAll` demands the required ones: at registration yes, when something is added later no; `about` is what else conditions of required
 * fields may depend on (X10); `anyYear` is for tickets that began
 * when a year could be any. Errors, all at once,
 * under `fields.<id>`: `unknown-field` (`known`: the ids there are), `required`, `wrong-kind` (`expected`),
 * `not-a-choice` (`choices`), `too-long` (`limit` in characters).
 */
export function checkFields(
  values: Readonly<Record<string, unknown>>,
  fields: readonly ProfileField[],
  { requireAll, about, anyYear = false }: { readonly requireAll: boolean; readonly about?: About; readonly anyYear?: boolean },
): FieldsResult {
  const known = fields.map(({ id }) => id)
  const errors: FieldError[] = Object.keys(values)
    .filter((id) => !known.includes(id))
    .map((id) => ({ path: `fields.${id}`, code: 'unknown-field', params: { known } }))
  const entries: [string, string | number | boolean][] = []
  for (const field of fields) {
    const path = `fields.${field.id}`
    const given = own(values, field.id)
    if (isBlank(given)) continue
    const checked = checkValue(given, field, anyYear)
    if (typeof checked === 'object') errors.push({ path, ...checked })
    else entries.push([field.id, checked])
  }
  const value = Object.fromEntries(entries)
  if (requireAll)
    errors.push(...lackingIn(values, fields, { type: '', priority: '', channel: '', tags: [], ...about, fields: factsIn(value, fields) }))
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors: errors.toSorted(inOrderOf(fields)) }
}

/** What conditions of required fields may depend on beside the fields; at registration tags are not known yet. */
type About = Pick<Facts, 'type' | 'priority' | 'channel'> & Partial<Pick<Facts, 'tags' | 'language'>>

function lackingIn(values: Readonly<Record<string, unknown>>, fields: readonly ProfileField[], facts: Facts): FieldError[] {
  return fields
    .filter(({ id, required, requiredWhen }) => isBlank(own(values, id)) && (required || (requiredWhen && holds(requiredWhen, facts))))
    .map(({ id }) => ({ path: `fields.${id}`, code: 'required' }))
}

/**
 * The fields that have come to be required by now (X10) and are empty: a condition of theirs is so since something was corrected or supplemented.
 * Only of those in `known` the facts tell whether they have a value.
 */
export function lackingByNow(fields: readonly ProfileField[], facts: Facts, known: readonly string[] = []): FieldError[] {
  const conditioned = fields.filter(({ id, requiredWhen }) => requiredWhen !== undefined && known.includes(id))
  return lackingIn(facts.fields, conditioned, facts).map((error) => ({ ...error, code: 'required-by-now' }))
}

/** What is wrong with emptying these fields, after which the facts are those: one that the form does not have, or that is required then. */
export function clearingErrors(cleared: readonly string[], fields: readonly ProfileField[], facts: Facts): FieldError[] {
  const known = fields.map(({ id }) => id)
  const unknown = cleared
    .filter((id) => !known.includes(id))
    .map((id) => ({ path: `fields.${id}`, code: 'unknown-field' as const, params: { known } }))
  const emptied = fields.filter(({ id }) => cleared.includes(id))
  return [...unknown, ...lackingIn({}, emptied, facts)]
}

/** As the form asks for them; what it does not ask for comes first. */
function inOrderOf(fields: readonly ProfileField[]): (one: FieldError, other: FieldError) => number {
  const places = new Map(fields.map(({ id }, at) => [`fields.${id}`, at]))
  const placeOf = ({ path }: FieldError) => places.get(path) ?? -1
  return (one, other) => placeOf(one) - placeOf(other)
}

/** Of values of fields what conditions are told (X10): of texts only that there is one. `only`: ids of those that are named anywhere. */
export function factsIn(
  values: FieldValues,
  fields: readonly Pick<ProfileField, 'id' | 'kind'>[],
  only?: readonly string[],
): Facts['fields'] {
  const told = fields.flatMap(({ id, kind }): [string, FactValue][] => {
    const value = own(values, id)
    if (value === undefined || (only && !only.includes(id))) return []
    return [[id, kind === 'text' || kind === 'long-text' ? true : value]]
  })
  return Object.fromEntries(told)
}

/** The fields that this actor fills in. Whoever acts as a customer knows nothing of the others. */
export function fieldsAskedOf<F extends FieldMark>({ roles }: Pick<Actor, 'roles'>, fields: readonly F[]): readonly F[] {
  return roles.includes('customer') ? fieldsOfCustomers(fields) : fields
}

/** Those of the fields that customers are asked for and shown; in the others colleagues tell each other something (T2, S4). */
export function fieldsOfCustomers<F extends FieldMark>(fields: readonly F[]): F[] {
  return fields.filter(({ internal }) => internal !== true)
}

type FieldMark = Pick<ProfileField, 'internal'>

/** Characters; a long text holds a stack trace, not a log file. */
export const textLimits = { text: 500, 'long-text': 20_000 } as const

function isBlank(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === 'string' && clean(given) === '')
}

/** The value to keep, or what is wrong with it. */
function checkValue(given: unknown, field: ProfileField, anyYear: boolean): string | number | boolean | Omit<FieldError, 'path'> {
  const wrongKind = { code: 'wrong-kind', params: { expected: field.kind } } as const
  const yearOrKind = (error: z.ZodError) =>
    error.issues.some(({ message }) => message === badYear) ? ({ code: badYear } as const) : wrongKind
  switch (field.kind) {
    case 'text':
    case 'long-text': {
      if (typeof given !== 'string') return wrongKind
      const text = clean(given)
      const limit = textLimits[field.kind]
      return lengthOf(text) > limit ? { code: 'too-long', params: { limit } } : text
    }
    case 'date': {
      const date = (anyYear ? dateOfAnyYear : dateSchema).safeParse(typeof given === 'string' ? given.trim() : given)
      return date.success ? date.data : yearOrKind(date.error)
    }
    case 'instant': {
      const instant = (anyYear ? instantOfAnyYear : instantSchema).safeParse(typeof given === 'string' ? given.trim() : given)
      return instant.success ? instant.data : yearOrKind(instant.error)
    }
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? given : wrongKind
    case 'boolean':
      return typeof given === 'boolean' ? given : wrongKind
    case 'choice':
      return typeof given === 'string' ? checkChoice(given, field) : wrongKind
  }
}

/** A choice may be written as its id or in any of its languages. */
function checkChoice(given: string, field: ProfileField): string | Omit<FieldError, 'path'> {
  const choices = field.choices ?? []
  const written = fold(given)
  const choice = choices.find(({ id, label }) => [id, ...Object.values(label)].some((name) => fold(name) === written))
  return choice?.id ?? { code: 'not-a-choice', params: { choices: choices.map(({ id }) => id) } }
}

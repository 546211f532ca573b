import { idForm } from '../document/checks.ts'
import { entriesOf, idsOf, isObject, itemsOf, memberOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { dateSchema, instantSchema } from '../instant.ts'
import { locales } from '../labels.ts'
import { own } from '../own.ts'
import { languagesNamedIn } from './languages.ts'

/** What has to agree between the conditions of a profile and the rest of it (X10): a rule that can never hold would be taken for a promise. */
export function inConditions(profile: unknown): Mistake[] {
  const known = vocabularyOf(profile)
  return [...rulesIn(profile).flatMap((rule) => inRule(rule, known)), ...inExceptions(profile)]
}

type Path = (string | number)[]

interface PlacedRule {
  readonly path: Path
  readonly rule: unknown
  /** The field that is required under it. */
  readonly asks?: unknown
  /** Id of the type whose field that is: only its fields are known there. */
  readonly ofType?: unknown
  /** What else than the forms of types has the fields it names. */
  readonly fields?: ReadonlyMap<string, readonly Field[]>
  /** It is looked at before the tags of the customer are known. */
  readonly isEarly?: boolean | undefined
}

/** Every condition of a profile, with its place. */
function rulesIn(profile: unknown): PlacedRule[] {
  const clocks = itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at): PlacedRule[] => {
    const path = ['clocks', at]
    const each = (list: string) =>
      itemsOf(memberOf(clock, list)).map((one, nth) => ({ path: [...path, list, nth, 'when'], rule: memberOf(one, 'when') }))
    return [{ path: [...path, 'when'], rule: memberOf(clock, 'when') }, ...each('exceptions'), ...each('ladder')]
  })
  const priorities = itemsOf(memberOf(profile, 'priorities')).map((priority, at) => ({
    path: ['priorities', at, 'reviewMeeting'],
    rule: memberOf(priority, 'reviewMeeting'),
  }))
  const fields = itemsOf(memberOf(profile, 'types')).flatMap((type, at) =>
    itemsOf(memberOf(type, 'fields')).map((field, nth) => ({
      path: ['types', at, 'fields', nth, 'requiredWhen'],
      rule: memberOf(field, 'requiredWhen'),
      asks: memberOf(field, 'id'),
      ofType: memberOf(type, 'id'),
      isEarly: true as const,
    })),
  )
  const routes = itemsOf(memberOf(profile, 'routing')).map((route, at) => ({
    path: ['routing', at, 'when'],
    rule: memberOf(route, 'when'),
    isEarly: true as const,
  }))
  const rules = itemsOf(memberOf(profile, 'notificationRules')).map((one, at) => ({
    path: ['notificationRules', at, 'when'],
    rule: memberOf(one, 'when'),
  }))
  const stages = itemsOf(memberOf(profile, 'stages')).map((stage, at): PlacedRule => {
    const id = memberOf(stage, 'id')
    return { path: ['stages', at, 'leftOut'], rule: memberOf(stage, 'leftOut'), isEarly: id === 'intake' || id === 'triage' }
  })
  return [
    ...clocks,
    ...rules,
    ...priorities,
    ...stages,
    ...(['planImpact', 'closingReport'] as const).map((key) => ({ path: [key], rule: memberOf(profile, key) })),
    ...fields,
    ...routes,
    ...rulesOfActs(profile),
  ]
}

/** What an act asks depends on its own fields, not on those of the form. */
function rulesOfActs(profile: unknown): PlacedRule[] {
  return itemsOf(memberOf(profile, 'acts')).flatMap((act, at) =>
    itemsOf(memberOf(act, 'fields')).map((field, nth) => ({
      path: ['acts', at, 'fields', nth, 'requiredWhen'],
      rule: memberOf(field, 'requiredWhen'),
      asks: memberOf(field, 'id'),
      ofType: memberOf(act, 'id'),
      fields: fieldsOf([act]),
    })),
  )
}

/** What conditions can name: ids, and of fields what they are in each type that has them. */
interface Vocabulary {
  readonly lists: Readonly<Record<'type' | 'priority' | 'channel' | 'tag' | 'language', readonly string[] | undefined>>
  readonly fields: ReadonlyMap<string, readonly Field[]>
}

interface Field {
  readonly type: unknown
  readonly kind: unknown
  readonly choices: readonly string[]
}

function vocabularyOf(profile: unknown): Vocabulary {
  const idsIn = (list: string) => idsOf(memberOf(profile, list), idForm)
  const fields = fieldsOf(itemsOf(memberOf(profile, 'types')))
  const tags = memberOf(profile, 'customerTags') === undefined ? [] : idsIn('customerTags')
  return {
    lists: {
      type: idsIn('types'),
      priority: idsIn('priorities'),
      channel: idsIn('channels'),
      tag: tags,
      language: languagesNamedIn(profile),
    },
    fields,
  }
}

/** The fields that these things ask for, each as it is in those that do. */
function fieldsOf(askers: readonly unknown[]): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>()
  for (const asker of askers)
    for (const field of itemsOf(memberOf(asker, 'fields'))) {
      const id = memberOf(field, 'id')
      if (typeof id !== 'string') continue
      const choices = idsOf(memberOf(field, 'choices'), idForm) ?? []
      fields.set(id, [...(fields.get(id) ?? []), { type: memberOf(asker, 'id'), kind: memberOf(field, 'kind'), choices }])
    }
  return fields
}

function inRule({ path, rule, ...about }: PlacedRule, vocabulary: Vocabulary): Mistake[] {
  const known = about.fields ? { ...vocabulary, fields: about.fields } : vocabulary
  const branches = Array.isArray(rule) ? rule.map((branch: unknown, at) => ({ branch, path: [...path, at] })) : [{ branch: rule, path }]
  return branches.flatMap(({ branch, path: place }) => [
    ...inFacts(branch, place, known, about),
    ...inFacts(memberOf(branch, 'not'), [...place, 'not'], known, about),
  ])
}

function inFacts(
  facts: unknown,
  path: Path,
  { lists, fields }: Vocabulary,
  { asks, isEarly, ofType }: Omit<PlacedRule, 'path' | 'rule'>,
): Mistake[] {
  const words = Object.entries(lists).flatMap(([fact, listed]) =>
    placed(memberOf(facts, fact), [...path, fact]).flatMap(({ value, path: place }): Mistake[] => {
      if (isEarly && fact === 'tag') return [{ path: place, code: 'tag-too-early' }]
      const isRight = fact === 'language' ? locales.some((locale) => locale === value) : typeof value === 'string' && idForm.test(value)
      const isUnknown = isRight && listed !== undefined && !listed.includes(String(value))
      return isUnknown ? [{ path: place, code: 'unknown-reference', given: String(value), params: { known: listed } }] : []
    }),
  )
  const types = ofType === undefined ? placed(memberOf(facts, 'type'), []).map(({ value }) => value) : [ofType]
  const tests = entriesOf(memberOf(facts, 'fields')).flatMap(([id, test]): Mistake[] => {
    const place = [...path, 'fields', id]
    const those = fields.get(id)
    if (!those) return [{ path: place, code: 'unknown-reference', given: id, params: { known: [...fields.keys()] } }]
    if (id === asks) return [{ path: place, code: 'asks-itself', given: id }]
    const meant = types.length === 0 ? those : those.filter(({ type }) => types.includes(type))
    if (meant.length === 0)
      return [{ path: place, code: 'field-of-other-types', given: id, params: { known: those.map(({ type }) => String(type)) } }]
    return inTest(test, place, meant)
  })
  return [...words, ...tests]
}

/** What a field is compared with has to be what its values are. */
function inTest(test: unknown, path: Path, fields: readonly Field[]): Mistake[] {
  const kinds = new Set(fields.map(({ kind }) => kind))
  const [kind] = kinds
  if (kinds.size !== 1 || typeof kind !== 'string') return []
  if (isObject(test))
    return (['atLeast', 'below'] as const).flatMap((key): Mistake[] => {
      const limit = memberOf(test, key)
      return limit === undefined || isLimit(limit, kind)
        ? []
        : [{ path: [...path, key], code: `compared-${comparable(kind)}`, given: shown(limit) }]
    })
  return placed(test, path).flatMap(({ value, path: place }): Mistake[] => {
    if (kind === 'choice') {
      const choices = [...new Set(fields.flatMap((field) => field.choices))]
      if (choices.length === 0 || (typeof value === 'string' && choices.includes(value))) return []
      return [{ path: place, code: 'unknown-reference', given: shown(value), params: { known: choices } }]
    }
    return typeof value === own(plainKinds, kind) ? [] : [{ path: place, code: `tested-${testable(kind)}`, given: shown(value) }]
  })
}

const plainKinds: Readonly<Record<string, string>> = { number: 'number', boolean: 'boolean' }

function testable(kind: string): 'number' | 'boolean' | 'by-limits' | 'by-presence' {
  if (kind === 'number' || kind === 'boolean') return kind
  return kind === 'date' || kind === 'instant' ? 'by-limits' : 'by-presence'
}

function isLimit(limit: unknown, kind: string): boolean {
  if (kind === 'number') return typeof limit === 'number'
  // Kept texts are compared, so that it must be written as they are kept.
  if (kind === 'date') return dateSchema.safeParse(limit).data === limit
  return kind === 'instant' && instantSchema.safeParse(limit).data === limit
}

function comparable(kind: string): 'number' | 'date' | 'instant' | 'nothing' {
  return kind === 'number' || kind === 'date' || kind === 'instant' ? kind : 'nothing'
}

/** An exception that an earlier one always comes before, and exceptions of what has no target. */
function inExceptions(profile: unknown): Mistake[] {
  return itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at) => {
    const exceptions = itemsOf(memberOf(clock, 'exceptions'))
    if (exceptions.length > 0 && memberOf(clock, 'within') === undefined)
      return [{ path: ['clocks', at, 'exceptions'], code: 'exception-of-nothing' }]
    const conditions = exceptions.map((one) => memberOf(one, 'when'))
    // One that lists priorities leaves the others to those after it.
    const covers = (by: number, nth: number) => hasAll(memberOf(exceptions[by], 'within'), memberOf(exceptions[nth], 'within'))
    return neverReached(conditions, covers).map(({ nth, by }): Mistake => ({
      path: ['clocks', at, 'exceptions', nth, 'when'],
      code: 'never-reached',
      params: { at: String(by + 1) },
    }))
  })
}

/** Of conditions of which the first that holds counts, those that another always comes before. */
export function neverReached(
  conditions: readonly unknown[],
  covers: (by: number, nth: number) => boolean = () => true,
): { readonly nth: number; readonly by: number }[] {
  return conditions.flatMap((condition, nth) => {
    const by = conditions.slice(0, nth).findIndex((earlier, at) => implies(condition, earlier) && covers(at, nth))
    return by === -1 ? [] : [{ nth, by }]
  })
}

/** Whether a target says something for every priority for which the other does. */
function hasAll(wide: unknown, narrow: unknown): boolean {
  if (!isObject(wide)) return true
  return isObject(narrow) && Object.keys(narrow).every((priority) => Object.hasOwn(wide, priority))
}

/** Whether the one can hold only where the other does, as far as can be read off them. */
function implies(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return false
  const branches = (condition: unknown) => (Array.isArray(condition) ? condition.map((branch: unknown) => branch) : [condition])
  return branches(one).every((narrow) => branches(other).some((wide) => isWithin(narrow, wide)))
}

function isWithin(narrow: unknown, wide: unknown): boolean {
  if (!isObject(narrow) || !isObject(wide)) return false
  return Object.entries(wide).every(([key, wanted]) => {
    const has = own(narrow, key)
    if (key === 'fields') return entriesOf(wanted).every(([id, test]) => isPart(memberOf(has, id), test))
    return isPart(has, wanted)
  })
}

function isPart(few: unknown, many: unknown): boolean {
  if (few === undefined) return false
  if (isObject(few) || isObject(many)) return JSON.stringify(few) === JSON.stringify(many)
  const among = placed(many, []).map(({ value }) => value)
  return placed(few, []).every(({ value }) => among.includes(value))
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** One word, or each of a list, with its place. */
function placed(some: unknown, path: Path): { readonly value: unknown; readonly path: Path }[] {
  if (some === undefined) return []
  return Array.isArray(some) ? some.map((value: unknown, at) => ({ value, path: [...path, at] })) : [{ value: some, path }]
}

import { idForm } from '../document/checks.ts'
import { idsOf, itemsOf, memberOf } from '../document/loose.ts'
import { locales } from '../labels.ts'
import { own } from '../own.ts'
import { branchesOf, isComparison, listOf, type Condition, type FactList, type Facts, type FactValue } from './conditions.ts'
import { languagesNamedIn } from './languages.ts'

/** The kinds of tickets that conditions can tell apart: every combination of the facts they name. */

/** Tickets of one kind, and how a person would name them. */
export interface TicketKind {
  readonly facts: Facts
  /** `{ priority: low, fields.product: – }`; by the type where nothing tells tickets of it apart. */
  readonly text: string
}

/** So many kinds are looked through, unless fewer are asked for. */
export const mostKinds = 20_000
/** Nobody reads more of them. */
const mostNamed = 3

/** The first of them, for people. */
export function kindTexts(kinds: readonly TicketKind[]): string[] {
  return kinds.slice(0, mostNamed).map(({ text }) => text)
}

/** Those of a type; `too-many` where they are not looked through, undefined while the lists that say them are not right. */
export function ticketKinds(
  type: unknown,
  conditions: readonly Condition[],
  profile: unknown,
  most = mostKinds,
): TicketKind[] | 'too-many' | undefined {
  const id = memberOf(type, 'id')
  const axes = typeof id === 'string' ? axesOf(type, conditions, profile) : undefined
  if (typeof id !== 'string' || axes === undefined) return undefined
  if (axes.reduce((product, { values }) => product * values.length, 1) > most) return 'too-many'
  return combined(axes).map((kind) => ({
    facts: factsOf(id, kind),
    text: kind.length === 0 ? `{ type: ${id} }` : `{ ${kind.map(shown).join(', ')} }`,
  }))
}

/** A fact that conditions name, with every value by which they could tell tickets apart. */
interface Axis {
  readonly fact: string
  readonly values: readonly (FactValue | undefined)[]
}

type Combination = readonly { readonly fact: string; readonly value: FactValue | undefined }[]

function axesOf(type: unknown, conditions: readonly Condition[], profile: unknown): Axis[] | undefined {
  const lists = conditions.flatMap((condition) =>
    branchesOf(condition).flatMap(({ not, ...all }): FactList[] => [all, ...(not ? [not] : [])]),
  )
  const axes: Axis[] = []
  for (const [fact, list] of [
    ['priority', 'priorities'],
    ['channel', 'channels'],
  ] as const) {
    if (!lists.some((all) => all[fact] !== undefined)) continue
    const values = idsOf(memberOf(profile, list), idForm)
    if (values === undefined) return undefined
    axes.push({ fact, values })
  }
  const tags = [...new Set(lists.flatMap(({ tag }) => (tag === undefined ? [] : listOf(tag))))]
  if (tags.length > 0) axes.push({ fact: 'tag', values: [undefined, ...tags] })
  if (lists.some(({ language }) => language !== undefined)) axes.push({ fact: 'language', values: languagesNamedIn(profile) ?? locales })
  for (const field of itemsOf(memberOf(type, 'fields'))) {
    const id = memberOf(field, 'id')
    if (typeof id !== 'string') continue
    const tests = lists.flatMap(({ fields = {} }) => own(fields, id) ?? [])
    if (tests.length === 0) continue
    const limits = tests.filter(isComparison).flatMap(({ atLeast, below }) => [atLeast, below].filter((limit) => limit !== undefined))
    const numbers = tests
      .flatMap((test) => (isComparison(test) ? [] : listOf<FactValue>(test)))
      .filter((value) => typeof value === 'number')
    const values = valuesOf(field, limits, numbers)
    axes.push({ fact: `fields.${id}`, values: memberOf(field, 'required') === true ? values : [undefined, ...values] })
  }
  return axes
}

/** Every value of a field that could matter: all of a choice; of what has an order one of each stretch between those that are named. */
function valuesOf(field: unknown, limits: readonly (string | number)[], numbers: readonly number[]): FactValue[] {
  switch (memberOf(field, 'kind')) {
    case 'choice':
      return idsOf(memberOf(field, 'choices'), idForm) ?? []
    case 'boolean':
      return [true, false]
    case 'number':
      return numbersThatMatter(
        limits.filter((limit) => typeof limit === 'number'),
        numbers,
      )
    case 'date':
    case 'instant':
      return [...new Set(['0001-01-01', ...limits.map(String)])]
    default:
      return [true]
  }
}

/** Each that is named, one below them all, and one above each that is `asked` for itself: a limit stands for what follows it. */
function numbersThatMatter(limits: readonly number[], asked: readonly number[]): number[] {
  const named = [...new Set([...limits, ...asked])].toSorted((a, b) => a - b)
  const matter = named.flatMap((number, at) => {
    const next = named[at + 1] ?? Number.POSITIVE_INFINITY
    const following = number + 1 < next ? number + 1 : number + (next - number) / 2
    return asked.includes(number) ? [number, following] : [number]
  })
  return [...new Set([Math.min(0, ...named) - 1, ...matter])]
}

function combined(axes: readonly Axis[]): Combination[] {
  return axes.reduce<Combination[]>(
    (kinds, { fact, values }) => kinds.flatMap((kind) => values.map((value) => [...kind, { fact, value }])),
    [[]],
  )
}

function factsOf(type: string, kind: Combination): Facts {
  const valueOf = (fact: string) => kind.find((one) => one.fact === fact)?.value
  const word = (fact: string) => String(valueOf(fact) ?? '')
  const fields = kind.flatMap(({ fact, value }): [string, FactValue][] =>
    fact.startsWith('fields.') && value !== undefined ? [[fact.slice('fields.'.length), value]] : [],
  )
  const tag = valueOf('tag')
  const language = locales.find((locale) => locale === valueOf('language'))
  return {
    type,
    priority: word('priority'),
    channel: word('channel'),
    fields: Object.fromEntries(fields),
    tags: tag === undefined ? [] : [String(tag)],
    ...(language && { language }),
  }
}

function shown({ fact, value }: Combination[number]): string {
  return `${fact}: ${value === undefined ? '–' : String(value)}`
}

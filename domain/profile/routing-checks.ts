import { idForm } from '../document/checks.ts'
import { idsOf, itemsOf, memberOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { own } from '../own.ts'
import { neverReached } from './condition-checks.ts'
import {
  branchesOf,
  conditionSchema,
  holds,
  isComparison,
  listOf,
  type Condition,
  type FactList,
  type Facts,
  type FactValue,
} from './conditions.ts'

/** Routes that are never reached, and tickets for which there is no route: a ticket without a team would wait where nobody looks. */
export function inRouting(profile: unknown): Mistake[] {
  const routes = itemsOf(memberOf(profile, 'routing'))
  const conditions = routes.map((route) => memberOf(route, 'when'))
  const unreached = neverReached(conditions).map(({ nth, by }): Mistake => ({
    path: ['routing', nth, 'when'],
    code: 'never-reached',
    params: { at: String(by + 1) },
  }))
  const sound = conditions.map((condition) => conditionSchema.safeParse(condition))
  // Nothing is held against routes that are not right themselves.
  if (sound.some(({ success }) => !success)) return unreached
  const parsed = sound.flatMap(({ data }) => (data === undefined ? [] : [data]))
  return [
    ...unreached,
    ...itemsOf(memberOf(profile, 'types')).flatMap((type, at) => withoutRoute(type, ['types', at, 'team'], parsed, profile)),
  ]
}

/** So many kinds of tickets are looked through; routes that tell more apart need a team for the rest. */
const mostKinds = 20_000
/** Nobody reads more of them. */
const mostNamed = 3

function withoutRoute(type: unknown, path: Mistake['path'], routes: readonly Condition[], profile: unknown): Mistake[] {
  const id = memberOf(type, 'id')
  if (memberOf(type, 'team') !== undefined || typeof id !== 'string') return []
  if (routes.length === 0) return [{ path, code: 'team-missing' }]
  const axes = axesOf(type, routes, profile)
  if (axes === undefined) return []
  if (axes.reduce((product, { values }) => product * values.length, 1) > mostKinds) return [{ path, code: 'routes-too-many' }]
  const uncovered = kindsOf(axes).filter((kind) => !routes.some((route) => holds(route, factsOf(id, kind))))
  if (uncovered.length === 0) return []
  const named = uncovered
    .slice(0, mostNamed)
    .map((kind) => kind.map(({ fact, value }) => `${fact}: ${value === undefined ? '–' : String(value)}`).join(', '))
  return [{ path, code: 'routes-uncovered', given: id, params: { at: named.map((one) => `{ ${one} }`), limit: String(uncovered.length) } }]
}

/** A fact that routes name, with every value by which they could tell tickets apart. */
interface Axis {
  readonly fact: string
  readonly values: readonly (FactValue | undefined)[]
}

type Kind = readonly { readonly fact: string; readonly value: FactValue | undefined }[]

/** Undefined while the lists themselves are not right. */
function axesOf(type: unknown, routes: readonly Condition[], profile: unknown): Axis[] | undefined {
  const lists = routes.flatMap((route) => branchesOf(route).flatMap(({ not, ...all }): FactList[] => [all, ...(not ? [not] : [])]))
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
  for (const field of itemsOf(memberOf(type, 'fields'))) {
    const id = memberOf(field, 'id')
    if (typeof id !== 'string') continue
    const tests = lists.flatMap(({ fields = {} }) => own(fields, id) ?? [])
    if (tests.length === 0) continue
    const limits = tests.filter(isComparison).flatMap(({ atLeast, below }) => [atLeast, below].filter((limit) => limit !== undefined))
    const numbers = tests
      .flatMap((test) => (isComparison(test) ? [] : listOf<FactValue>(test)))
      .filter((value) => typeof value === 'number')
    const values = valuesOf(field, [...limits, ...numbers])
    axes.push({ fact: `fields.${id}`, values: memberOf(field, 'required') === true ? values : [undefined, ...values] })
  }
  return axes
}

/** Every value of a field that could matter: all of a choice, of what has an order each limit and something below them all. */
function valuesOf(field: unknown, limits: readonly (string | number)[]): FactValue[] {
  switch (memberOf(field, 'kind')) {
    case 'choice':
      return idsOf(memberOf(field, 'choices'), idForm) ?? []
    case 'boolean':
      return [true, false]
    case 'number': {
      const numbers = limits.filter((limit) => typeof limit === 'number')
      return [...new Set([Math.min(0, ...numbers) - 1, ...numbers])]
    }
    case 'date':
    case 'instant':
      return [...new Set(['0001-01-01', ...limits.map(String)])]
    default:
      return [true]
  }
}

function kindsOf(axes: readonly Axis[]): Kind[] {
  return axes.reduce<Kind[]>((kinds, { fact, values }) => kinds.flatMap((kind) => values.map((value) => [...kind, { fact, value }])), [[]])
}

function factsOf(type: string, kind: Kind): Facts {
  const word = (fact: string) => String(kind.find((one) => one.fact === fact)?.value ?? '')
  const fields = kind.flatMap(({ fact, value }): [string, FactValue][] =>
    fact.startsWith('fields.') && value !== undefined ? [[fact.slice('fields.'.length), value]] : [],
  )
  return { type, priority: word('priority'), channel: word('channel'), fields: Object.fromEntries(fields), tags: [] }
}

import { factsIn, type FieldValues } from '../../domain/fields.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import { own } from '../../domain/own.ts'
import type { Policy } from '../../domain/profile/policy.ts'

/** What an event says of the fields that conditions of the profile name (X10), and the state keeps: the values themselves are rows. */
export interface FactsNow {
  /** All that have a value after it; absent: as before it. */
  readonly facts?: Facts['fields']
}

/** What is said of them when these values are given, and those fields emptied; nothing where none that conditions name changes. */
export function factsGiven(
  given: FieldValues,
  policy: Pick<Policy, 'type' | 'factFields'>,
  before: Facts['fields'] = {},
  cleared: readonly string[] = [],
): FactsNow {
  if (policy.factFields === undefined) return {}
  const told = factsIn(given, policy.type.fields, policy.factFields)
  const isNews = Object.entries(told).some(([field, value]) => own(before, field) !== value)
  const gone = cleared.filter((field) => own(before, field) !== undefined)
  if (!isNews && gone.length === 0) return {}
  const kept = Object.entries(before).filter(([field]) => !gone.includes(field))
  return { facts: { ...Object.fromEntries(kept), ...told } }
}

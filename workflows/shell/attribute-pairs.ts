import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common'
import type { SearchAttribute } from '../search-attribute.ts'

/** A search attribute with its value, as Temporal's client and its workflows take it. */
export function attributePair<S, P>(attribute: SearchAttribute<S, P>, state: S, policy: P): SearchAttributeUpdatePair {
  const { name } = attribute
  switch (attribute.type) {
    case 'KEYWORD':
      return { key: defineSearchAttributeKey(name, 'KEYWORD'), value: attribute.value(state, policy) }
    case 'BOOL':
      return { key: defineSearchAttributeKey(name, 'BOOL'), value: attribute.value(state, policy) }
    case 'DATETIME': {
      const instant = attribute.value(state, policy)
      return { key: defineSearchAttributeKey(name, 'DATETIME'), value: instant === null ? null : new Date(instant) }
    }
  }
}

/** Of the search attributes those that have a value: what a workflow is started with. */
export function attributePairs<S, P>(attributes: readonly SearchAttribute<S, P>[], state: S, policy: P): SearchAttributePair[] {
  return attributes.map((attribute) => attributePair(attribute, state, policy)).filter(hasValue)
}

function hasValue(pair: SearchAttributeUpdatePair): pair is SearchAttributePair {
  return pair.value !== null
}

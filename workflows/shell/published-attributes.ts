import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common'
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import { instantOf } from '../../domain/instant.ts'
import type { SearchAttribute } from '../search-attribute.ts'
import { attributePair } from './attribute-pairs.ts'

/** The search attributes that a server knows of a process, and what is to be told to it. An upsert is an event: only what differs is told. */
export class PublishedAttributes<S, P> {
  readonly #attributes: readonly SearchAttribute<S, P>[]
  readonly #published: Map<string, string | boolean | null>
  #seen: S | undefined

  /** Begins with what the run was started with. */
  constructor(attributes: readonly SearchAttribute<S, P>[]) {
    this.#attributes = attributes
    this.#published = new Map(attributes.map((attribute) => [attribute.name, startedWith(attribute)]))
  }

  /** Asked at every turn of the workflow, so that a state that was looked at once is not looked at again. */
  differs(state: S, policy: P): boolean {
    if (state === this.#seen) return false
    const differs = this.#attributes.some((attribute) => attribute.value(state, policy) !== this.#published.get(attribute.name))
    if (!differs) this.#seen = state
    return differs
  }

  publish(state: S, policy: P): void {
    if (state === this.#seen) return
    this.#seen = state
    const news: SearchAttributeUpdatePair[] = []
    for (const attribute of this.#attributes) {
      const value = attribute.value(state, policy)
      if (value === this.#published.get(attribute.name)) continue
      this.#published.set(attribute.name, value)
      news.push(attributePair(attribute, state, policy))
    }
    if (news.length > 0) upsertSearchAttributes(news)
  }
}

function startedWith({ name, type }: Pick<SearchAttribute<never, never>, 'name' | 'type'>): string | boolean | null {
  const value = workflowInfo().typedSearchAttributes.get(defineSearchAttributeKey(name, type))
  if (value instanceof Date) return instantOf(value.getTime())
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

import type { Facts } from '../../domain/profile/conditions.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ProcessState } from '../process.ts'

/** A process on whose facts the rules of its profile depend (X10). */
export interface Factual extends ProcessState {
  readonly type: string
  readonly priority: string
  readonly channel: string
  /** Values of the fields that conditions name; absent: none has any. */
  readonly facts?: Facts['fields']
  readonly customerTags?: readonly string[]
  /** In which the customer is written to; absent: in the profile's. */
  readonly language?: Locale
}

/** What conditions are told of a process. */
export function factsOf({ type, priority, channel, facts = {}, customerTags = [], language }: Omit<Factual, keyof ProcessState>): Facts {
  return { type, priority, channel, fields: facts, tags: customerTags, ...(language && { language }) }
}

/** Whether conditions could be told apart which of the two they are told. */
export function isAlike(one: Facts, other: Facts): boolean {
  return (
    one.type === other.type &&
    one.priority === other.priority &&
    one.channel === other.channel &&
    one.language === other.language &&
    isSameSet(one.tags, other.tags) &&
    isSameSet(Object.entries(one.fields).map(String), Object.entries(other.fields).map(String))
  )
}

/** Whether two lists, in which nothing stands twice, name the same. */
export function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item))
}

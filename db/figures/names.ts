import type { Kysely } from 'kysely'
import type { Dimension } from '../../domain/figures/figure.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { listTeams, namesOf } from '../people.ts'
import type { Database } from '../schema.ts'

/** What the parts of a figure are called, as the profile and the organisation have it now. */
export async function namesOfParts(
  db: Kysely<Database>,
  by: Dimension | undefined,
  profile: Profile,
  keys: readonly string[],
): Promise<NameOf> {
  switch (by) {
    case 'team':
      return namedBy((await listTeams(db)).map(({ id, labels }) => [id, labels] as const))
    case 'person':
      // A person has one name in all languages.
      return namedBy(Object.entries(await namesOf(db, keys, 'zh-CN')).map(([id, name]) => [id, said(name, name, name)] as const))
    default:
      return namesInProfile(by, profile)
  }
}

export type NameOf = (key: string | null) => Labels

/** What the parts of a figure are called, of what the profile names. */
export function namesInProfile(
  by: Exclude<Dimension, 'team' | 'person'> | undefined,
  { types, priorities, channels, clocks, classification, customerTags, samples = [] }: Profile,
): NameOf {
  const lists = {
    ...{ type: types, classification: types, priority: priorities, channel: channels, clock: clocks },
    ...{ module: classification.modules, cause: classification.causes, 'customer-tag': customerTags },
    criterion: samples.flatMap(({ criteria }) => criteria),
    keyword: [],
  }
  return namedBy(by === undefined ? [] : lists[by].map(({ id, label }) => [id, label] as const))
}

/** A word that people chose freely, or something that is listed no more, is its own name. */
function namedBy(pairs: readonly (readonly [string, Labels])[]): NameOf {
  const names = new Map(pairs)
  return (key) => (key === null ? unsaid : (names.get(key) ?? said(key, key, key)))
}

const unsaid = said('未填写', '未填寫', 'not stated')

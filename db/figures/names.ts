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
): Promise<(key: string | null) => Labels> {
  const names = new Map(await listed(db, by, profile, keys))
  // A word that people chose freely, or something that is listed no more, is its own name.
  return (key) => (key === null ? unsaid : (names.get(key) ?? said(key, key, key)))
}

const unsaid = said('未填写', '未填寫', 'not stated')

async function listed(
  db: Kysely<Database>,
  by: Dimension | undefined,
  { types, priorities, channels, clocks, classification, customerTags, samples = [] }: Profile,
  keys: readonly string[],
): Promise<(readonly [string, Labels])[]> {
  const pairs = (list: readonly { readonly id: string; readonly label: Labels }[]) => list.map(({ id, label }) => [id, label] as const)
  switch (by) {
    case 'type':
    case 'classification':
      return pairs(types)
    case 'priority':
      return pairs(priorities)
    case 'channel':
      return pairs(channels)
    case 'clock':
      return pairs(clocks)
    case 'criterion':
      return pairs(samples.flatMap(({ criteria }) => criteria))
    case 'module':
      return pairs(classification.modules)
    case 'cause':
      return pairs(classification.causes)
    case 'customer-tag':
      return pairs(customerTags)
    case 'team':
      return (await listTeams(db)).map(({ id, labels }) => [id, labels] as const)
    case 'person':
      // A person has one name in all languages.
      return Object.entries(await namesOf(db, keys, 'zh-CN')).map(([id, name]) => [id, said(name, name, name)] as const)
    default:
      return []
  }
}

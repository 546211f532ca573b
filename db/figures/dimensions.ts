import { sql, type RawBuilder } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import { dimensions, type Dimension, type Span } from '../../domain/figures/figure.ts'

/**
 * What tickets were like when the time asked about ended: priority, team and who had them are folded from the events that
 * happened by then, so that a reassignment of today does not change last month.
 */

/** Of the numbers in `counted`, a row each with what is so in these dimensions: a part of `with`, named `then`. */
export function thenTable(needed: readonly Dimension[], { until, asOf }: Pick<Span, 'until' | 'asOf'>): RawBuilder<unknown> {
  const folded = needed.flatMap((dimension) => foldedFrom[dimension] ?? [])
  const kept = needed.flatMap((dimension) => (dimension in keptWith ? [keptWith[dimension] ?? sql``] : []))
  const columns = sql.join([sql`t.number`, ...kept, ...folded.map(({ name }) => sql`told.${sql.id(name)}`)])
  const counted = needed.includes('type') ? sql`tickets t ${reclassifiedSince(until, asOf)}` : sql`tickets t`
  if (folded.length === 0)
    return sql`"then" as materialized (select ${columns} from ${counted} where t.number in (select number from counted))`
  const types = [...new Set(folded.flatMap((one) => one.types))]
  const values = folded.map(
    ({ name, value, types: of, where }) =>
      sql`(array_agg(${value} order by e.seq desc) filter (where e.type in (${listed(of)}) ${where ?? sql``}))[1] as ${sql.id(name)}`,
  )
  return sql`"then" as materialized (
    select ${columns} from ${counted} left join (
      select e.process, ${sql.join(values)} from events e
      where e.process in (select number from counted) and e.type in (${listed(types)}) and e.at <= ${asOf} and e.occurred_at < ${until}
      group by e.process
    ) as told on told.process = t.number where t.number in (select number from counted))`
}

/** Of each ticket that was reclassified later, or as far as is known not yet, its type then, as `was`. */
function reclassifiedSince(until: Instant, asOf: Instant): RawBuilder<unknown> {
  return sql`left join (
    select process, (array_agg(data ->> 'from' order by seq))[1] as type from events
    where type = 'reclassified' and (occurred_at >= ${until} or at > ${asOf}) group by process) as was on was.process = t.number`
}

/** What stays as it was registered, but for the type, which seldom changes. */
const keptWith: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  // Reclassified since: it was what the first of these found it to be.
  type: sql`coalesce(was.type, t.type) as type`,
  channel: sql`t.channel`,
  keyword: sql`t.keywords`,
}

interface Folded {
  readonly name: string
  /** Of the last of these events. */
  readonly value: RawBuilder<unknown>
  readonly types: readonly string[]
  readonly where?: RawBuilder<unknown>
}

const priority: Folded = {
  name: 'priority',
  value: sql`e.data ->> 'priority'`,
  types: ['submitted', 'review-meeting-recorded', 'priority-change-decided'],
  where: sql`and (e.type <> 'priority-change-decided' or (e.data ->> 'approved')::boolean)`,
}
const team: Folded = { name: 'team', value: sql`e.data ->> 'team'`, types: ['submitted', 'assigned'] }
const person: Folded = {
  name: 'person',
  value: sql`case e.type when 'released' then null else e.data ->> 'assignee' end`,
  types: ['submitted', 'assigned', 'released'],
}
const tags: Folded = { name: 'tags', value: sql`e.data -> 'tags'`, types: ['customer-tagged'] }
const inClass = (part: string): Folded => ({
  name: `class_${part}`,
  value: sql`e.data #>> ${sql.lit(`{classification,${part}}`)}`,
  types: ['completed'],
})

const foldedFrom: Readonly<Partial<Record<Dimension, Folded>>> = {
  priority,
  team,
  person,
  module: inClass('module'),
  classification: inClass('type'),
  cause: inClass('cause'),
  'customer-tag': tags,
}

/** That a row in `counted` and `then` is what it is narrowed to. */
export function narrowingsTo(where: Readonly<Partial<Record<Dimension, string>>>): RawBuilder<unknown>[] {
  return dimensions.flatMap((dimension) => {
    const key = where[dimension]
    return key === undefined ? [] : [sql`${key} = any(${keysOf[dimension]})`]
  })
}

/** What of a row in `counted` and `then` stands in that dimension: a list, since some have several. */
export const keysOf: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  type: sql`array["then".type]`,
  priority: sql`array["then".priority]`,
  channel: sql`array["then".channel]`,
  team: sql`array["then".team]`,
  person: sql`array["then".person]`,
  keyword: sql`"then".keywords`,
  module: sql`array["then".class_module]`,
  classification: sql`array["then".class_type]`,
  cause: sql`array["then".class_cause]`,
  'customer-tag': sql`array(select tag ->> 'id' from jsonb_array_elements("then".tags) as tag)`,
  clock: sql`array[counted.clock]`,
  criterion: sql`array[counted.criterion]`,
}

function listed(words: readonly string[]): RawBuilder<unknown> {
  return sql.join(words.map((word) => sql.lit(word)))
}

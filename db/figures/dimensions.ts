import { sql, type RawBuilder } from 'kysely'
import type { Dimension, Span } from '../../domain/figures/figure.ts'

/**
 * What tickets were like when the time asked about ended: priority, team and who had them are folded from the events that
 * happened by then, so that a reassignment of today does not change last month.
 */

/** Of the numbers in `counted`, a row each: a part of `with`, named `then`. */
export function thenTable({ until, asOf }: Pick<Span, 'until' | 'asOf'>): RawBuilder<unknown> {
  return sql`"then" as materialized (
    select t.number, t.type, t.channel, t.keywords, told.priority, told.team, told.person, told.class,
      array(select tag ->> 'id' from jsonb_array_elements(told.tags) as tag) as customer_tags
    from tickets t join (
      select e.process,
        ${lastOf(
          sql`e.data ->> 'priority'`,
          sql`e.type in ('submitted', 'review-meeting-recorded')
          or e.type = 'priority-change-decided' and (e.data ->> 'approved')::boolean`,
        )} as priority,
        ${lastOf(sql`e.data ->> 'team'`, sql`e.type in ('submitted', 'assigned')`)} as team,
        ${lastOf(sql`case e.type when 'released' then null else e.data ->> 'assignee' end`, sql`e.type in ('submitted', 'assigned', 'released')`)} as person,
        ${lastOf(sql`e.data -> 'classification'`, sql`e.type = 'completed'`)} as class,
        ${lastOf(sql`e.data -> 'tags'`, sql`e.type = 'customer-tagged'`)} as tags
      from events e
      where e.process in (select number from counted) and e.at <= ${asOf} and e.occurred_at < ${until}
      group by e.process
    ) as told on told.process = t.number)`
}

function lastOf(value: RawBuilder<unknown>, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(array_agg(${value} order by e.seq desc) filter (where ${where}))[1]`
}

/** What of a row in `counted` and `then` stands in that dimension: a list, since some have several. */
export const keysOf: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  type: sql`array["then".type]`,
  priority: sql`array["then".priority]`,
  channel: sql`array["then".channel]`,
  team: sql`array["then".team]`,
  person: sql`array["then".person]`,
  keyword: sql`"then".keywords`,
  module: sql`array["then".class ->> 'module']`,
  classification: sql`array["then".class ->> 'type']`,
  cause: sql`array["then".class ->> 'cause']`,
  'customer-tag': sql`"then".customer_tags`,
  clock: sql`array[counted.clock]`,
}

import { sql, type Kysely, type RawBuilder } from 'kysely'
import { plus, type Instant } from '../domain/instant.ts'
import { deputiesIn, standInFor } from '../domain/standing-in.ts'
import type { Candidate } from '../workflows/ticket/events.ts'
import { absencesOf, awayAt } from './absences.ts'
import type { Database } from './schema.ts'
import { inTransaction } from './transaction.ts'

export interface Wanted {
  readonly number: string
  readonly team: string
  readonly skills: readonly string[]
}

/**
 * Who of a team can take a ticket now, best first, and keeps the place of the best (S7). Members that are absent are
 * passed over, or whoever stands in for them comes into question. Agents and engineers come before supervisors, then: more of
 * the skills wanted, present before deputy, less in hand, longest since the last ticket. Tickets that ask at once are looked at
 * one after another, so that they do not all find the same person idle.
 */
export async function chooseForDispatch(db: Kysely<Database>, wanted: Wanted, now: Instant): Promise<Candidate[]> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('dispatch', 0))`.execute(trx)
    const absences = absencesOf(await awayAt(trx, now))
    const away = [...absences.keys()].map((person) => ({ person, standIn: standInFor(person, deputiesIn(absences)).person }))
    const { rows } = await candidates(wanted, away, now).execute(trx)
    const [best] = rows
    await trx
      .deleteFrom('dispatches')
      .where('at', '<', plus(now, `-${placeKept}`))
      .execute()
    if (best) {
      const place = { person: best.assignee, at: now }
      await trx
        .insertInto('dispatches')
        .values({ ticket: wanted.number, ...place })
        .onConflict((conflict) => conflict.column('ticket').doUpdateSet(place))
        .execute()
    }
    return rows
  })
}

/** What was chosen is in the rows within seconds, or was refused because somebody claimed the ticket. */
const placeKept = 'PT10M'
/** As many as a record needs to show why the first one was chosen. */
const shown = 5

/** Somebody absent, and who stands in for them: nobody, where all the deputies are away too. */
interface StoodIn {
  readonly person: string
  readonly standIn: string | null
}

function candidates({ number, team, skills }: Wanted, away: readonly StoodIn[], now: Instant): RawBuilder<Candidate> {
  return sql<Candidate>`
    with away as (
      select * from unnest(${away.map(({ person }) => person)}::text[], ${away.map(({ standIn }) => standIn)}::text[]) as away (person, stand_in)
    ), member as (
      select people.id, people.roles && '{agent,engineer}' as hands_on, away.person is not null as absent, away.stand_in,
        (select count(*) from skills where person = people.id and skill = any(${skills}))::int as skills
      from memberships join people on people.id = memberships.person
        left join away on away.person = people.id
      where memberships.team = ${team} and people.active and people.roles && ${handling}
    ), candidate as (
      select coalesce(stand_in, id) as assignee, case when absent then id end as "insteadOf", hands_on, absent, skills
      from member
      where not absent or exists (
        select from people where people.id = member.stand_in and people.active and people.roles && ${handling})
    ), able as (
      -- Nobody works on a ticket of which they are the customer.
      select * from candidate where assignee is distinct from (select requester from tickets where number = ${number})
    )
    select assignee, "insteadOf", skills, "inHand"
    from able as candidate
      cross join lateral (
        select count(*)::int as "inHand" from (
          select tickets.number from tickets where tickets.open and tickets.assignee = candidate.assignee
          union
          select dispatches.ticket from dispatches join tickets on tickets.number = dispatches.ticket
          where dispatches.person = candidate.assignee and dispatches.at > ${plus(now, `-${placeKept}`)}
            and tickets.open and tickets.assignee is null and tickets.number <> ${number}
        ) as taken
      ) as load
      cross join lateral (select max(assignments.at) as at from assignments where assignments.assignee = candidate.assignee) as latest
    order by hands_on desc, skills desc, absent, "inHand", latest.at nulls first, assignee, "insteadOf" nulls first
    limit ${shown}`
}

const handling = sql`'{agent,engineer,supervisor}'`

import { absencesOf, awayAt } from '../../db/absences.ts'
import { listPeople, listTeams } from '../../db/people.ts'
import { maskEmail } from '../../domain/contact/email.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Role } from '../../domain/people.ts'
import { deputiesIn, standInFor } from '../../domain/standing-in.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames } from './filters.ts'
import * as operations from '../operations/people.ts'
import { reads, type App } from './serving.ts'

/** People and teams (X8). */
export function addPeople(app: App, context: Context): void {
  const { db, clock } = context

  reads(app, operations.listPeople, async ({ caller, query, answer }) => {
    const [people, absent] = await Promise.all([listPeople(db, definedOf(query)), awayAt(db, instantOf(clock.now().getTime()))])
    if (people.length === 0) await refuseUnknownNames(db, query)
    const away = new Map(absent.map((absence) => [absence.person, absence]))
    const deputyOf = deputiesIn(absencesOf(absent))
    const items = people.map(({ id, name, email, roles, teams, skills }) => {
      const absence = away.get(id)
      const standIn = standInFor(id, deputyOf).person
      return {
        id,
        name,
        email: email === null || id === caller.id ? email : maskEmail(email),
        roles,
        teams,
        skills,
        absence: absence ? { until: absence.until, deputy: absence.deputy, standIn } : null,
      }
    })
    return answer({ items })
  })

  reads(app, operations.listTeams, async ({ c, answer }) =>
    answer({ items: (await listTeams(db)).map((team) => ({ ...team, label: team.labels[c.get('locale')] })) }),
  )
}

function definedOf({ role, team }: { readonly role?: Role | undefined; readonly team?: string | undefined }) {
  return { ...(role !== undefined && { role }), ...(team !== undefined && { team }) }
}

import { connect } from '../db/connect.ts'
import { putEverybody } from '../db/people.ts'
import type { DocumentError } from '../domain/document/read.ts'
import { unknownReferences, type Organisation } from '../domain/organisation.ts'

/** Adds or brings up to date teams and people; what the document refers to and nobody knows keeps it from doing anything. */
export async function installOrganisation(databaseUrl: string, organisation: Organisation): Promise<DocumentError[]> {
  const db = connect(databaseUrl, { poolSize: 1, applicationName: 'bihuan-people' })
  try {
    const [people, teams] = await Promise.all([
      db.selectFrom('people').select(['id', 'roles']).execute(),
      db.selectFrom('teams').select('id').execute(),
    ])
    const unknown = unknownReferences(organisation, { people, teams: teams.map(({ id }) => id) })
    if (unknown.length === 0) await putEverybody(db, organisation.teams, organisation.people)
    return unknown
  } finally {
    await db.destroy()
  }
}

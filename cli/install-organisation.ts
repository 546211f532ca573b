import { connect } from '../db/connect.ts'
import { putEverybody } from '../db/people.ts'
import type { DocumentResult } from '../domain/document/open.ts'
import { parseOrganisation, type Organisation } from '../domain/organisation.ts'

/** Adds or brings up to date the teams and people of a document; anything wrong with it keeps it from doing so. */
export async function installOrganisation(databaseUrl: string, text: string): Promise<DocumentResult<Organisation>> {
  const db = connect(databaseUrl, { poolSize: 1, applicationName: 'bihuan-people' })
  try {
    const [people, teams] = await Promise.all([
      db.selectFrom('people').select(['id', 'roles']).execute(),
      db.selectFrom('teams').select(['id', 'lead', 'supervisor', 'departmentHead']).execute(),
    ])
    const parsed = parseOrganisation(text, { people, teams })
    if (parsed.ok) await putEverybody(db, parsed.value.teams, parsed.value.people)
    return parsed
  } finally {
    await db.destroy()
  }
}

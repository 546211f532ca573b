import { connect } from '../../db/connect.ts'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'

/** Lets a profile's notices go out at any hour, so that a figure does not depend on when it is taken: held ones cost less than mails. */
export async function deliverRoundTheClock(databaseUrl: string, id: string): Promise<void> {
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    const shipped = await latestProfile(db, id)
    if (!shipped) throw new Error(`there is no profile ${id}`)
    const { quietHours: _, ...profile } = shipped
    await installProfile(db, {
      profile: { ...profile, version: shipped.version + 1 },
      source: null,
      installedAt: instantOf(Date.now()),
      installedBy: 'bench',
    })
  } finally {
    await db.destroy()
  }
}

import { DateTime } from 'luxon'
import { connect } from '../../db/connect.ts'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'

/** What becomes of notices while a figure is taken: mails, or held as if it were night. It must not depend on the hour of day. */
export type Notices = 'sent' | 'held'

/** Gives a profile's new tickets quiet hours that last through the run, or none. */
export async function setQuietHours(databaseUrl: string, id: string, notices: Notices): Promise<void> {
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    const shipped = await latestProfile(db, id)
    if (!shipped) throw new Error(`there is no profile ${id}`)
    const { quietHours: _, ...profile } = shipped
    const now = DateTime.now().setZone(profile.zone)
    const quietHours = { from: now.minus({ hours: 1 }).toFormat('HH:mm'), until: now.plus({ hours: 12 }).toFormat('HH:mm'), except: [] }
    await installProfile(db, {
      profile: { ...profile, version: shipped.version + 1, ...(notices === 'held' && { quietHours }) },
      source: null,
      installedAt: instantOf(Date.now()),
      installedBy: 'bench',
    })
  } finally {
    await db.destroy()
  }
}

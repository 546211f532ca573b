import type { Kysely } from 'kysely'
import { instantOf, type Instant } from '../domain/instant.ts'
import { installCalendar, latestCalendar } from './calendars.ts'
import { IdTaken } from './profile-ids.ts'
import { shipped } from './profile-retirements.ts'
import { installTemplate } from './profile-templates.ts'
import { installProfile, ProfileVersionTaken } from './profiles.ts'
import type { Database } from './schema.ts'
import type { ShippedDocuments } from '../runtime/shipped-profiles.ts'

/**
 * Installs what ships with the product and is not there yet, after migrating; names of what is new. What an
 * organisation has made its own stays: its version of a profile, and a calendar it has changed.
 */
export async function installShipped(
  db: Kysely<Database>,
  { profiles, templates, calendars }: ShippedDocuments,
  installedAt: Instant = instantOf(Date.now()),
): Promise<string[]> {
  const by = { installedAt, installedBy: shipped }
  const installed: string[] = []
  for (const { content: calendar, source } of calendars) {
    const latest = await latestCalendar(db, calendar.id)
    if (latest && latest.installedBy !== shipped) continue
    const version = await installCalendar(db, { calendar, source, ...by })
    if (version !== latest?.version) installed.push(`${calendar.id} ${version}`)
  }
  for (const { content: template, source, base = null } of templates) {
    if (await unlessTaken(installTemplate(db, { template, source, base, ...by }))) installed.push(`${template.id} ${template.version}`)
  }
  for (const { content: profile, source, base = null } of profiles) {
    if (await unlessTaken(installProfile(db, { profile, source, base, ...by }))) installed.push(`${profile.id} ${profile.version}`)
  }
  return installed
}

/** Whether it is new; an organisation's own under the same name stays. */
async function unlessTaken(installing: Promise<boolean>): Promise<boolean> {
  try {
    return await installing
  } catch (error) {
    if (error instanceof ProfileVersionTaken || error instanceof IdTaken) return false
    throw error
  }
}

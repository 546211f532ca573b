import { processes } from '../processes/index.ts'
import { connect } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { installShipped } from '../db/shipped.ts'
import { shippedDocuments } from '../runtime/shipped-profiles.ts'

export interface BroughtUpToDate {
  /** Migrations applied now. */
  readonly migrations: readonly string[]
  /** Shipped profiles and calendars installed now, with their versions. */
  readonly installed: readonly string[]
}

/** Brings a database to what this version of the product needs: its tables, and the profiles and calendars that ship with it. */
export async function bringUpToDate(url: string): Promise<BroughtUpToDate> {
  const migrations = await migrateToLatest(url, processes)
  const db = connect(url, { poolSize: 1 })
  try {
    return { migrations, installed: await installShipped(db, await shippedDocuments()) }
  } finally {
    await db.destroy()
  }
}

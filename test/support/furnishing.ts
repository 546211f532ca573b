import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../db/connect.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { installShipped } from '../../db/shipped.ts'
import { processes } from '../../processes/index.ts'
import { shippedDocuments } from '../../runtime/shipped-profiles.ts'

/** Brings a database to the newest schema, with the shipped profiles and the demo people. */
export async function migrateAndFurnish(url: string): Promise<void> {
  await migrateToLatest(url, processes)
  // Its tokens are for nobody: each test makes those that it needs.
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-tokens-'))
  await furnish(url, join(folder, 'tokens.json'))
  rmSync(folder, { recursive: true })
}

/** The same for one that is migrated; tokens of the demo people go into the file. */
export async function furnish(url: string, tokens: string): Promise<void> {
  const db = connect(url, { poolSize: 1 })
  await installShipped(db, await shippedDocuments())
  await db.destroy()
  await ensureDemoPeople(url, tokens)
}

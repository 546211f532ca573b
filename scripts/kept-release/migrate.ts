import { join } from 'node:path'
import { bringUpToDate } from '../../cli/bring-up-to-date.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import { readConfig } from '../../runtime/config.ts'

/** Brings a database to what a kept release needs, as `bihuan migrate` does, and makes the demo people in it. */
const { databaseUrl, dataDir } = readConfig()
await bringUpToDate(databaseUrl)
await ensureDemoPeople(databaseUrl, join(dataDir, 'demo-tokens.json'))

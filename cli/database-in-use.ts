import { dataPaths, readDatabaseUrl, readDataDir } from '../runtime/config.ts'
import { readRunFile } from './launcher/run-file.ts'

/**
 * The database that a command works on: DATABASE_URL, else the one of the launcher that runs on the data folder.
 * @throws Error with the remedy when there is neither
 */
export function databaseInUse(): string {
  const given = readDatabaseUrl()
  if (given) return given
  const dataDir = readDataDir()
  const running = readRunFile(dataPaths(dataDir).run)
  if (running) return running.postgres
  throw new Error(`No database: DATABASE_URL is not set, and no \`bihuan start\` runs on ${dataDir}. Start it, or set DATABASE_URL.`)
}

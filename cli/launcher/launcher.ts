import { chmodSync, mkdirSync } from 'node:fs'
import { dataPaths, readLauncherConfig } from '../../runtime/config.ts'
import { AlreadyRunning, openLedger, type Ledger } from './ledger.ts'
import { openMergedLog, type MergedLog } from './merged-log.ts'
import { readRunFile, removeRunFile } from './run-file.ts'
import { startEverything } from './start-everything.ts'
import { stopRequested } from './stop-requests.ts'
import { supervise, type Part, type Supervised } from './supervise.ts'
import { watchSources } from './watch-sources.ts'

/**
 * Starts what is not given, in order: Postgres and its migration, Temporal, the worker, the API; says where everything
 * is; starts again what ends; on a signal stops all in the opposite order and returns. With `watch` the worker and the API are
 * started anew whenever their sources change.
 * @throws ConfigError, AlreadyRunning, or the Error of the part that could not be started, after stopping the others
 */
export async function launch({ demoPeople, watch }: { demoPeople: boolean; watch: boolean }): Promise<void> {
  const begun = Date.now()
  const config = readLauncherConfig()
  const paths = dataPaths(config.dataDir)
  openDataFolder(config.dataDir, paths.logs)
  const log = openMergedLog(paths.logs, config.logLevel)
  const ledger = await holdDataFolder(paths, log)
  removeRunFile(paths.run)

  const parts: Supervised[] = []
  const ofSources: Supervised[] = []
  const toClose: (() => Promise<void>)[] = []
  let stopping = false
  const start = async (part: Part): Promise<void> => {
    // A stop in the middle of the start: what comes next must not be started any more.
    if (stopping) throw new Error(`${part.name} is not started any more: stopping.`)
    const supervised = supervise(part, { note: ledger.note, say: log.say })
    parts.push(supervised)
    if (part.ofSources) ofSources.push(supervised)
    await supervised.ready
  }
  const requested = stopRequested(() => {
    for (const part of parts) part.kill()
    process.exit(130)
  })

  try {
    const atStop = (close: () => Promise<void>) => void toClose.push(close)
    if (watch) atStop(restartOnChange(ofSources, log))
    const started = startEverything({ config, paths, demoPeople, begun, log, ledger, start, atStop })
    const signal = await Promise.race([requested, started.then(() => requested)])
    log.say(`Stopping on ${signal}; once more kills what is still running.`)
  } finally {
    stopping = true
    ledger.stopping()
    removeRunFile(paths.run)
    log.hush()
    for (const part of parts.toReversed()) await part.stop()
    await Promise.all(toClose.map((close) => close()))
    log.say('Stopped.')
    log.close()
    ledger.close()
  }
}

/** What is returned ends it. */
function restartOnChange(parts: readonly Supervised[], log: MergedLog): () => Promise<void> {
  const end = watchSources((files) => {
    const [first = '', ...others] = files
    const why = `${first}${others.length > 0 ? ` and ${others.length} more` : ''} changed`
    for (const part of parts) part.restart(why)
  })
  log.say('Watching the sources: the worker and the API are started anew when one changes.')
  return async () => end()
}

/** The folder holds keys and tokens: closed to others, but for passing through to what the Postgres account owns. */
function openDataFolder(dataDir: string, logs: string): void {
  process.umask(0o077)
  try {
    mkdirSync(dataDir, { recursive: true })
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    mkdirSync(logs, { recursive: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The data folder ${dataDir} cannot be used: ${reason}. Set BIHUAN_DATA to a folder you may write to.`, { cause: error })
  }
}

async function holdDataFolder(paths: ReturnType<typeof dataPaths>, log: MergedLog): Promise<Ledger> {
  try {
    return await openLedger(paths.ledger, log.say)
  } catch (error) {
    log.close()
    if (!(error instanceof AlreadyRunning)) throw error
    const running = readRunFile(paths.run)
    const where = running ? `It serves ${running.api}.` : 'It is still starting.'
    throw new AlreadyRunning(
      `Bihuan already runs on ${paths.dataDir} (process ${error.launcher.pid}). ${where} ` +
        'Stop it with Ctrl-C in its terminal, or set BIHUAN_DATA to another folder for a second one.',
      error.launcher,
    )
  }
}

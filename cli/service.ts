import closeWithGrace from 'close-with-grace'
import { readConfig, type Config } from '../runtime/config.ts'
import { createLogger, type Logger } from '../runtime/logging.ts'

type Running = { stop(): Promise<void>; url?: string }

/** Longer than the longest piece of work that is let finish (a Temporal activity, a request waiting for its Update). */
const DRAIN_MS = 25_000

/**
 * Runs one service until it is told to end, then lets it finish what it has begun. A launcher that opened a channel is
 * told when the service is ready.
 */
export async function runService(part: string, run: (config: Config, log: Logger) => Promise<Running>): Promise<void> {
  const config = readConfig()
  const log = createLogger(part, config.logLevel)
  const running = await run(config, log)
  closeWithGrace({ delay: config.drainSeconds * 1_000 + DRAIN_MS, logger: log }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, 'Ending because of an error nobody handled')
    else log.info(`Ending${signal ? ` on ${signal}` : ''}: finishing what is under way`)
    await running.stop()
  })
  // The channel is for this one message; open, it would keep the process from ending.
  process.send?.({ ready: running.url ?? part }, undefined, undefined, () => process.disconnect())
  log.info(running.url ? `Listening on ${running.url}` : 'Running')
}

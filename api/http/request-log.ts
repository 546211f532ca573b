import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import type { Logger } from '../../runtime/logging.ts'
import type { Env } from './env.ts'

/** One line a request: what, by whom, how it ended, how long it took. Never bodies, tokens or query strings: those hold personal data. */
export function requestLog(log: Logger, clock: Clock): MiddlewareHandler<Env> {
  // None of these members holds what would have to be left out, and looking for it takes longer than the rest of the line.
  const lines = log.child({}, { redact: [] })
  return async (c, next) => {
    const began = clock.now().getTime()
    await next()
    const { status } = c.res
    const quiet = status < 500 && quietPaths.has(c.req.path)
    lines[quiet ? 'debug' : 'info'](
      {
        method: c.req.method,
        path: c.req.path.replace(secretInPath, '/codec/…'),
        status,
        ms: clock.now().getTime() - began,
        caller: c.get('caller')?.id,
      },
      'request',
    )
  }
}

/** The Temporal UI that comes along has a secret in its address (routes/codec.ts). */
const secretInPath = /^\/codec\/[^/]+/
/** Asked every few seconds by machines. */
const quietPaths: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics'])

import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { httpDuration } from '../../runtime/metrics.ts'
import type { Env } from './env.ts'

/** Counts and times every request, by the route that served it: addresses that callers make up are all one. */
export function requestFigures(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const began = performance.now()
    await next()
    const matched = routePath(c, -1)
    httpDuration.observe(
      {
        method: methods.has(c.req.method) ? c.req.method : 'other',
        route: matched.endsWith('*') ? 'none' : matched.replaceAll(/:(\w+)/g, '{$1}'),
        status: `${Math.floor(c.res.status / 100)}xx`,
      },
      (performance.now() - began) / 1_000,
    )
  }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

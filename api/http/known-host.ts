import type { MiddlewareHandler } from 'hono'
import { isOneOf } from '../../runtime/host-names.ts'
import type { Env } from './env.ts'
import { problem } from '../problems/problem.ts'

/** Serves only who asked for one of these names, whatever the path: on loopback, anything else is a page of somebody else's. */
export function knownHost(names: readonly string[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!isOneOf(names, c.req.header('host'))) throw problem('unknown-host')
    await next()
  }
}

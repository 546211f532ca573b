import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { incomplete } from './input.ts'
import { bodyLimitBytes } from './limits.ts'
import type { Env } from './env.ts'
import { Problem, problem } from '../problems/problem.ts'

/**
 * Refuses bodies that are too large. One that says how long it is, as nearly all do, is judged by that: Node reads no more of
 * it, and merely looking at a body would make a stream of what can be read in one piece.
 */
export function limitedBody(): MiddlewareHandler<Env> {
  const measured = bodyLimit({ maxSize: bodyLimitBytes, onError: tooLarge })
  return async (c, next) => {
    const { method } = c.req
    if (method === 'GET' || method === 'HEAD') return next()
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined)
      return measured(c, next).catch((error: unknown) => (error instanceof Problem ? Promise.reject(error) : incomplete()))
    if (Number(length) > bodyLimitBytes) tooLarge()
    return next()
  }
}

function tooLarge(): never {
  throw problem('body-too-large', { limit: '1 MiB' })
}

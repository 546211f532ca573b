import type { Context } from 'hono'
import { houseZone } from '../../db/profile-standings.ts'
import { latestProfile } from '../../db/profiles.ts'
import { memberOf } from '../../domain/document/loose.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../http/env.ts'

/** In which zone instants are told of a request that names a profile, be it in its path, its query or its body: that profile's, else the house's. */
export async function zoneSpokenOf(c: Context<Env>, { db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<string | undefined> {
  const named = c.req.param('profile') ?? c.req.query('profile') ?? (await profileInBody(c))
  return (named === undefined ? undefined : (await latestProfile(db, named))?.zone) ?? houseZone(db, instantOf(clock.now().getTime()))
}

/** What was read of a request is kept until it is answered. */
async function profileInBody(c: Context<Env>): Promise<string | undefined> {
  if (c.req.method === 'GET') return undefined
  const body: unknown = await c.req.json().catch(() => undefined)
  const named = memberOf(body, 'profile')
  return typeof named === 'string' ? named : undefined
}

import { effectiveDay, type Standing } from '../../domain/profile/in-force.ts'
import type { Context } from '../deps.ts'
import type { InputError } from '../messages/render.ts'

/** Why nothing new can run by a profile that is not in force (X1): there is none, its day has not come, or it is retired. */
export async function notInForce(
  { profileOf }: Pick<Context, 'profileOf'>,
  profiles: ReadonlyMap<string, Standing>,
  id: string,
): Promise<InputError> {
  const choices = [...profiles].flatMap(([other, { state }]) => (state === 'current' ? [other] : []))
  const { state, next } = profiles.get(id) ?? {}
  if (state === 'retired') return { path: 'profile', code: 'profile-retired', params: { choices } }
  if (!next) return { path: 'profile', code: 'not-a-choice', params: { choices } }
  const from = effectiveDay(await profileOf({ profile: id, profileVersion: next.version }))
  return { path: 'profile', code: 'profile-upcoming', params: { from, choices } }
}

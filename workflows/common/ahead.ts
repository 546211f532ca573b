import { plus, type Instant } from '../../domain/instant.ts'
import type { FieldError } from '../../domain/rejection.ts'
import type { Act } from '../act.ts'

/** What is wrong with an instant that somebody sets for later; undefined when it lies ahead, and not absurdly far. */
export function aheadError(
  path: string,
  given: Instant,
  { policy, act }: { readonly policy: { readonly furthest?: string }; readonly act: Pick<Act, 'at'> },
): FieldError | undefined {
  if (given <= act.at) return { path, code: 'not-after-now', params: { given, now: act.at } }
  const { furthest } = policy
  return furthest !== undefined && given > plus(act.at, furthest) ? { path, code: 'too-far', params: { given } } : undefined
}

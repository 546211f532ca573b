import type { Clock } from '../profile/clocks.ts'
import type { Moment } from '../profile/moments.ts'
import type { NoticeKind } from './kinds.ts'

/**
 * What a notice that asks something of the customer says beside its own parameters: until when they have time, as it is when the
 * notice is sent, and in a reminder once more what is missing, which is asked for only there.
 */
export async function owedByCustomer(
  kind: NoticeKind,
  { promises, clocks }: { readonly promises: readonly Owed[]; readonly clocks: readonly Pick<Clock, 'id' | 'starts'>[] },
  missingNow: () => Promise<readonly string[]>,
): Promise<Readonly<Record<string, string>>> {
  const asked = askedBy[kind]
  if (asked === undefined) return {}
  const running = promises.find(
    ({ clock, state }) => state === 'running' && clocks.find(({ id }) => id === clock)?.starts.includes(asked) === true,
  )
  const missing = kind === 'information-reminder' ? await missingNow() : []
  return { ...(running && { until: running.dueAt }), ...(missing.length > 0 && { missing: missing.join('\n') }) }
}

interface Owed {
  readonly clock: string
  readonly state: string
  readonly dueAt: string
}

/** The moment at which the customer was asked what the notice is about. */
const askedBy: Partial<Readonly<Record<NoticeKind, Moment>>> = {
  'information-requested': 'customer-asked',
  'information-reminder': 'customer-asked',
  'confirmation-requested': 'confirmation-asked',
  'confirmation-reminder': 'confirmation-asked',
}

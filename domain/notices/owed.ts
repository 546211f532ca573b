import type { Clock } from '../profile/clocks.ts'
import { isExactly, type Moment } from '../profile/moments.ts'
import { own } from '../own.ts'
import type { AnyNoticeKind } from './custom.ts'
import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'

/**
 * What a notice that asks something of the customer says beside its own parameters: until when they have time, as it is when the
 * notice is sent, and in a reminder once more what is missing and in which words it was asked for.
 */
export async function owedByCustomer(
  kind: AnyNoticeKind,
  { promises, clocks, template }: Around,
  askedNow: () => Promise<Asked>,
): Promise<Readonly<Record<string, string>>> {
  const asked = own<Moment>(askedBy, kind)
  if (asked === undefined) return {}
  const running = promises.find(
    ({ clock, state }) =>
      state === 'running' && clocks.find(({ id }) => id === clock)?.starts.some((start) => isExactly(start, asked)) === true,
  )
  const { missing, message } = kind === 'information-reminder' ? sayable(await askedNow(), template) : nothing
  return {
    ...(running && { until: running.dueAt }),
    ...(missing.length > 0 && { missing: missing.join('\n') }),
    ...(message !== null && { message }),
  }
}

interface Around {
  readonly promises: readonly Owed[]
  readonly clocks: readonly Pick<Clock, 'id' | 'starts'>[]
  readonly template: Template
}

/** Reminders that were written before there was a `{message}` name the message as what is missing, rather than nothing. */
function sayable({ missing, message }: Asked, { text }: Template): Asked {
  const saysIt = Object.values(text).every((one) => one.includes('{message}'))
  return saysIt || message === null || missing.length > 0 ? { missing, message } : { missing: [message], message }
}

/** What was asked of a customer last. */
export interface Asked {
  /** Fields by their ids, and whatever else has a name. */
  readonly missing: readonly string[]
  /** In the words of whoever asked, which are sentences of their own. */
  readonly message: string | null
}

const nothing: Asked = { missing: [], message: null }

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

import { epochMs } from '../domain/instant.ts'
import { deadlineLateness } from '../runtime/metrics.ts'
import type { Draft, Recorded } from '../workflows/process.ts'

/** Notes how late deadlines were put on record. Whoever writes their events into the rows does, so each counts once. */
export function observeLateness(written: readonly Recorded<Draft>[]): void {
  for (const event of written) {
    const level = levelOf(event)
    if (level) deadlineLateness.observe({ level }, (epochMs(event.at) - epochMs(event.occurredAt)) / 1_000)
  }
}

/** What kind of deadline passed; undefined when the event comes of an act, such as a breach by another target. */
export function levelOf(event: Recorded<Draft>): 'warning' | 'due' | 'escalation' | undefined {
  if (event.requestId !== null) return undefined
  switch (event.type) {
    case 'promise-broken':
    case 'promise-lapsed':
    case 'closed':
      return 'due'
    case 'level-reached':
      return 'warning' in event && event.warning === true ? 'warning' : 'escalation'
    default:
      return undefined
  }
}

import type { LogEntry } from '../../db/process-log.ts'
import { cycleView } from './promise.ts'
import { eventView } from './step.ts'

/** The log of a process as it is answered, whatever its type: its events and its lines. */

/** An event with the promises that it made, moved or ended; or a line. */
export function logView(entry: LogEntry) {
  if (entry.kind === 'event') return { ...eventView(entry), promises: entry.promises.map(cycleView) }
  return { type: entry.type, id: entry.id, at: entry.at, occurredAt: entry.at, actor: entry.author, text: entry.text }
}

/** An entry without what its type tells nobody here. */
export function withoutMembers(entry: LogEntry, names: readonly string[] = []): LogEntry {
  if (entry.kind === 'note' || names.length === 0) return entry
  return { ...entry, data: Object.fromEntries(Object.entries(entry.data).filter(([name]) => !names.includes(name))) }
}

/** Ids of the people who did what it tells, and of those in whose place. */
export function idsInLog(items: readonly { readonly actor: string }[]): string[] {
  return items.flatMap((item) => ('actingFor' in item && typeof item.actingFor === 'string' ? [item.actor, item.actingFor] : [item.actor]))
}

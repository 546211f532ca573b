import type { Fields, RecordedTicketEvent } from './events.ts'

/** What an event changes in the form of its ticket; null: it has such a field no longer. Undefined: nothing. */
export function formChanges(event: RecordedTicketEvent): Readonly<Record<string, Fields[string] | null>> | undefined {
  switch (event.type) {
    case 'reclassified':
      return { ...Object.fromEntries(Object.keys(event.dropped).map((id) => [id, null])), ...event.fields }
    case 'supplemented':
      return event.fields
    case 'corrected':
      return event.changes.fields
    default:
      return undefined
  }
}

import type { Notice, Place, Placed, ProcessState } from '../process.ts'

/** Who is at the places that a profile names, as things are now. */

/** A process that people work on: whom its ladders and rules speak to. */
export interface Staffed extends ProcessState {
  readonly assignee: string | null
  /** Absent: those of its type have none. */
  readonly representative?: string | null
  readonly team: string
}

/**
 * Each recipient once. Where nobody is, the word goes up to the team's lead, and from there further (X8). What belongs to no team has nobody who
 * holds a place over one: who hears of that, its type looks up.
 */
export function placedAt(places: readonly Place[], { assignee, representative, team }: Staffed): Placed[] {
  const named = (place: Place, id: string | null): Placed =>
    id === null ? { place: 'lead', recipient: { kind: 'role', role: 'lead', team } } : { place, recipient: { kind: 'person', id } }
  const all = places.map((place): Placed => {
    switch (place) {
      case 'customer':
        return { place, recipient: { kind: 'customer' } }
      case 'handler':
        return named(place, assignee)
      case 'representative':
        return named(place, representative ?? null)
      case 'team':
        return { place, recipient: { kind: 'team', id: team } }
      default:
        return { place, recipient: { kind: 'role', role: place, team } }
    }
  })
  const held = team === '' ? all.filter(({ recipient: { kind } }) => kind === 'customer' || kind === 'person') : all
  return held.filter(({ recipient }, at) => held.findIndex((earlier) => isSame(earlier.recipient, recipient)) === at)
}

export function isSame(one: Notice['recipient'], other: Notice['recipient']): boolean {
  switch (one.kind) {
    case 'customer':
      return other.kind === 'customer'
    case 'person':
    case 'team':
      return other.kind === one.kind && other.id === one.id
    case 'role':
      return other.kind === 'role' && other.role === one.role && other.team === one.team
  }
}

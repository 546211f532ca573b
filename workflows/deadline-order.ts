import type { Deadline } from './process.ts'

/** Deadlines as they fall due; ties in a fixed order, so that every replay settles them alike. */
export function inOrder(deadlines: readonly Deadline[]): Deadline[] {
  return deadlines.toSorted(inTurn)
}

/** The deadline that comes first. */
export function earliest(deadlines: readonly Deadline[]): Deadline | undefined {
  return deadlines.reduce<Deadline | undefined>((first, one) => (first && inTurn(first, one) <= 0 ? first : one), undefined)
}

/** As a text that sorts: at one instant a promise breaks before its ladder speaks of it, and ends for good after that. */
export function orderOf({ dueAt, clock, cycle, level }: Deadline): string {
  return `${dueAt} ${clock} ${String(cycle).padStart(9, '0')} ${level === 'due' ? '' : level === 'end' ? '~' : level}`
}

function inTurn(a: Deadline, b: Deadline): number {
  return compare(a.dueAt, b.dueAt) || compare(orderOf(a), orderOf(b))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

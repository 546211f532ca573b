/**
 * How much later than a deadline a process' own timer rings, where a worker wakes it on time: long enough for a storm of
 * deadlines to be settled at the pace that the worker has chosen, and not in the same second for all.
 */
export function secondStringMs(id: string): number {
  return leastMs + (hash(id) % spreadMs)
}

const leastMs = 10 * 60_000
const spreadMs = 20 * 60_000

/** FNV-1a: numbers that differ in their last digit lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const sign of text) value = Math.imul(value ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return value >>> 0
}

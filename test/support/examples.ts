/** Comparing examples of the OpenAPI document with what is said today: instants, numbers and ids differ from day to day. */

/** A request without what differs. */
export function fixed(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'an instant')
      .replaceAll(/TS\d{8,}/g, 'a number')
      .replaceAll(/\bC[0-9A-HJKMNP-TV-Z]{16}\b/g, 'an entry')
  if (Array.isArray(value)) return value.map(fixed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      countedIds.test(name) && isCounted(inner) ? 'an id' : fixed(inner),
    ]),
  )
}

/** Members that hold what is counted or drawn, where it is a number or the id of a token. */
const countedIds = /^(?:id|task)$/

function isCounted(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^[\da-f]{12}$/.test(value))
}

/** The same, its lists emptied where those of the other are: how many there are of something differs with the moment, none of them included. */
export function emptiedAs(value: unknown, other: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(other) && other.length > 0 ? value.map((item) => emptiedAs(item, other[0])) : []
  if (typeof value !== 'object' || value === null || typeof other !== 'object' || other === null) return value
  const members: Readonly<Record<string, unknown>> = { ...other }
  return Object.fromEntries(Object.entries(value).map(([name, inner]: [string, unknown]) => [name, emptiedAs(inner, members[name])]))
}

/** What an answer is made of: its members, and of what kind each is; of a list what its items are made of. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))].toSorted()
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, inner]: [string, unknown]) => [name, shapeOf(inner)]))
}

import { pathText } from './issues.ts'

/** Where in an input somebody is named; as a whole, where it is written in another way than it is read. */
export function placesOf(input: unknown, person: string): string[] {
  const places = placesWithin(input, person)
  return places.length === 0 ? [''] : places
}

function placesWithin(value: unknown, person: string, path: readonly PropertyKey[] = []): string[] {
  if (typeof value === 'string') return value.trim() === person ? [pathText(path)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => placesWithin(item, person, [...path, Array.isArray(value) ? Number(key) : key]))
}

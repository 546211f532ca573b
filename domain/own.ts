/**
 * What a record holds under a key. Keys come from outside, and every object answers to `constructor`, `toString` and
 * `__proto__` without holding them.
 */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

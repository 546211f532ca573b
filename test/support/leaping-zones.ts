/** Zones whose clocks are put forward or back at midnight, and on which days of 2026 they do it. */
export const leapingZones: readonly (readonly [zone: string, days: readonly string[]])[] = [
  ['America/Havana', ['2026-03-08', '2026-11-01']],
  ['America/Santiago', ['2026-04-05', '2026-09-06']],
  ['Africa/Cairo', ['2026-04-24', '2026-10-30']],
  ['Asia/Beirut', ['2026-03-29', '2026-10-25']],
]

/** Each day within two of such a one, with the day before it and the day after. */
export const daysAround = leapingZones.flatMap(([zone, days]) =>
  days.flatMap((day) =>
    [-2, -1, 0, 1, 2].map((away) => ({ zone, before: dayAfter(day, away - 1), day: dayAfter(day, away), after: dayAfter(day, away + 1) })),
  ),
)

export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)
}

/** What work costs in time of the processor, in milliseconds: another process beside it changes nothing. */
export function measured<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return { result, ms: (user + system) / 1_000 }
}

/** Its cost alone. */
export function costOf(work: () => unknown): number {
  return measured(work).ms
}

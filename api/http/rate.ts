/**
 * Lets each caller through `perSecond` times a second on average and `burst` times at once. Each process counts for
 * itself: it protects the process, not the service's books.
 */
export function createRateLimit({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) {
  const callers = new Map<string, { left: number; at: number }>()

  /** Whether the caller may now; `nowMs` never runs backwards by much. */
  return (caller: string, nowMs: number): boolean => {
    const known = callers.get(caller) ?? { left: burst, at: nowMs }
    const left = Math.min(burst, known.left + (Math.max(0, nowMs - known.at) / 1000) * perSecond)
    // Whoever came last is last in the map, so the first are those to forget.
    callers.delete(caller)
    callers.set(caller, { left: left < 1 ? left : left - 1, at: nowMs })
    const [oldest] = callers.keys()
    if (callers.size > mostCallers && oldest !== undefined) callers.delete(oldest)
    return left >= 1
  }
}

/** More people than look at once. */
const mostCallers = 1_000

import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Works in rounds until stopped, with a pause after each. `ending` tells a round under way that it is the last; `stop`
 * waits for it. A round must not throw: whatever goes wrong in one is its own to log.
 */
export function startRounds(pauseMs: number, round: (ending: AbortSignal) => Promise<unknown>): { stop(): Promise<void> } {
  const ending = new AbortController()
  const running = (async () => {
    while (!ending.signal.aborted) {
      await round(ending.signal)
      await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      ending.abort()
      await running
    },
  }
}

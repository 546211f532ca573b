/** What the terminal, a service manager or a closed window asks us with. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm passes on the Ctrl-C that the terminal has already sent to everybody: two within this time are one. */
const SAME_REQUEST_MS = 1_000

/** Resolves with the signal that first asks this process to stop; one that asks again later calls `again`. */
export function stopRequested(again: () => void): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    for (const signal of signals) {
      process.on(signal, () => {
        if (firstAt === undefined) {
          firstAt = Date.now()
          resolve(signal)
        } else if (Date.now() - firstAt > SAME_REQUEST_MS) {
          again()
        }
      })
    }
  })
}

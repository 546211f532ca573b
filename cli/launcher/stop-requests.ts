/** What the terminal, a service manager or a closed window asks us with. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm passes on the Ctrl-C that the terminal has already sent to everybody: two within this time are one. */
const SAME_REQUEST_MS = 1_000

/** Soon enough that a start right after the end of npm finds us stopping. */
const LOOK_FOR_NPM_EVERY_MS = 200

/** Resolves with what first asks this process to stop; a signal that asks again later calls `again`. */
export function stopRequested(again: () => void): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    whenNpmEnds(() => {
      firstAt ??= Date.now()
      resolve('the end of npm')
    })
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

/** An npm that is killed cannot pass anything on; without it nobody would know of us any more. */
function whenNpmEnds(act: () => void): void {
  if (!['start', 'dev'].includes(process.env['npm_lifecycle_event'] ?? '')) return
  const npm = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    act()
  }, LOOK_FOR_NPM_EVERY_MS)
  timer.unref()
}

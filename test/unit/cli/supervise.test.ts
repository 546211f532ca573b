import { expect, it, vi } from 'vitest'
import { supervise } from '../../../cli/launcher/supervise.ts'
import { startProcess } from '../../../runtime/processes.ts'

it('a part whose next start hangs does not keep the others from being stopped', async () => {
  let starts = 0
  const supervised = supervise(
    {
      name: 'part',
      start() {
        starts += 1
        return starts > 1
          ? new Promise(() => {})
          : startProcess({ command: process.execPath, args: ['-e', ''], env: process.env, logFile: '/dev/null' })
      },
      ready: () => Promise.resolve(),
      stopSignal: 'SIGTERM',
      graceMs: 100,
    },
    { note: () => {}, say: () => {} },
  )
  await supervised.ready
  await vi.waitFor(() => expect(starts).toBe(2), { timeout: 10_000 })
  await supervised.stop()
  expect(starts).toBe(2)
})

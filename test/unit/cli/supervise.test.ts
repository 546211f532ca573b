import { expect, it, vi } from 'vitest'
import { supervise } from '../../../cli/launcher/supervise.ts'
import { isRunning, startProcess, type ProcessIdentity } from '../../../runtime/processes.ts'

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

it('a part that is started anew is known by its new process, however soon that runs', async () => {
  const noted = new Map<string, ProcessIdentity | undefined>()
  const said: string[] = []
  const supervised = supervise(
    {
      name: 'part',
      start: () => startProcess({ command: 'sleep', args: ['60'], env: process.env, logFile: '/dev/null' }),
      ready: () => Promise.resolve(),
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    { note: (name, identity) => noted.set(name, identity), say: (message) => said.push(message) },
  )
  await supervised.ready
  for (const times of [1, 2, 3]) {
    const before = noted.get('part')
    supervised.restart('its source changed')
    await vi.waitFor(() => expect(said.filter((message) => message.includes('runs again'))).toHaveLength(times), { timeout: 10_000 })
    // The end of the one before is noticed by whoever asked it to end, too, a little later.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const now = noted.get('part')
    expect(now && isRunning(now)).toBe(true)
    expect(now?.pid).not.toBe(before?.pid)
  }
  await supervised.stop()
})

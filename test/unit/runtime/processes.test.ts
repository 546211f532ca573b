import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLine, identify, isRunning, startProcess, stopProcess } from '../../../runtime/processes.ts'

const logFile = join(mkdtempSync(join(tmpdir(), 'bihuan-processes-')), 'log')
const shell = (script: string) => startProcess({ command: '/bin/sh', args: ['-c', script], env: process.env, logFile })

it('knows a process by pid and start time, and not another one that has its pid', async () => {
  const { identity, exited } = await shell('exec sleep 60')
  expect(identify(identity.pid)).toEqual(identity)
  expect(isRunning(identity)).toBe(true)
  // While the shell becomes `sleep`, its command line is empty or still the shell's.
  await waitFor(() => (commandLine(identity.pid) === 'sleep 60' ? true : undefined))

  const predecessor = { ...identity, startedAt: '17@an earlier boot' }
  expect(isRunning(predecessor)).toBe(false)
  expect(await stopProcess(predecessor)).toBe('was gone')
  expect(isRunning(identity)).toBe(true)

  expect(await stopProcess(identity)).toBe('stopped')
  expect(await exited).toBe('SIGTERM')
  expect(isRunning(identity)).toBe(false)
})

it('kills a process that does not stop when asked, with the whole group it leads', async () => {
  const { identity, exited } = await shell('trap "" TERM; sleep 60 & echo started $!; wait; wait')
  const grandchild = await waitFor(() => /started (\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1])
  expect(await stopProcess(identity, { graceMs: 300 })).toBe('killed')
  expect(await exited).toBe('SIGKILL')
  await waitFor(() => (identify(Number(grandchild)) ? undefined : true))
})

it('says that a command cannot be started', async () => {
  await expect(startProcess({ command: '/does/not/exist', args: [], env: {}, logFile })).rejects.toThrow(/ENOENT/)
})

async function waitFor<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

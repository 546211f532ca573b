import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AlreadyRunning, openLedger } from '../../../cli/launcher/ledger.ts'
import { identify, isRunning, type ProcessIdentity } from '../../../runtime/processes.ts'

const dead: ProcessIdentity = { pid: 999_999_999, startedAt: 'long ago' }

it('is held by a living launcher, and by nobody once it is closed', async () => {
  const path = ledgerPath()
  const first = await openLedger(path, () => undefined)
  await expect(openLedger(path, () => undefined)).rejects.toThrow(AlreadyRunning)
  first.close()
  expect(existsSync(path)).toBe(false)
  ;(await openLedger(path, () => undefined)).close()
})

it('ends what a killed launcher left, and never a stranger that has a pid of it by now', async () => {
  const path = ledgerPath()
  const [left, stranger] = [sleeper(), sleeper()]
  writeFileSync(path, JSON.stringify({ launcher: dead, children: { api: left, worker: { ...stranger, startedAt: 'before' } } }))
  const said: string[] = []
  const ledger = await openLedger(path, (message) => said.push(message))
  expect(said).toEqual(['A launcher was killed here and left api running: stopping them first.'])
  expect(isRunning(left)).toBe(false)
  expect(isRunning(stranger)).toBe(true)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ launcher: identify(process.pid), children: {}, stopping: false })
  ledger.close()
  process.kill(stranger.pid, 'SIGKILL')
})

it('takes the place of a file that cannot be read', async () => {
  const path = ledgerPath()
  writeFileSync(path, '{ half')
  const ledger = await openLedger(path, () => undefined)
  ledger.note('api', dead)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ children: { api: dead } })
  ledger.close()
})

function ledgerPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'bihuan-ledger-')), 'launcher.json')
}

function sleeper(): ProcessIdentity {
  const identity = identify(spawn('sleep', ['60'], { stdio: 'ignore', detached: true }).pid ?? 0)
  if (!identity) throw new Error('sleep did not start')
  return identity
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunFile } from '../../cli/launcher/run-file.ts'
import { builtCli, launch, makeDataFolder, removeDataFolder, type Launcher } from '../support/launcher.ts'

/** `bihuan demo --reports` beside the product that runs, as a person calls it; what it loads is looked at in demo-history.test.ts. */

const patience = 300_000
const dataDir = makeDataFolder()
let launcher: Launcher
let where: RunFile

beforeAll(async () => {
  launcher = launch({ dataDir, command: builtCli })
  where = await launcher.ready()
}, patience)

afterAll(async () => {
  await launcher.end('SIGTERM')
  removeDataFolder(dataDir)
}, patience)

it('T17, S17: loads three months, starts what is open, and makes a report of each kind; once', { timeout: patience }, async () => {
  const { exitCode, stdout, stderr } = await demo('--lang', 'en')
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toMatch(/Loaded 1[3-6]\d\d tickets with \d+ events in \d+ s\./)
  expect(stdout).toContain('All of these run now')
  expect(stdout).toContain('within five minutes')
  const reports = [...stdout.matchAll(/ · (report:\S+)$/gm)].flatMap(([, number]) => number ?? [])
  expect(reports.map((number) => number.slice(0, number.lastIndexOf(':')))).toEqual([
    'report:tech-support:weekly',
    'report:tech-support:monthly',
    'report:standard-ticket:monthly',
  ])
  for (const number of reports) {
    const response = await fetch(`${where.api}/api/reports/${number}/content`, { headers: asManagement() })
    expect(await response.json(), number).toMatchObject({ quiet: false })
    const [, profile, kind, period] = number.split(':')
    const file = linked(stdout, join(dataDir, 'reports', `${profile}-${kind}-${period}.html`))
    expect(readFileSync(file, 'utf8')).toContain('<html')
  }
  expect((await fetch(linked(stdout, `${where.api}/api/tickets?open=true`), { headers: asManagement() })).status).toBe(200)
  const counted = await fetch(
    `${where.temporalUi}/api/v1/namespaces/default/workflow-count?query=${encodeURIComponent('WorkflowType = "ticket"')}`,
  )
  const { count } = z.object({ count: z.coerce.number() }).parse(await counted.json())
  expect(count).toBeGreaterThan(50)
  expect(count).toBeLessThan(400)

  const again = await demo('--seed', 'another', '--lang', 'zh-CN')
  expect(again.exitCode).toBe(0)
  expect(again.stdout).toMatch(/三个月的工单（1[3-6]\d\d 张）已经载入过，未作任何改动。/)
  expect(again.stdout).not.toContain('正在生成，')
  expect([...again.stdout.matchAll(/ · report:/g)]).toHaveLength(3)
})

it('is one demo, and no other at the same time', { timeout: patience }, async () => {
  const { exitCode, stderr } = await demo('--fast')
  expect(exitCode).toBe(1)
  expect(stderr).toContain("'--fast'")
})

function demo(...args: string[]) {
  return execa(process.execPath, [builtCli, 'demo', '--reports', ...args], { env: { BIHUAN_DATA: dataDir }, reject: false })
}

function asManagement(): Record<string, string> {
  const { management } = z.object({ management: z.string() }).parse(JSON.parse(readFileSync(join(dataDir, 'demo-tokens.json'), 'utf8')))
  return { Authorization: `Bearer ${management}` }
}

/** The address, once it is sure that the demo printed it. */
function linked(stdout: string, address: string): string {
  expect(stdout).toContain(address)
  return address
}

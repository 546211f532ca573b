import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@temporalio/client'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunFile } from '../../cli/launcher/run-file.ts'
import { connect } from '../../db/connect.ts'
import { connectTemporal } from '../../runtime/connections.ts'
import { keysFromFile } from '../../runtime/key.ts'
import { createDataConverter } from '../../runtime/payload-codec.ts'
import { startedProcesses } from '../support/api.ts'
import { recordHistories, type Recording } from '../support/recording.ts'
import { builtCli, launch, makeDataFolder, removeDataFolder, type Launcher } from '../support/launcher.ts'

/** A start takes seconds; on a machine that is busy with other things, many. */
const patience = { timeout: 180_000 }

const log = z.object({ items: z.array(z.looseObject({ type: z.string() })) })
const promises = z.object({
  items: z.array(z.object({ clock: z.string(), cycle: z.number(), state: z.string(), recordedLate: z.boolean() })),
})
const execution = z.object({ workflowExecutionInfo: z.object({ status: z.string(), type: z.object({ name: z.string() }) }) })

describe('bihuan demo', patience, () => {
  const dataDir = makeDataFolder()
  let launcher: Launcher
  let where: RunFile
  let histories: Recording

  beforeAll(async () => {
    launcher = launch({ dataDir, command: builtCli })
    where = await launcher.ready()
    histories = await historiesOf(where, dataDir)
  }, patience.timeout)

  afterAll(async () => {
    await histories.save()
    await launcher.end('SIGTERM')
    removeDataFolder(dataDir)
  }, patience.timeout)

  it('T2–T12: plays the case from intake to follow-up, and its links lead to what it did', async () => {
    const { exitCode, stdout } = await demo(dataDir)
    expect(exitCode).toBe(0)
    const number = /TS\d{8}\d{3,}/.exec(stdout)?.[0] ?? ''
    const record = await fetch(linked(stdout, `${where.api}/api/tickets/${number}/events`), { headers: asAgent(dataDir) })
    const types = log.parse(await record.json()).items.map(({ type }) => type)
    expect(types[0]).toBe('submitted')
    expect(types.at(-1)).toBe('called-back')
    expect(types).toContain('contact-revealed')

    const page = linked(stdout, `${where.temporalUi}/namespaces/default/workflows/${number}`)
    expect((await fetch(page)).status).toBe(200)
    const workflow = await fetch(`${where.temporalUi}/api/v1/namespaces/default/workflows/${number}`)
    // The reopening window is open: the ticket lives on.
    expect(execution.parse(await workflow.json()).workflowExecutionInfo).toMatchObject({
      status: 'WORKFLOW_EXECUTION_STATUS_RUNNING',
      type: { name: 'ticket' },
    })
  })

  it('T14, X8: ends with what became of every promise, and what is next', async () => {
    const { stdout } = await demo(dataDir, '--lang', 'en')
    expect(stdout).toMatch(/announced later than the rules allow, new deadline/)
    expect(stdout).toMatch(/^ {2}First response +1 .* kept$/m)
    expect(stdout).toMatch(/^ {2}Agreed deadline +1 .* cancelled$/m)
    expect(stdout).toMatch(/^ {2}Agreed deadline +2 .* broken$/m)
    expect(stdout).toMatch(/^ {2}Deferred deadline +1 .* kept$/m)
    expect(stdout).toMatch(/△ Knowledge article · warning → (?:王强|张华)\n +prevented by: File article, Reopen/)
  })

  it('T3, T8, T14, X4, X8: --fast breaks and keeps promises while one looks on, and shows the mails as they go out', async () => {
    const { exitCode, stdout, stderr } = await demo(dataDir, '--fast', '--lang', 'en')
    expect(exitCode, stderr).toBe(0)
    const number = /DF\d{8}\d{3,}/.exec(stdout)?.[0] ?? ''
    const response = await fetch(`${where.api}/api/tickets/${number}/clocks`, { headers: asAgent(dataDir) })
    const { items } = promises.parse(await response.json())
    const state = (clock: string) => items.findLast((promise) => promise.clock === clock)?.state
    expect(['first-response', 'resolution', 'deferral', 'callback'].map(state)).toEqual(['broken', 'broken', 'kept', 'kept'])
    expect(items.find(({ recordedLate }) => recordedLate)).toMatchObject({ clock: 'progress', cycle: 2, state: 'kept' })

    for (const rung of ['李娜, team lead', 'supervisor', 'department head'])
      expect(stdout).toContain(`First response · Deadline missed → ${rung}`)
    const record = await fetch(`${where.api}/api/tickets/${number}/events?limit=200`, { headers: asAgent(dataDir) })
    const byItself = log.parse(await record.json()).items.filter(({ type }) => type === 'promise-broken' || type === 'level-reached')
    expect(stdout.match(/^ +\d+\.\d s {2}\S/gm)).toHaveLength(byItself.length)
    expect(stdout).toContain(`何俊 ← Still under investigation: No payments at the tills · ${number}`)
    const mails = readdirSync(join(dataDir, 'mail')).filter((name) => name.startsWith(number))
    expect(stdout).toContain(`Mails sent: ${mails.length} (`)
    for (const reader of ['何俊', '李娜', '王强', '陈刚', '孙磊', '徐明']) expect(stdout).toMatch(new RegExp(`^ {2}${reader} {2,}\\S`, 'm'))
  })

  it('R0–R8, S1–S14: --profile plays the case of another profile that ships; one that has none is refused with those that have', async () => {
    const [company, desk, unknown] = await Promise.all([
      demo(dataDir, '--profile', 'internet-company', '--lang', 'en'),
      demo(dataDir, '--profile', 'standard-ticket'),
      demo(dataDir, '--profile', 'hotel', '--lang', 'en'),
    ])
    for (const { exitCode, stderr } of [company, desk]) expect(exitCode, stderr).toBe(0)
    expect(company.stdout).toMatch(/GD\d{8}\d{4,}/)
    expect(company.stdout).toMatch(/^ {2}Completion +1 .* kept$/m)
    expect(desk.stdout).toContain('优先级复核')
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      1,
      'There is no demo of hotel. Give --profile one of tech-support, standard-ticket, internet-company, qms-service.',
    ])
  })

  it('can be played any number of times, also at once and in other languages', async () => {
    const told = await Promise.all([demo(dataDir, '--lang', 'en'), demo(dataDir, '--lang', 'zh-TW')])
    expect(told.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(told[0].stdout).toContain('Somebody has it already')
    expect(told[1].stdout).toContain('工單已被認領')
    const numbers = told.map(({ stdout }) => /TS\d{8}\d{3,}/.exec(stdout)?.[0])
    expect(new Set(numbers).size).toBe(2)
  })

  it('says what to do when there are no demo people', async () => {
    rmSync(join(dataDir, 'demo-tokens.json'))
    const { exitCode, stderr } = await demo(dataDir, '--lang', 'en')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('--demo-people')
  })
})

it('bihuan demo says how to start the product when it does not run', async () => {
  for (const which of [[], ['--fast'], ['--reports']]) {
    const { exitCode, stderr } = await demo('/nowhere', '--lang', 'en', ...which)
    expect(exitCode).toBe(1)
    expect(stderr).toBe('Bihuan is not running on /nowhere. Run npm start in another terminal, and come back when it says "ready".')
  }
})

function demo(dataDir: string, ...args: string[]) {
  return execa(process.execPath, [builtCli, 'demo', ...args], { env: { BIHUAN_DATA: dataDir }, reject: false })
}

async function historiesOf({ temporal, postgres }: RunFile, dataDir: string): Promise<Recording> {
  const connection = await connectTemporal({ temporalAddress: temporal })
  const db = connect(postgres, { poolSize: 1 })
  const { keys } = keysFromFile(join(dataDir, 'key'))
  const client = new Client({ connection, dataConverter: createDataConverter({ keys, temporalNamespace: 'default' }) })
  const recording = recordHistories({ client, numbers: () => startedProcesses(db) })
  return {
    async save() {
      await recording.save()
      await Promise.all([connection.close(), db.destroy()])
    },
  }
}

/** The address, once it is sure that the demo printed it. */
function linked(stdout: string, address: string): string {
  expect(stdout).toContain(address)
  return address
}

function asAgent(dataDir: string): Record<string, string> {
  const { agent } = z.object({ agent: z.string() }).parse(JSON.parse(readFileSync(join(dataDir, 'demo-tokens.json'), 'utf8')))
  return { Authorization: `Bearer ${agent}` }
}

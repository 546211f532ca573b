import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readRunFile, type RunFile } from '../../cli/launcher/run-file.ts'
import { isRunning, killNow, type Account, type ProcessIdentity } from '../../runtime/processes.ts'
import { reboundHosts, statusAskedAs } from '../support/asked-as.ts'
import { cli, clusterOf, launch, makeDataFolder, removeDataFolder, until, type Launcher } from '../support/launcher.ts'

/** A start takes seconds; on a machine that is busy with other things, many. */
const patience = { timeout: 180_000 }

const root = process.getuid?.() === 0
const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 }
const services = ['api', 'postgres', 'temporal', 'worker']

describe('bihuan start', patience, () => {
  // Under root this folder is closed to the account that Postgres runs as.
  const dataDir = makeDataFolder({ mode: 0o700 })
  let launcher: Launcher
  let where: RunFile
  let taken: Server

  beforeAll(async () => {
    taken = await listenSomewhere()
    launcher = launch({ dataDir, env: { PORT: String(portOf(taken)) } })
    where = await launcher.ready()
  }, patience.timeout)

  afterAll(async () => {
    taken.close()
    await launcher.end('SIGTERM')
    removeDataFolder(dataDir)
  }, patience.timeout)

  it('brings everything up, and says where it is', async () => {
    expect((await fetch(new URL('/ready', where.api))).status).toBe(200)
    expect(where.temporalUi && (await fetch(where.temporalUi)).status).toBe(200)
    expect(await ask(where.postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(runningOf(where)).toEqual(['api', 'launcher', 'postgres', 'temporal', 'worker'])
    expect(launcher.printed()).toContain('已就绪')
    if (root) expect(clusterOf(dataDir)).toMatch(/^\//)
  })

  it('is there for this machine under its own names, not for a page on the web whose name was made to lead here', async () => {
    const servers = [
      [where.api, ['/health', '/docs', '/metrics']],
      [where.temporalUi ?? '', ['/', '/api/v1/namespaces']],
    ] as const
    for (const [server, paths] of servers) {
      for (const url of paths.map((path) => new URL(path, server))) {
        expect(await statusAskedAs(`localhost:${url.port}`, url), url.href).toBe(200)
        for (const host of reboundHosts) expect(await statusAskedAs(host, url), `${url.href} as ${host}`).toBe(421)
      }
    }
  })

  it('takes another port when somebody else has the wished one', () => {
    expect(launcher.printed()).toContain(`Port ${portOf(taken)} is taken: the API uses ${new URL(where.api).port}`)
  })

  it('keeps what is secret to its owner', () => {
    for (const secret of ['run.json', 'key', 'postgres.json', 'launcher.json', 'demo-tokens.json', 'temporal.db', 'temporal.db-wal']) {
      expect(statSync(join(dataDir, secret)).mode & 0o777, secret).toBe(0o600)
    }
  })

  it('refuses a second one on the same data folder', async () => {
    const second = launch({ dataDir })
    expect(await second.ended).toBe(1)
    expect(second.printed()).toContain(`already runs on ${dataDir} (process ${launcher.child.pid}). It serves ${where.api}`)
  })

  it('starts again what ends', async () => {
    for (const name of services) killNow(processOf(where, name))
    const after = await until(() => {
      const now = services.every((name) => launcher.printed().includes(`${name} runs again`)) ? readRunFile(runFile(dataDir)) : undefined
      return now && services.every((name) => now.pids[name]?.pid !== where.pids[name]?.pid) ? now : undefined
    })
    expect((await fetch(new URL('/ready', after.api))).status).toBe(200)
    expect({ ...after, pids: {} }).toEqual({ ...where, pids: {} })
    where = after
  })

  it('takes over after one that was killed, with its data and without its processes', async () => {
    const before = where
    await ask(before.postgres, 'create table kept as select 1 as one')
    await launcher.end('SIGKILL')
    expect(runningOf(before)).toEqual(services)

    launcher = launch({ dataDir })
    where = await until(async () => {
      const now = await launcher.ready()
      return now.pids['launcher']?.pid === launcher.child.pid ? now : undefined
    })
    expect(launcher.printed()).toContain('left api, worker, temporal, postgres running')
    expect(runningOf(before)).toEqual([])
    expect(await ask(where.postgres, 'select one from kept')).toEqual([{ one: 1 }])
  })

  it('stops everything on Ctrl-C', async () => {
    expect(await launcher.end('SIGINT')).toBe(0)
    expect(runningOf(where)).toEqual([])
    expect(existsSync(runFile(dataDir))).toBe(false)
  })

  it('leaves nothing behind when it is stopped in the middle of its start', async () => {
    launcher = launch({ dataDir })
    await until(() => (launcher.printed().includes('Starting Temporal') ? true : undefined))
    expect(await launcher.end('SIGTERM')).toBe(0)
    expect(existsSync(join(dataDir, 'launcher.json'))).toBe(false)
    expect(existsSync(join(resolve(dataDir, clusterOf(dataDir)), 'postmaster.pid'))).toBe(false)
  })
})

it.runIf(canBecome(nobody))('bihuan start runs for an ordinary user', patience, async () => {
  // What root has cached is closed to others: give the user a Temporal of its own on PATH.
  const { temporalCli } = inject('servers')
  if (!('path' in temporalCli)) throw new Error(temporalCli.missing)
  const bin = mkdtempSync(join(tmpdir(), 'bihuan-bin-'))
  chmodSync(bin, 0o755)
  copyFileSync(temporalCli.path, join(bin, 'temporal'))
  const dataDir = makeDataFolder({ account: nobody })
  const launcher = launch({ dataDir, account: nobody, env: { PATH: `${bin}:${process.env['PATH']}`, HOME: '/nonexistent' } })
  try {
    const where = await launcher.ready()
    expect(statSync(`/proc/${where.pids['postgres']?.pid}`).uid).toBe(nobody.uid)
    expect(await launcher.end('SIGTERM')).toBe(0)
    expect(runningOf(where)).toEqual([])
  } finally {
    await launcher.end('SIGTERM')
    rmSync(bin, { recursive: true })
    removeDataFolder(dataDir)
  }
})

/** Under root, and when the checkout is not closed to the account. */
function canBecome({ uid, gid }: Account): boolean {
  return root && spawnSync(process.execPath, ['--check', cli], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0
}

function runFile(dataDir: string): string {
  return join(dataDir, 'run.json')
}

function runningOf(where: RunFile): string[] {
  return Object.keys(where.pids)
    .filter((name) => isRunning(processOf(where, name)))
    .toSorted()
}

function processOf({ pids }: RunFile, name: string): ProcessIdentity {
  const found = pids[name]
  if (!found) throw new Error(`run.json knows no process ${name}`)
  return found
}

async function ask(postgres: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

/** Somebody else's server on a port. */
function listenSomewhere(): Promise<Server> {
  const server = createServer()
  return new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => listening(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

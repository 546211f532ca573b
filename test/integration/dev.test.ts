import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRunFile, type RunFile } from '../../cli/launcher/run-file.ts'
import { isRunning } from '../../runtime/processes.ts'
import { launch, makeDataFolder, removeDataFolder, until, type Launcher } from '../support/launcher.ts'

/** `npm run dev`, on a copy of the sources that may be changed. */

/** A start takes seconds; on a machine that is busy with other things, many. */
const patience = { timeout: 180_000 }

describe('bihuan start --watch', patience, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-dev-'))
  const dataDir = makeDataFolder()
  let launcher: Launcher
  let first: RunFile
  const pidsNow = () => readRunFile(join(dataDir, 'run.json'))?.pids ?? {}
  const answerOf = (path: string) => answerAt(new URL(path, first.api))

  beforeAll(async () => {
    for (const name of readdirSync('.').filter((name) => !name.startsWith('.') && !['node_modules', 'test', 'docs'].includes(name)))
      cpSync(name, join(folder, name), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    launcher = launch({ dataDir, command: join(folder, 'cli', 'bihuan.mjs'), args: ['start', '--watch'] })
    first = await launcher.ready()
  }, patience.timeout)

  afterAll(async () => {
    await launcher.end('SIGTERM')
    removeDataFolder(dataDir)
    rmSync(folder, { recursive: true, force: true })
  }, patience.timeout)

  /** Both run as other processes than those; the servers run on. */
  async function startedAnew(since: RunFile['pids']): Promise<RunFile['pids']> {
    const pids = await until(() => {
      const now = pidsNow()
      return ['api', 'worker'].every((name) => now[name] && now[name].pid !== since[name]?.pid) ? now : undefined
    })
    for (const server of ['postgres', 'temporal', 'launcher']) expect(pids[server], server).toEqual(first.pids[server])
    return pids
  }

  it('starts the API and the worker anew when a source changes, and nothing else', async () => {
    const health = join(folder, 'api', 'routes', 'health.ts')
    // As editors do it that write another file and put it in the place of the first.
    writeFileSync(health, readFileSync(health, 'utf8').replace("status: 'ok' }))", "status: 'changed' }))"))
    await startedAnew(first.pids)
    expect(await until(async () => answerOf('/health').catch(() => undefined))).toContain('changed')
    expect(launcher.printed()).toContain(`${join('api', 'routes', 'health.ts')} changed`)
  })

  it('shows what is wrong with a source, and goes on when it is mended', async () => {
    const clock = join(folder, 'runtime', 'clock.ts')
    const before = pidsNow()
    const right = readFileSync(clock, 'utf8')
    appendFileSync(clock, '\nexport const broken = (\n')
    await until(() => (/clock\.ts:\d+/.test(launcher.printed()) ? true : undefined))
    expect(isRunning(launcherOf(first))).toBe(true)
    writeFileSync(clock, right)
    await startedAnew(before)
    expect(await until(async () => answerOf('/ready').catch(() => undefined))).toContain('ok')
  })

  it('ends with Ctrl-C, and leaves nothing', async () => {
    const all = Object.values(pidsNow())
    expect(await launcher.end('SIGINT')).toBe(0)
    expect(all.filter(isRunning)).toEqual([])
  })
})

function launcherOf({ pids }: RunFile) {
  const { launcher } = pids
  if (!launcher) throw new Error('no launcher in run.json')
  return launcher
}

/**
 * What is answered there, asked on a connection of its own: one that `fetch` has kept may lead to the process before, and was seen to wait
 * for ever. Rejects when nobody answers within two seconds.
 */
function answerAt(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const question = get(url, { agent: false }, (answer) => {
      text(answer).then(resolve, reject)
    })
    question.on('error', reject)
    question.setTimeout(2_000, () => question.destroy(new Error('nobody answers')))
  })
}

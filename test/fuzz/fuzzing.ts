import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { form } from '../support/api.ts'

/** schemathesis on a running API: requests that fit the OpenAPI document and requests that do not, each answer held against it. */

export interface Target {
  /** Where the API is. */
  readonly url: string
  /** Whose requests they are; undefined: nobody's. */
  readonly token: string | undefined
  /** Ids that are there, by the parameters they may stand for: otherwise nearly every request ends with 404. */
  readonly known: Readonly<Record<string, readonly (string | number)[]>>
}

export interface Depth {
  readonly phases: readonly ('coverage' | 'fuzzing' | 'stateful')[]
  /** How many requests of each operation, at most. */
  readonly examples: number
  /** The same seed makes the same requests. */
  readonly seed: number
}

/** What it found, in words; undefined: nothing. `bin` is where schemathesis is. */
export async function findings(bin: string, { url, token, known }: Target, { phases, examples, seed }: Depth): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-fuzz-'))
  try {
    copyFileSync(join(import.meta.dirname, 'hooks.py'), join(folder, 'hooks.py'))
    const config = join(folder, 'schemathesis.toml')
    writeFileSync(config, `${readFileSync(join(import.meta.dirname, 'schemathesis.toml'), 'utf8')}\n${dictionaries(known)}`)
    const depth = ['--phases', phases.join(','), '--max-examples', String(examples), '--seed', String(seed)]
    // What it advises on data it has not got is no finding.
    const ways = ['--checks', 'all', '--no-color', '--warnings', 'off']
    const asWhom = token === undefined ? [] : ['--header', `Authorization: Bearer ${token}`]
    const { all, exitCode } = await execa(
      join(bin, 'st'),
      ['--config-file', config, 'run', `${url}/api/openapi.json`, ...depth, ...ways, ...asWhom],
      { cwd: folder, all: true, reject: false, env: { PYTHONPATH: folder } },
    )
    return exitCode === 0 ? undefined : all
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Ids of what comes along, and of tickets that this registers as somebody who may. */
export async function knownIds(url: string, token: string): Promise<Target['known']> {
  const registered = await Promise.all(
    ['customer', 'agent'].map(async (about) => {
      const answer = await fetch(`${url}/api/tickets`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': `known-${about}` },
        body: JSON.stringify({ ...form, title: `known to ${about}` }),
      })
      return z.object({ number: z.string() }).parse(await answer.json()).number
    }),
  )
  return {
    'path.number': registered,
    'path.id': ['tech-support', 'cn-office', 'agent-li', 'first-response', 1, 2],
    'path.team': ['service-desk', 'tech-support'],
    'path.key': ['known-customer', 'known-agent'],
  }
}

function dictionaries(known: Target['known']): string {
  const lists = Object.entries(known).map(([parameter, values]) => ({ parameter, name: parameter.replaceAll(/\W/g, '-'), values }))
  return [
    ...lists.map(({ name, values }) => `[dictionaries.${name}]\nvalues = ${JSON.stringify(values)}`),
    '[parameters]',
    ...lists.map(({ parameter, name }) => `"${parameter}" = { dictionary = "${name}", probability = 0.7 }`),
    '',
  ].join('\n')
}

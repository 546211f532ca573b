import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { roles, roleSchema } from '../../domain/people.ts'
import { launch, makeDataFolder } from '../support/launcher.ts'
import { pythonTools } from '../support/tools.ts'
import { findings, knownIds } from './fuzzing.ts'

/**
 * `npm run fuzz [-- role… --examples 50 --seed 7]`: starts the product in a folder and on ports of its own, and lets schemathesis try
 * every operation in every role (or those named; `nobody` is not signed in). Ends with 1 where it found something.
 */

const everybody = [...roles, 'nobody'] as const

const { named, examples, seed } = asked(process.argv.slice(2))
const tools = await pythonTools()
if (!tools.found) {
  console.error(`schemathesis needs Python 3.10 or newer: ${tools.why}.`)
  process.exit(2)
}

const dataDir = makeDataFolder()
const product = launch({
  dataDir,
  env: { BIHUAN_CUSTOMER_REGISTRATIONS_A_DAY: '100000', BIHUAN_CUSTOMER_ACTS_A_DAY: '100000', LOG_LEVEL: 'warn' },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(1)))
try {
  const { api: url } = await product.ready()
  const tokens = z.record(roleSchema, z.string()).parse(JSON.parse(readFileSync(join(dataDir, 'demo-tokens.json'), 'utf8')))
  const known = await knownIds(url, tokens.agent)
  for (const role of named) {
    const began = Date.now()
    const token = role === 'nobody' ? undefined : tokens[role]
    const found = await findings(tools.bin, { url, token, known }, { phases: ['coverage', 'fuzzing', 'stateful'], examples, seed })
    console.log(`${role}: ${found === undefined ? 'nothing' : 'something'} found in ${Math.round((Date.now() - began) / 1_000)} s`)
    if (found === undefined) continue
    console.log(found)
    process.exitCode = 1
  }
} finally {
  await stop()
}

async function stop(): Promise<void> {
  await product.end('SIGTERM')
  rmSync(dirname(dataDir), { recursive: true, force: true })
}

function asked(args: readonly string[]) {
  const numbers = { examples: 20, seed: 1 }
  const wanted: (typeof everybody)[number][] = []
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    const role = everybody.find((name) => name === arg)
    if (role) wanted.push(role)
    else if (arg === '--examples' || arg === '--seed') numbers[arg === '--seed' ? 'seed' : 'examples'] = Number(args[(at += 1)])
    else {
      console.error(`There is no ${arg}. There are: ${everybody.join(', ')}, --examples N, --seed N.`)
      process.exit(2)
    }
  }
  return { ...numbers, named: wanted.length > 0 ? wanted : everybody }
}

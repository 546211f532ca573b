import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { processes } from '../../../processes/index.ts'
import { processes as withLoans } from '../../loan/processes/index.ts'

/** A type that is not loaded for all workflows to share is loaded anew for each, which nothing says but the time and memory it takes. */

it.each([
  ['workflows', 'worker/preloaded.ts', '../workflows', processes],
  ['test/loan/workflows', 'test/loan/workflows/preloaded.ts', '.', withLoans.slice(processes.length)],
] as const)('every type in %s is loaded by %s', (folder, file, path, kept) => {
  const types = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/process.ts`))
  expect(types.length).toBeGreaterThanOrEqual(kept.length)
  const text = readFileSync(file, 'utf8')
  const missing = types.map((name) => `import '${path}/${name}/process.ts'`).filter((line) => !text.includes(line))
  expect(missing, `lines missing in ${file}`).toEqual([])
})

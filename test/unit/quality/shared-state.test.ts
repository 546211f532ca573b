import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/**
 * All tickets of a worker share the processes and the domain (worker/preloaded.ts), so a variable in one of these modules is
 * shared too, and replay must not notice what it holds: it may only spare working something out again. The others belong to
 * one workflow each.
 */
const shared = ['domain', 'workflows']
const ofOneWorkflow = /^workflows\/shell\/|\.workflow\.ts$/

/** The variable there is: the phone number that was read last, together with what it was read from. */
const known = ['domain/contact/phone.ts: last']

it('modules that all tickets share have no variables but those known to be harmless', async () => {
  const files = (await Promise.all(shared.map(sourcesIn))).flat().filter((file) => !ofOneWorkflow.test(file))
  const variables = await Promise.all(
    files.map(async (file) =>
      [...(await readFile(file, 'utf8')).matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(([, name]) => `${file}: ${name}`),
    ),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(variables.flat().toSorted()).toEqual(known)
})

async function sourcesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name))
}

import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runApi } from '../../api/main.ts'
import { findings, knownIds, type Target } from '../fuzz/fuzzing.ts'
import { openOffice, type Office } from '../support/api.ts'
import { pythonTools } from '../support/tools.ts'

/** A short run of `npm run fuzz`, the same requests each time. */

const tools = await pythonTools()

let office: Office
let api: Awaited<ReturnType<typeof runApi>>
let known: Target['known']
beforeAll(async () => {
  office = await openOffice()
  api = await runApi({ ...office.config, port: 0 }, pino({ level: 'silent' }), { gateway: office.gateway })
  known = await knownIds(api.url, await office.token('agent-li'))
})
afterAll(async () => {
  await api.stop()
  await office.close()
})

const people = ['customer-he', 'agent-li', 'admin-lin', 'nobody']

describe
  .skipIf(!tools.found)
  .concurrent(`requests that fit the document, and others${tools.found ? '' : ` (skipped: ${tools.why})`}`, () => {
    it.each(people)('of %s are answered as it says', { timeout: 300_000 }, async (person) => {
      if (!tools.found) throw new Error(tools.why)
      const token = person === 'nobody' ? undefined : await office.token(person)
      const short = { phases: ['fuzzing'], examples: token === undefined ? 1 : 2, seed: 1 } as const
      expect(await findings(tools.bin, { url: api.url, token, known }, short)).toBeUndefined()
    })
  })

import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { createStarts } from '../../gateway/workflow-starts.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { processes } from '../../processes/index.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { systemClock } from '../../runtime/clock.ts'
import { openOffice, type Office } from '../support/api.ts'
import { formOf, stateAt, submitted } from './db-story.ts'

/** Registrations whose workflows nobody can start: what is too much to keep is left to the sweeper, which has it from the rows. */

let office: Office
let away: Gateway
beforeAll(async () => {
  office = await openOffice({ worker: false })
  away = createGateway({ ...office.config, processes, temporalAddress: '127.0.0.1:1' })
})
afterAll(async () => {
  await away.close()
  await office.close()
})

/** Starts whose server does not answer until it is told to. */
function startsInVain() {
  const { db } = office
  const tried: string[] = []
  let giveUp = () => {}
  const silence = new Promise<void>((resolve) => (giveUp = resolve))
  const gateway: Gateway = {
    ...away,
    async start(_, { id }) {
      tried.push(id)
      await silence
      throw new Error('Temporal is away')
    },
  }
  const starts = createStarts({ db, gateway, clock: systemClock, profileOf: createProfileReader(db), processes }, () => {})
  const registers = (count: number) => {
    for (let at = 0; at < count; at += 1) {
      const number = `TS20231001${String(at).padStart(4, '0')}`
      const story = submitted(number)
      const [event] = story.events
      if (!event) throw new Error('nothing was submitted')
      starts.soon({ of: ticket, number, form: formOf(), state: stateAt(story), event }, { the: 'policy' })
    }
  }
  return { starts, tried, giveUp, registers }
}

it('keeps a few hundred in memory, however many are registered while Temporal is away', async () => {
  const { starts, tried, giveUp, registers } = startsInVain()
  registers(1_000)
  giveUp()
  await starts.settled()
  expect(tried.length).toBeGreaterThan(200)
  expect(tried.length).toBeLessThan(400)
})

it('when it is told to end, waits for those under way and begins no other', async () => {
  const { starts, tried, giveUp, registers } = startsInVain()
  registers(100)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(tried).toHaveLength(2)
  const stopped = starts.stop()
  giveUp()
  await stopped
  registers(1)
  await starts.settled()
  expect(tried).toHaveLength(2)
})

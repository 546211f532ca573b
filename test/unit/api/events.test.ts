import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { eventTypes } from '../../../api/views/ticket-events.ts'
import { cycleView } from '../../../api/views/promise.ts'
import { eventView } from '../../../api/views/step.ts'
import { entryOf, withoutSecrets } from '../../../db/events.ts'
import { createFaultFinder } from '../../support/answers.ts'
import { apiDocument } from '../../support/api-document.ts'
import { birth, born, live, step } from '../../support/lives.ts'

/** Whatever happens to a ticket is answered as the OpenAPI document describes it. */

const steps = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' })

it('every event of every life is of its type, with all its members and no others', async () => {
  const faultsAt = createFaultFinder(await apiDocument())
  const seen = new Set<string>()
  fc.assert(
    fc.property(birth, steps, (given, taken) => {
      const story = born(given)
      for (const next of taken) live(story, next)
      for (const event of story.events) {
        seen.add(event.type)
        const entry = withoutSecrets(entryOf(event))
        const view = { ...eventView(entry), promises: entry.promises.map(cycleView) }
        expect(faultsAt('#/components/schemas/TicketEvent', JSON.parse(JSON.stringify(view))), event.type).toBeNull()
      }
    }),
    { numRuns: 100 },
  )
  expect(eventTypes).toEqual(expect.arrayContaining([...seen]))
  expect(seen.size).toBeGreaterThan(30)
})

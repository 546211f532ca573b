import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { choiceError, invalid } from '../../domain/rejection.ts'
import type { Ask } from '../process.ts'
import { isSameSet } from '../common/facts.ts'
import { withBroken } from './broken.ts'
import { openStages } from './availability.ts'
import { defineCommand } from './command.ts'
import type { RecordedTicketEvent } from './events.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 客户标签: what the customer's history says of them, for those who work on the ticket (S4). The customer never sees it. */

const tagIds = z.array(z.string().max(80)).max(50)

/** What the ticket asks: which tags its customer has. `version`: the rows say who the customer is once they reach so far. */
export const tagQuestion = z.strictObject({ number: z.string(), version: z.int(), tags: tagIds })

export const tagCustomer = defineCommand({
  name: 'tag-customer',
  labels: { 'zh-CN': '客户标签', 'zh-TW': '客戶標籤', en: 'Tag customer' },
  summary: 'Shows on the ticket which tags of the profile its customer has by their history.',
  requirements: ['S4'],
  may: {},
  stages: openStages,
  input: () =>
    z.strictObject({
      tags: labelled(tagIds.describe('all of them; the others are taken away'), said('客户标签', '客戶標籤', 'Customer tags'), {
        from: 'profile.customerTags',
      }),
    }),
  decide({ state, policy, act }, { tags }) {
    const known = policy.customerTags ?? []
    const errors = tags.flatMap(
      (tag, at) =>
        choiceError(
          `tags[${at}]`,
          tag,
          known.map(({ id }) => id),
        ) ?? [],
    )
    if (errors.length > 0) return invalid(...errors)
    if (isSameSet(state.customerTags ?? [], tags)) return invalid({ path: 'tags', code: 'nothing-to-change' })
    const tagged = known.filter(({ id }) => tags.includes(id))
    const customerTags = tagged.map(({ id }) => id)
    return withBroken({ type: 'customer-tagged', tags: tagged }, state, { customerTags }, { policy, at: act.at })
  },
})

/** A ticket asks at its birth, and again when it turns out to be another customer's. */
export function asks(event: RecordedTicketEvent | null, state: TicketState, { customerTags }: Policy): Ask[] {
  if (customerTags === undefined) return []
  // Rules of tags count types.
  const news = event === null || isAnothers(event) || event.type === 'reclassified'
  if (!news) return []
  const { number, customerTags: tags = [] } = state
  return [{ kind: tagCustomer.name, question: { number, version: event?.seq ?? state.version, tags } }]
}

/** Whether it turns out to be another customer's. */
function isAnothers(event: RecordedTicketEvent): boolean {
  if (event.type === 'corrected') return event.changes.contact !== undefined
  return event.type === 'customer-linked'
}

export const transitions: Transitions<'customer-tagged'> = {
  'customer-tagged': (_, event) => ({ customerTags: event.tags.map(({ id }) => id) }),
}

import { termsOfType } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import { formChanges } from '../workflows/ticket/form-changes.ts'
import { correct, withCleared } from '../workflows/ticket/record.ts'
import { reclassify } from '../workflows/ticket/reclassify.ts'
import type { Act } from './asked.ts'

/** What the API makes ready before a workflow is given it: what the ticket of another type runs by, and contacts that no history holds. */

type Input = Readonly<Record<string, unknown>>

export interface Around {
  readonly profile: Profile
  /** The form as it was registered. */
  readonly fields: Input
  readonly log: readonly RecordedTicketEvent[]
}

export function prepared(name: Act['do'], input: Input, around: Around): Input {
  switch (name) {
    case reclassify.name:
      return withTerms(input, around)
    case correct.name:
      return withoutContact(withCleared(input))
    default:
      return input
  }
}

function withTerms(input: Input, { profile, fields, log }: Around): Input {
  const terms = typeof input['type'] === 'string' ? termsOfType(profile, input['type']) : undefined
  return { ...input, ...(terms && { terms }), types: profile.types.map(({ id }) => id), held: heldIn(fields, log) }
}

/** The form as it stands. */
function heldIn(registered: Input, log: readonly RecordedTicketEvent[]): Input {
  return log.reduce<Input>((held, event) => {
    const changes = formChanges(event)
    if (changes === undefined) return held
    return Object.fromEntries(Object.entries({ ...held, ...changes }).filter(([, value]) => value !== null))
  }, registered)
}

/** An imagined contact needs no seal: that there is another one is all that a ticket learns. */
function withoutContact(input: Input): Input {
  const { customer, ...rest } = input
  if (typeof customer !== 'object' || customer === null || !('phone' in customer || 'email' in customer)) return input
  const { phone, email, ...clear } = { phone: null, email: null, ...customer }
  const masked = { phone: phone === null ? null : '138****5678', email: email === null ? null : 'c***@example.com' }
  return { ...rest, ...(Object.keys(clear).length > 0 && { customer: clear }), contact: { sealed: '', masked, keys: [] } }
}

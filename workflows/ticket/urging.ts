import { z } from 'zod'
import { plus } from '../../domain/instant.ts'
import { isOnlyCustomer } from '../../domain/people.ts'
import { conflict } from '../../domain/rejection.ts'
import { staff, unresolvedStages } from './availability.ts'
import { defineCommand } from './command.ts'
import { reasonSchema } from '../common/inputs.ts'
import type { Transitions } from './transitions.ts'

/** 催办: somebody asks where it stays. Counted, told to whoever has the ticket, and not more often than the profile allows (X7). */

export const urge = defineCommand({
  name: 'urge',
  labels: { 'zh-CN': '催办', 'zh-TW': '催辦', en: 'Urge' },
  summary: 'Urges the ticket on. Whoever has it hears of it, their superior too from the third time.',
  requirements: ['X7', 'R10'],
  may: { ...staff, 'department-lead': 'any', customer: 'own', service: 'any' },
  tellable: true,
  stages: unresolvedStages,
  input: () => z.strictObject({ reason: reasonSchema.optional() }),
  blocked({ state, policy, act }) {
    // That colleagues urge each other on must not keep the customer from it. Tickets of 0.1.0 go on as they began.
    const urgedAt = isOnlyCustomer(act.actor) && policy.reckoning !== undefined ? (state.customerUrgedAt ?? null) : state.urgedAt
    const again = urgedAt === null ? undefined : plus(urgedAt, policy.urging.every)
    return urgedAt !== null && again !== undefined && act.at < again ? conflict('urged-already', { since: urgedAt, again }) : undefined
  },
  decide({ state, act }, { reason }) {
    return [{ type: 'urged', by: isOnlyCustomer(act.actor) ? 'customer' : 'staff', reason: reason ?? null, count: state.counts.urges + 1 }]
  },
})

export const transitions: Transitions<'urged'> = {
  urged: (state, event) => ({
    urgedAt: event.at,
    counts: {
      ...state.counts,
      urges: event.count,
      ...(event.by === 'customer' && { customerUrges: (state.counts.customerUrges ?? 0) + 1 }),
    },
    ...(event.by === 'customer' && { customerUrgedAt: event.at }),
  }),
}

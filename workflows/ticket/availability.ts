import type { Stage } from '../../domain/ticket-stages.ts'

/** To whom, and when, commands are open: the groups of roles and stages that the definitions share. */

/** Everybody who works on tickets. */
export const staff = { agent: 'any', engineer: 'any', supervisor: 'any', admin: 'any' } as const
/** Whoever has the ticket; supervisors and admins step in for anybody. */
export const handler = { agent: 'own', engineer: 'own', supervisor: 'any', admin: 'any' } as const
/** Whoever has the ticket or helps with it (S11). */
export const takesPart = { agent: 'part', engineer: 'part', supervisor: 'any', admin: 'any' } as const
/** Those who speak with the customer. */
export const serviceDesk = { agent: 'any', supervisor: 'any', admin: 'any' } as const
/** Those who decide over other people's work. */
export const leads = { supervisor: 'any', 'department-lead': 'any', admin: 'any' } as const

/** The customer has not confirmed yet. */
export const unresolvedStages = [
  'intake',
  'triage',
  'assignment',
  'handling',
  'verification',
  'confirmation',
] as const satisfies readonly Stage[]
export function isUnresolved(stage: Stage): boolean {
  return unresolvedStages.some((one) => one === stage)
}

/** The ticket has not ended. */
export const openStages = [...unresolvedStages, 'closing', 'follow-up'] as const satisfies readonly Stage[]

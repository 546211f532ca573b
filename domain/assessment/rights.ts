import type { Actor } from '../people.ts'

/** Who decides over a score, who speaks for it, and who reads it (R14). Everything that asks this asks here. */

/** Somebody who is scored, as far as that decides whose matter the score is. As things were when it was reckoned. */
export interface Scored {
  readonly kind: 'person' | 'team'
  readonly id: string
  /** Of a person: their teams, by whose heads they are led. */
  readonly teams: readonly string[]
  /** A person who leads a department, or belongs to the management: their score is the management's matter. */
  readonly leads: boolean
  /** Who may object: the person, or the lead of the team. Null: a team without one. */
  readonly speaker: string | null
}

type Deciding = Pick<Actor, 'id' | 'roles' | 'teams'>

/** Whether the score is their own. A team's is that of its lead, too. */
export function isTheirOwn({ id }: Pick<Actor, 'id'>, { kind, id: scored, speaker }: Pick<Scored, 'kind' | 'id' | 'speaker'>): boolean {
  return speaker === id || (kind === 'person' && scored === id)
}

/** Whether somebody stands above who is scored: the head of one of their teams, or the management. Nobody stands above themselves. */
export function isSuperior(actor: Deciding, scored: Scored): boolean {
  if (isTheirOwn(actor, scored)) return false
  if (actor.roles.includes('management')) return true
  return isHeadOf(actor, scored)
}

function isHeadOf({ roles, teams }: Deciding, scored: Scored): boolean {
  return roles.includes('department-lead') && isLedByHead(scored) && scored.teams.some((team) => teams.includes(team))
}

/** Whether a head of a department decides over it; otherwise the management alone does. */
export function isLedByHead({ kind, leads }: Pick<Scored, 'kind' | 'leads'>): boolean {
  return kind === 'person' && !leads
}

/**
 * Whether somebody may read a score and how it came about: the management, whoever stands above who is scored, and who is scored once it is
 * confirmed. Nobody else, whatever role they hold.
 */
export function mayReadScore(actor: Deciding, scored: Scored, isConfirmed: boolean): boolean {
  return actor.roles.includes('management') || isSuperior(actor, scored) || (isConfirmed && isTheirOwn(actor, scored))
}

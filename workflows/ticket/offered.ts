import type { Policy } from '../../domain/profile/policy.ts'
import type { Offered } from './events.ts'

/** 待认领: whether a ticket that comes to be assigned is offered to its team, which its profile decides (S7, S9). */
export function offered({ dispatch }: Policy): Offered {
  return dispatch === undefined ? { offered: true } : {}
}

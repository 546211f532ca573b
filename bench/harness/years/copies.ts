import { chanceOf } from './chance.ts'
import { firstMonday } from './lives.ts'
import { finishedSeeds, openSeeds, seedNumber } from './seeds.ts'

/** When the copies of a life are lived: by whole weeks later, so that working days stay such, and a few minutes. */

/** Monday, 1 September 2025, midnight in Shanghai, and the Monday sixty-three weeks later: what is filled. */
export const firstDay = Date.parse('2025-08-31T16:00:00.000Z')
const weeks = 63
export const weekMs = 7 * 86_400_000
export const lastDay = firstDay + weeks * weekMs

export interface Copy {
  readonly seed: number
  readonly shift: number
  readonly begins: number
  readonly number: string
}

/** When a life began and ended. */
export interface Lifetime {
  readonly begins: number
  readonly ends: number
}

/** So many that have ended, the same in each week, and one in thirty as many that are open at the end; in the order of submission. */
export function copiesOf(lifetimes: ReadonlyMap<string, Lifetime>, finished: number): Copy[] {
  const chance = chanceOf(7)
  const copies = Array.from({ length: finished + Math.floor(finished / openShare) }, (_, place) => {
    const seed = place < finished ? chance.below(finishedSeeds) : finishedSeeds + chance.below(openSeeds)
    const life = lifetimes.get(seedNumber(seed))
    if (!life) throw new Error(`nobody lived as ${seedNumber(seed)}`)
    const own = firstDay - firstMonday - Math.floor((life.begins - firstMonday) / weekMs) * weekMs
    const latest = Math.floor((lastDay - life.ends - own) / weekMs) - 1
    const week = place < finished ? chance.below(latest + 1) : Math.max(0, latest - chance.below(2))
    const shift = own + week * weekMs + chance.below(20 * 60) * 1_000
    return { seed, shift, begins: life.begins + shift }
  }).toSorted((one, other) => one.begins - other.begins)
  return copies.map((copy, place) => ({ ...copy, number: `TS${String(place + 1).padStart(8, '0')}` }))
}

const openShare = 30

import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { BareRow } from '../../baseline/figures/parts.ts'
import { bareFigures } from '../../baseline/figures/statements.ts'
import { askedOf, type AskedBy } from '../../../db/figures/asked.ts'
import { measure } from '../../../db/figures/measure.ts'
import type { Database } from '../../../db/schema.ts'
import type { Numbers, Spread } from '../../../domain/figures/figure.ts'
import { figureIds, type FigureId } from '../../../domain/figures/ids.ts'
import { beginningOf } from '../../../domain/calendar/local-days.ts'
import { spanBefore } from '../../../domain/figures/spans.ts'
import { instantOf } from '../../../domain/instant.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { lastDay } from './copies.ts'

/** All figures of a month and of the one before, by the product and by hand. */

/** What one way of reckoning took, and what it came to. */
export interface Reckoning {
  readonly ms: number
  /** Of each figure, over all times. */
  readonly msOf: ReadonlyMap<FigureId, number>
  /** By figure, time and, where parts are never added up, part. */
  readonly numbers: ReadonlyMap<string, Numbers>
}

/** The last whole month that is filled. */
export function monthOf({ zone }: Pick<Profile, 'zone'>) {
  return { name: '2026-10', from: beginningOf('2026-10-01', zone), until: beginningOf('2026-11-01', zone) }
}

/** That month and the one before it, as they are known when all is filled. */
export async function askedOfMonths(db: Kysely<Database>, profile: Profile): Promise<AskedBy[]> {
  const { from, until } = monthOf(profile)
  const asked: AskedBy[] = []
  for (const bounds of [{ from, until }, spanBefore({ from, until }, profile.zone)])
    asked.push(await askedOf(db, profile, { ...bounds, asOf: instantOf(lastDay) }))
  return asked
}

/** By the product: what a monthly report asks the figures for. */
export function reckonAll(db: Kysely<Database>, months: readonly AskedBy[]): Promise<Reckoning> {
  return reckoned(months, async (id, asked) => {
    const figure = ticketFigures.find((one) => one.id === id)
    if (!figure) throw new Error(`the product reckons no ${id}`)
    const { total, parts } = await measure(db, figure, asked, { by: figure.apart })
    return figure.apart === undefined ? [['', total]] : parts.map(({ key, ...numbers }) => [String(key), numbers])
  })
}

/** By statements that were written by hand, on the same connection. */
export function reckonBare(db: Kysely<Database>, months: readonly AskedBy[]): Promise<Reckoning> {
  return reckoned(months, async (id, asked) => {
    const { rows } = await bareFigures[id](asked).execute(db)
    return rows.map((row) => [row.key ?? '', numbersOf(row)])
  })
}

/** @throws Error with the first number that differs */
export function assertEqual({ numbers: ours }: Reckoning, { numbers: bare }: Reckoning): void {
  for (const what of new Set([...ours.keys(), ...bare.keys()])) {
    const [one, other] = [ours.get(what), bare.get(what)]
    if (!isDeepStrictEqual(one, other)) throw new Error(`${what}: ours says ${JSON.stringify(one)}, by hand it is ${JSON.stringify(other)}`)
  }
}

async function reckoned(
  months: readonly AskedBy[],
  each: (id: FigureId, asked: AskedBy) => Promise<readonly (readonly [part: string, numbers: Numbers])[]>,
): Promise<Reckoning> {
  const numbers = new Map<string, Numbers>()
  const msOf = new Map<FigureId, number>()
  for (const id of figureIds) {
    const began = performance.now()
    for (const asked of months) for (const [part, own] of await each(id, asked)) numbers.set(`${id} ${asked.from} ${part}`, own)
    msOf.set(id, performance.now() - began)
  }
  return { ms: [...msOf.values()].reduce((sum, ms) => sum + ms, 0), msOf, numbers }
}

function numbersOf({ n, hits, elapsed, worked, marks = {} }: BareRow): Numbers {
  return {
    n,
    hits: hits ?? null,
    elapsed: spreadOf(elapsed),
    worked: spreadOf(worked),
    marks: Object.fromEntries(
      Object.entries(marks)
        .filter(([, count]) => count > 0)
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ),
  }
}

function spreadOf(times: BareRow['elapsed']): Spread | null {
  const [mean, median, p90] = times ?? []
  if (mean === undefined || median === undefined || p90 === undefined) return null
  return { mean: Math.round(mean), median: Math.round(median), p90: Math.round(p90) }
}

import { listedWords } from '../../db/listed-words.ts'
import { plus } from '../../domain/instant.ts'
import { choiceError, type FieldError } from '../../domain/rejection.ts'
import { settles } from '../../domain/settling.ts'
import { boundsOf, wantedOf, type Drawing, type Drawn } from '../../workflows/sample/drawing.ts'
import type { LookedUp, LookingUp } from '../hosting.ts'
import type { Readers } from '../hosting.ts'
import { drawn, newSeed, profilesOf, samplesThere, ticketsNamed, type Found } from './draw.ts'

/** Which tickets a sample is of: looked up when it is opened, before it has a number. Nothing is wrong with what is said of it. */
export async function ticketsOf(readers: Readers, { given, origin, at }: LookingUp<Drawing>): Promise<LookedUp> {
  const { db } = readers
  const profile = await readers.profileOf(origin)
  const terms = profile.samples?.find(({ id }) => id === given.sample)
  if (!terms) throw new Error(`profile ${profile.id} has no sample ${given.sample}`)
  const { tickets: named, of, only, each = null, seed = newSeed() } = given
  if (named !== undefined) {
    const numbers = [...new Set(named)]
    const found = await ticketsNamed(db, profile.id, numbers, at)
    const elsewhere = await profilesOf(db, numbers)
    const errors = numbers.flatMap((number): FieldError[] => {
      const path = `tickets[${named.indexOf(number)}]`
      const given = elsewhere.get(number)
      if (given === undefined) return [{ path, code: 'unknown-ticket', params: { number } }]
      return given === profile.id ? [] : [{ path, code: 'of-other-profile', params: { number, given, expected: profile.id } }]
    })
    return errors.length > 0 ? { ok: false, errors } : told(numbers, found, { asOf: at, seed: null, frame: null, without: [] })
  }
  const { from, until } = boundsOf(given, profile.zone)
  if (of === undefined || from === null || until === null) throw new Error('a sample says neither its tickets nor its time')
  // What comes into the rows late must not make a redraw another one.
  const asOf = plus(at, `-${settles}`)
  const where = { profile, of, from, until, asOf, only, each }
  const without = await samplesThere(db, given.sample, where)
  const { frame, tickets } = await drawn(db, { ...where, wanted: wantedOf(given, terms), seed, without })
  if (tickets.length === 0) {
    const unknown = await unknownWords(db, only)
    if (unknown.length > 0) return { ok: false, errors: unknown }
    return { ok: false, errors: [{ path: 'from', code: 'nothing-to-draw', ...(without.length > 0 && { params: { samples: without } }) }] }
  }
  const { most } = terms.size
  if (tickets.length > most)
    return { ok: false, errors: [{ path: 'count', code: 'too-many-drawn', params: { drawn: tickets.length, limit: most } }] }
  return told(tickets, await ticketsNamed(db, profile.id, tickets, at), { asOf, seed, frame, without })
}

/** Words that no profile and no team has ever had: a mistyped one leaves nothing to draw. */
async function unknownWords(db: Readers['db'], only: Drawing['only']): Promise<FieldError[]> {
  const words = await listedWords(db)
  return (['type', 'priority', 'team'] as const).flatMap((kind) => {
    const given = only[kind]
    return (given === undefined ? undefined : choiceError(`only.${kind}`, given, words[kind])) ?? []
  })
}

function told(
  tickets: readonly string[],
  found: readonly Found[],
  how: Pick<Drawn, 'asOf' | 'seed' | 'frame' | 'without'>,
): Extract<LookedUp, { readonly ok: true }> {
  const of = (member: keyof Omit<Found, 'number'>) => Object.fromEntries(found.map((one) => [one.number, one[member]]))
  return { ok: true, found: { tickets, teams: of('team'), involved: of('involved'), ...how } }
}

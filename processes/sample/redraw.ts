import { z } from 'zod'
import { frames, narrowings, strata } from '../../domain/samples/frame.ts'
import type { Readers } from '../hosting.ts'
import type { ProfileOf } from '../../db/process-table.ts'
import { drawn } from './draw.ts'

/** What its first event says of how it was drawn by chance. */
const drawSchema = z.object({
  manner: z.literal('random'),
  of: z.enum(frames),
  from: z.string(),
  until: z.string(),
  only: z.partialRecord(z.enum(narrowings), z.string()),
  each: z.enum(strata).nullable(),
  wanted: z.int(),
  seed: z.string(),
  asOf: z.string(),
  without: z.array(z.string()),
  tickets: z.array(z.string()),
})

/** Draws a sample again, by what is on record of it; undefined where its tickets were named. */
export async function redrawn({ db, profileOf }: Readers, sample: ProfileOf & { readonly number: string }) {
  const { data } = await db
    .selectFrom('events')
    .select('data')
    .where('process', '=', sample.number)
    .where('seq', '=', 1)
    .executeTakeFirstOrThrow()
  const told = drawSchema.safeParse(data)
  if (!told.success) return undefined
  const { seed, asOf, without, tickets: before } = told.data
  const { frame, tickets } = await drawn(db, { ...told.data, profile: await profileOf(sample) })
  const same = tickets.length === before.length && tickets.every((ticket, at) => ticket === before[at])
  return { number: sample.number, seed, asOf, without, frame, tickets: [...tickets], same }
}

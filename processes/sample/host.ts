import { z } from 'zod'
import { dateOf, localDay } from '../../domain/calendar/local-time.ts'
import { epochMs, plus } from '../../domain/instant.ts'
import { said, type Labels } from '../../domain/labels.ts'
import { roleSchema } from '../../domain/people.ts'
import { judgingRoles } from '../../domain/profile/samples.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import { frames } from '../../domain/samples/frame.ts'
import { ownPolicy } from '../../workflows/common/define-process.ts'
import { sampleClocks } from '../../workflows/sample/clocks.ts'
import type { Drawing } from '../../workflows/sample/drawing.ts'
import { handOver } from '../../workflows/sample/ending.ts'
import type { SampleEvent } from '../../workflows/sample/events.ts'
import { sendKind } from '../../workflows/sample/notices.ts'
import { sampleProcess } from '../../workflows/sample/process.ts'
import { manners, type SamplePolicy, type SampleState } from '../../workflows/sample/state.ts'
import { headSubjects } from '../head-subjects.ts'
import type { Hosting, Titled } from '../hosting.ts'
import { calendarOf } from '../policies.ts'
import { queueForRoles } from '../role-mails.ts'
import { ticketsOf } from './look-up.ts'
import { sampleTable, type SampleForm } from './table.ts'

/** A sample 抽检, as the product keeps it. */
export const sample: Hosting<SampleState, SampleEvent, SamplePolicy, SampleForm, Drawing> = {
  process: sampleProcess,
  plural: 'samples',
  table: sampleTable,
  titleOf,
  async policyOf(readers, { state, ...of }) {
    const profile = await readers.profileOf(of)
    return { ...samplePolicy(profile), calendar: await calendarOf(readers.db, profile, plus(state.openedAt, '-P1D')) }
  },
  handOver,
  desk: {
    formOf: ({ title = '' }, { profile, profileVersion }) => ({ profile, profileVersion, title }),
    about: 'Samples of tickets that are judged',
    opens: judgingRoles,
    seenBy: judgingRoles,
    numbers: 'CJ{yyyyMMdd}{serial:3}',
    letter: 'Q',
    lookUp: ticketsOf,
    // Who handled what was judged is told by the figures, to whom that is told.
    notLogged: ['involved'],
    shown: {
      sample: z.string().describe('id of its kind in the profile'),
      manner: z.enum(manners).describe('whether its tickets were drawn by chance or named'),
      drawnFrom: z.enum(frames).nullable().describe('from which tickets it was drawn; null: they were named'),
      periodFrom: z.iso.datetime().nullable().describe('from when these were closed or submitted; null: they were named'),
      periodUntil: z.iso.datetime().nullable().describe('until when, not included; null: they were named'),
      wanted: z.int().min(1).describe('so many were asked for, or so many of each'),
      frame: z
        .int()
        .nullable()
        .describe('from so many it was drawn: where these are fewer than were asked for, all were taken; null: they were named'),
      seed: z.string().nullable().describe('by which chance; null: they were named'),
      drawn: z.int().min(1).describe('how many tickets it has'),
      judged: z.int().min(0).describe('how many of them are judged'),
      excused: z.int().min(0).describe('how many of them cannot be judged'),
      faultless: z.int().min(0).describe('of how many that are judged every criterion that applies is met'),
    },
    shownToCustomers: [],
  },
  subjects: headSubjects({ process: sampleProcess, table: sampleTable, titleOf }, ({ stage }) => ({
    isStillSo: (kind) => kind === 'sample-finding' || stage === 'judging',
  })),
  async answer(world, { kind, question }) {
    if (kind !== sendKind) throw new Error(`nobody knows what a sample means by ${kind}`)
    const { number, seq, roles, ...params } = lateSchema.parse(question)
    await queueForRoles(world, { number, seq, kind: 'sample-late', roles, params: { number, ...params } })
    return null
  },
}

const lateSchema = z.object({
  number: z.string(),
  seq: z.int().min(1),
  clock: z.string(),
  dueAt: z.string(),
  roles: z.array(roleSchema),
})

/** By what whoever drew it called it; else by its kind and its time. */
function titleOf({ state, title }: Titled<SampleState>, { samples = [], zone }: Pick<Profile, 'samples' | 'zone'>): Labels {
  const kind = samples.find(({ id }) => id === state.sample)
  if (title !== '' || !kind) return said(title, title, title)
  const { from, until } = state
  if (from === null || until === null) return kind.label
  const [first, last] = [dayAt(zone, epochMs(from)), dayAt(zone, epochMs(until) - 1)]
  return recurringTitle(kind.label, first === last ? first : `${first} – ${last}`)
}

function dayAt(zone: string, at: number): string {
  return dateOf(localDay(zone, at))
}

/** By what samples of a profile run, but for its calendar. */
export function samplePolicy({ samples = [], ...profile }: Profile): Omit<SamplePolicy, 'calendar'> {
  return {
    ...ownPolicy(profile, sampleClocks),
    samples: samples.map(({ criteria, ...terms }) => ({ ...terms, criteria: criteria.map(({ label: _, ...measure }) => measure) })),
  }
}

import { z } from 'zod'
import { usualReviews } from '../../domain/profile/reviews.ts'
import { routedTeams, usualTeamOf } from '../../domain/profile/routing.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { effectOutcomes } from '../../domain/reviews/effect.ts'
import { ownPolicy } from '../../workflows/common/define-process.ts'
import { reviewClocks } from '../../workflows/review/clocks.ts'
import { leadingRoles } from '../../workflows/review/command.ts'
import type { ReviewEvent } from '../../workflows/review/events.ts'
import { handOver } from '../../workflows/review/handing-over.ts'
import type { Opening } from '../../workflows/review/opening.ts'
import { reviewProcess } from '../../workflows/review/process.ts'
import { becauses, type ReviewPolicy, type ReviewState } from '../../workflows/review/state.ts'
import type { Hosting } from '../hosting.ts'
import { compareEffect } from './compare.ts'
import { reviewSubjects } from './subjects.ts'
import { reviewTable, type ReviewForm } from './table.ts'

/** A review 复盘, as the product keeps it. */
export const review: Hosting<ReviewState, ReviewEvent, ReviewPolicy, ReviewForm, Opening> = {
  process: reviewProcess,
  plural: 'reviews',
  table: reviewTable,
  policyOf: async (readers, { state: _, ...of }) => reviewPolicy(await readers.profileOf(of)),
  handOver,
  desk: {
    formOf: ({ title }, { profile, profileVersion }) => ({ profile, profileVersion, title }),
    about: 'Reviews of what comes again and again',
    opens: leadingRoles,
    numbers: 'FP{yyyyMMdd}{serial:3}',
    letter: 'F',
    shown: {
      because: z.enum(becauses).describe('why it was opened: a classification came too often, a major incident, or somebody decided it'),
      module: z.string().nullable().describe('module of its classification; null: it has none'),
      problemType: z.string().nullable().describe('type of its classification'),
      cause: z.string().nullable().describe('cause of its classification'),
      tickets: z.int().min(0).describe('how many tickets of the classification it counts'),
      causes: z.array(z.string()).describe('kinds of causes that were found last'),
      round: z.int().min(1).describe('which time it is analysed'),
      outcome: z.enum(effectOutcomes).nullable().describe('what was found of its effect last; null: nothing yet'),
    },
    shownToCustomers: [],
  },
  subjects: reviewSubjects,
  answer: compareEffect,
}

/** By what reviews of a profile run. */
export function reviewPolicy({ reviews = usualReviews, types, ...profile }: Profile): ReviewPolicy {
  const { atLeast, analysisWithin, effectAfter, closingWithin, parties, causes, team } = reviews
  return {
    ...ownPolicy(profile, reviewClocks),
    reviews: {
      ...{ atLeast, analysisWithin, effectAfter, closingWithin },
      parties: parties.map(({ id }) => id),
      causes: causes.map(({ id }) => id),
      teams: team === undefined ? Object.fromEntries(types.map((type) => [type.id, usualTeamOf(profile, type)])) : {},
      team: team ?? routedTeams({ ...profile, types })[0] ?? '',
    },
  }
}

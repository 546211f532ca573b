import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict } from '../../domain/rejection.ts'
import { longText, reasonSchema } from '../common/inputs.ts'
import { leads, openStages, unresolvedStages } from './availability.ts'
import { defineCommand } from './command.ts'
import { interventionCauseLabels, interventionCauses } from '../../domain/interventions.ts'
import type { Transitions } from './transitions.ts'

/** 介入调查: where a handler has been silent for too long, or a result failed, a superior looks into it and says what came of that (R10). It moves no promise by itself. */

export const intervene = defineCommand({
  name: 'intervene',
  labels: said('介入调查', '介入調查', 'Intervene'),
  summary:
    'A superior looks into the ticket: since its handler has been silent for too long, since a result failed, or for another reason.',
  requirements: ['R10'],
  may: leads,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      cause: labelled(z.enum(interventionCauses).describe('what gives rise to it'), said('介入原因', '介入原因', 'What gives rise to it'), {
        of: interventionCauseLabels,
      }),
      reason: reasonSchema,
    }),
  blocked: ({ state: { intervention } }) =>
    intervention ? conflict('intervention-open', { person: intervention.by, since: intervention.at }) : undefined,
  decide: (_, { cause, reason }) => [{ type: 'intervened', cause, reason }],
})

export const closeIntervention = defineCommand({
  name: 'close-intervention',
  labels: said('结束介入', '結束介入', 'Close intervention'),
  summary: 'Ends the intervention, and says what came of it.',
  requirements: ['R10'],
  may: leads,
  stages: openStages,
  input: () =>
    z.strictObject({
      outcome: labelled(longText.describe('what was found, and what was done about it'), said('介入结果', '介入結果', 'Outcome')),
    }),
  blocked: ({ state }) => (state.intervention ? undefined : conflict('no-intervention')),
  decide({ state: { intervention } }, { outcome }) {
    if (!intervention) return conflict('no-intervention')
    return [{ type: 'intervention-closed', outcome, intervention: intervention.id, openedBy: intervention.by }]
  },
})

export const transitions: Transitions<'intervened' | 'intervention-closed'> = {
  intervened: (_, { seq: id, cause, actor: by, at }) => ({ intervention: { id, cause, by, at } }),
  'intervention-closed': (_, { at }) => ({ intervention: null, settledAt: at }),
}

import { z } from 'zod'
import { isObject } from '../../domain/document/loose.ts'
import { checkFields, factsIn, type FieldValues } from '../../domain/fields.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { withTermsOf, type TypeTerms } from '../../domain/profile/policy.ts'
import { routeFor } from '../../domain/profile/routing.ts'
import { choiceError, invalid, invalidIf, type FieldError } from '../../domain/rejection.ts'
import type { Act } from '../act.ts'
import { teamError } from '../common/assignees.ts'
import { factsOf } from '../common/facts.ts'
import { listedWord, reasonSchema, teamSchema } from '../common/inputs.ts'
import { changed } from '../common/retargeting.ts'
import { openStages, staff } from './availability.ts'
import { defineCommand } from './command.ts'
import type { Fields, TicketEvent } from './events.ts'
import { assigned } from './stages/assignment.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'
import { endOfWaiting } from './waiting.ts'

/** 更正类型: a ticket turns out to be of another type; its form, its routing and its promises follow. */

const fieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const sent = z.strictObject({
  type: listedWord('profile.types', said('正确的类型', '正確的類型', 'Right type')).describe('id of the type it is really of'),
  reason: reasonSchema,
  fields: labelled(
    z
      .record(z.string(), z.unknown())
      .default({})
      .describe("values of the right type's fields, by id; those that both types have are kept where nothing else is said"),
    said('登记信息', '登記資訊', 'Form fields'),
    { from: 'profile.types.fields' },
  ),
  team: teamSchema
    .optional()
    .describe('the team to have it; default: whose tickets of that type are. The present one leaves it where it is'),
})

const prepared = sent.extend({
  // As the API made them of the profile that the ticket began with, where it has such a type; a later release may know more of a field.
  terms: z.custom<TypeTerms>(isObject).optional(),
  types: z.array(z.string()),
  held: fieldValues,
})

export const reclassify = defineCommand<z.output<typeof prepared>, 'reclassify', z.input<typeof sent>>({
  name: 'reclassify',
  labels: { 'zh-CN': '更正类型', 'zh-TW': '更正類型', en: 'Reclassify' },
  summary:
    'Corrects the type. The form, the team and the targets become those of the right type, counted from the original start; the rest of the ticket stays.',
  requirements: ['X10', 'X8'],
  may: { ...staff, engineer: 'own' },
  stages: openStages,
  mentions: ({ team }) => ({ people: [], teams: [team] }),
  input: () => sent,
  preparedInput: () => prepared,
  decide({ state, policy, act }, { type, reason, fields: given, team, terms, types, held }) {
    if (!terms) return invalidIf(choiceError('type', type, types), strangeTeam(team, act)) ?? invalid()
    if (type === state.type) return invalid({ path: 'type', code: 'nothing-to-change' })
    const after = withTermsOf(policy, terms)
    const { priority, channel, customerTags = [] } = state
    const kept = keptOf(held, after.type.fields)
    const checked = checkFields({ ...kept, ...given }, after.type.fields, { requireAll: true, about: { type, priority, channel } })
    const unfit = invalidIf(...(checked.ok ? [] : checked.errors), strangeTeam(team, act))
    if (unfit || !checked.ok) return unfit ?? invalid()
    const fields = checked.value
    const dropped = Object.fromEntries(Object.entries(held).filter(([id]) => own(fields, id) === undefined))
    const facts = factsIn(fields, after.type.fields, after.factFields ?? [])
    const to = team ?? routeFor(after, factsOf({ type, priority, channel, facts, customerTags })).team
    const reclassified: TicketEvent<'reclassified'> = {
      type: 'reclassified',
      from: state.type,
      ticketType: type,
      reason,
      fields,
      dropped,
      terms,
      facts,
      team: isBeforeAssignment(state) ? to : state.team,
    }
    const { promises, broken } = changed(state, { type, facts }, { before: policy, after }, act.at)
    const moves = to !== state.team && (state.stage === 'assignment' || state.stage === 'handling')
    if (!moves) return [reclassified, ...broken]
    const next = { ...state, promises }
    const queued = assigned(next, after, { manner: 'reassigned', assignee: null, insteadOf: null, reason }, to)
    return [reclassified, ...broken, ...endOfWaiting(state), queued]
  },
})

/** Before somebody is looked for, it simply belongs to another team. */
function isBeforeAssignment({ stage }: TicketState): boolean {
  return stage === 'intake' || stage === 'triage'
}

function strangeTeam(team: string | undefined, { directory }: Pick<Act, 'directory'>): FieldError | undefined {
  return team === undefined ? undefined : teamError('team', team, directory)
}

/** The values that fit fields of the new type. */
function keptOf(held: FieldValues, fields: TypeTerms['type']['fields']): Fields {
  const kept = fields.flatMap((field): [string, FieldValues[string]][] => {
    const value = own(held, field.id)
    const checked = value === undefined ? undefined : checkFields({ [field.id]: value }, [field], { requireAll: false })
    const fits = checked?.ok ? own(checked.value, field.id) : undefined
    return fits === undefined ? [] : [[field.id, fits]]
  })
  return Object.fromEntries(kept)
}

export const transitions: Transitions<'reclassified'> = {
  reclassified: (_, event) => ({
    type: event.ticketType,
    facts: event.facts,
    team: event.team,
  }),
}

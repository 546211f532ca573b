import { z } from 'zod'
import { isObject } from '../../domain/document/loose.ts'
import { checkFields, factsIn, type FieldValues } from '../../domain/fields.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import { withTermsOf, type Policy, type TypeTerms } from '../../domain/profile/policy.ts'
import { routeFor } from '../../domain/profile/routing.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
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
import { factsOfActs } from './own-acts.ts'
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
  types: z.array(z.string()).default([]),
  held: fieldValues.default({}),
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
    if (!terms) return invalidIf(choiceError('type', type, types), strangeTeam(team, state, act)) ?? invalid()
    if (type === state.type) return invalid({ path: 'type', code: 'nothing-to-change' })
    const after = withTermsOf(policy, terms)
    const { priority, channel, language } = state
    const kept = keptOf(held, policy, after)
    const checked = checkFields({ ...kept, ...given }, after.type.fields, {
      requireAll: true,
      about: { type, priority, channel, ...(language && { language }) },
      anyYear: policy.furthest === undefined,
    })
    const unfit = invalidIf(...(checked.ok ? [] : checked.errors), strangeTeam(team, state, act))
    if (unfit || !checked.ok) return unfit ?? invalid()
    const fields = checked.value
    const dropped = Object.fromEntries(Object.entries(held).filter(([id]) => own(fields, id) === undefined))
    const facts = { ...factsOfActs(state.facts ?? {}, policy), ...factsIn(fields, after.type.fields, after.factFields ?? []) }
    const reclassified: TicketEvent<'reclassified'> = {
      type: 'reclassified',
      from: state.type,
      ticketType: type,
      reason,
      fields,
      dropped,
      terms,
      facts,
    }
    const { promises, broken } = changed(state, { type, facts }, { before: policy, after }, act.at)
    const to = team ?? teamAfter(state, { policy, after, type, facts })
    if (to === state.team || !movable.some((stage) => stage === state.stage)) return [reclassified, ...broken]
    const queued = assigned({ ...state, promises }, after, { manner: 'reassigned', assignee: null, insteadOf: null, reason }, to)
    return [reclassified, ...broken, ...(state.stage === 'handling' ? endOfWaiting(state) : []), queued]
  },
})

/** Later on nobody looks for somebody: work that is done goes from person to person. */
const movable = ['intake', 'triage', 'assignment', 'handling'] as const satisfies readonly Stage[]

/** It goes to another team where tickets of the new type do; where both types go to the same one, it stays with whoever has got it. */
function teamAfter(
  state: TicketState,
  to: { readonly policy: Policy; readonly after: Policy; readonly type: string; readonly facts: Facts['fields'] },
): string {
  const before = routeFor(to.policy, factsOf(state)).team
  const now = routeFor(to.after, factsOf({ ...state, type: to.type, facts: to.facts })).team
  return now === before ? state.team : now
}

function strangeTeam(team: string | undefined, { stage }: TicketState, { directory }: Pick<Act, 'directory'>): FieldError | undefined {
  if (team === undefined) return undefined
  if (!movable.some((one) => one === stage)) return { path: 'team', code: 'unknown-field', params: { known: ['type', 'reason', 'fields'] } }
  return teamError('team', team, directory)
}

/** The values that fit fields of the new type. What was for colleagues only is not shown to the customer by it. */
function keptOf(held: FieldValues, { type: { fields: before }, furthest }: Policy, { type: { fields } }: Policy): Fields {
  const kept = fields.flatMap((field): [string, FieldValues[string]][] => {
    const isRevealed = field.internal !== true && before.some(({ id, internal }) => id === field.id && internal === true)
    const value = isRevealed ? undefined : own(held, field.id)
    const checked =
      value === undefined ? undefined : checkFields({ [field.id]: value }, [field], { requireAll: false, anyYear: furthest === undefined })
    const fits = checked?.ok ? own(checked.value, field.id) : undefined
    return fits === undefined ? [] : [[field.id, fits]]
  })
  return Object.fromEntries(kept)
}

export const transitions: Transitions<'reclassified'> = {
  reclassified: (_, event) => ({
    type: event.ticketType,
    facts: event.facts,
  }),
}

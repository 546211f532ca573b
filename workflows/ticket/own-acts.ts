import { z } from 'zod'
import { ticketCommandNames } from '../../domain/command-names.ts'
import { checkFields, factsIn, fieldsOfCustomers, type FieldValues } from '../../domain/fields.ts'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { isSystem, type Actor } from '../../domain/people.ts'
import type { ProfileAct } from '../../domain/profile/acts.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { choiceError, conflict, forbidden, invalid, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { listedWord, occurredAtSchema } from '../common/inputs.ts'
import { factsOf } from '../common/facts.ts'
import { withBroken } from './broken.ts'
import { factOf } from '../common/terms.ts'
import { leads, openStages, staff } from './availability.ts'
import { defineCommand } from './command.ts'
import type { TicketEvent } from './events.ts'
import type { FactsNow } from './facts.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 自定义操作: acts of the organisation's own (X11). Which there are, when and for whom, the profile says; here is one command for all of them. */

export const recordAct = defineCommand({
  name: 'record-act',
  labels: { 'zh-CN': '记录自定义操作', 'zh-TW': '記錄自訂操作', en: 'Record an act' },
  summary:
    "Records an act of the organisation's own, such as having arrived on site. Which acts there are, in which stages and by whom, the profile says (`acts`); it narrows the roles and stages that are told here.",
  requirements: ['X11'],
  may: { ...staff, ...leads, quality: 'any', service: 'any' },
  isForHolder: true,
  stages: openStages,
  input: () =>
    z.strictObject({
      act: listedWord('profile.acts', said('操作', '操作', 'Act')).describe('id of the act in the profile'),
      fields: labelled(
        z.record(z.string(), z.unknown()).default({}).describe('values of the fields of the act, by id'),
        said('填写内容', '填寫內容', 'Fields of the act'),
        { from: 'profile.acts.fields' },
      ),
      occurredAt: occurredAtSchema,
    }),
  blocked: ({ state, policy, act: { actor } }, input) => {
    const acts = policy.acts ?? []
    const meant = input && acts.find(({ id }) => id === input.act)
    if (meant) return refusalOf(meant, state, actor)
    // What there is not is told as such.
    if (input || allowedActs(state, actor, policy).length > 0) return undefined
    return conflict('no-own-acts', { command: 'record-act' })
  },
  decide({ state, policy, act: { at }, occurredAt }, { act: id, fields: given }) {
    const act = policy.acts?.find((one) => one.id === id)
    if (!act) return unknownAct(id, policy)
    const checked = checkFields(given, act.fields, { requireAll: true, about: factsOf(state) })
    if (!checked.ok) return invalid(...checked.errors)
    const facts = factsOfAct(act, checked.value, { state, policy, occurredAt })
    return withBroken(recorded(act, checked.value, facts), state, facts, { policy, at })
  },
})

/** What the actor may record now. */
export function allowedActs(state: TicketState, actor: Actor, { acts = [] }: Pick<Policy, 'acts'>): readonly ProfileAct[] {
  return acts.filter((act) => refusalOf(act, state, actor) === undefined)
}

function refusalOf({ id, roles, stages }: ProfileAct, state: TicketState, actor: Actor): Rejection | undefined {
  const { stage, assignee } = state
  const hasIt = assignee !== null && (actor.id === assignee || actor.standsInFor?.includes(assignee) === true)
  const may = isSystem(actor) || roles.some((role) => (role === 'handler' ? hasIt : actor.roles.includes(role)))
  if (!may) return forbidden('act-not-yours', { act: id, roles, ...(assignee !== null && { holder: assignee }) })
  return stages.includes(stage) ? undefined : conflict('act-not-here', { act: id, stage, stages })
}

function unknownAct(given: string, { acts = [] }: Pick<Policy, 'acts'>): Rejection {
  const error: FieldError | undefined = ticketCommandNames.some((name) => name === given)
    ? { path: 'act', code: 'act-is-command', params: { command: given, given } }
    : choiceError(
        'act',
        given,
        acts.map(({ id }) => id),
      )
  return acts.length === 0 && error?.code === 'not-a-choice'
    ? conflict('no-own-acts', { command: 'record-act' })
    : invalid(...(error ? [error] : []))
}

/** What is for colleagues only stands apart, so that nobody need know the profile to keep it from customers. */
function recorded(act: ProfileAct, values: FieldValues, facts: FactsNow): TicketEvent<'act-recorded'> {
  const shown = new Set(fieldsOfCustomers(act.fields).map(({ id }) => id))
  const [fields, internalFields] = [true, false].map((isShown) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => shown.has(id) === isShown)),
  )
  return {
    type: 'act-recorded',
    act: act.id,
    label: act.label,
    fields: fields ?? {},
    internalFields: internalFields ?? {},
    visibleToCustomer: act.visibleToCustomer,
    ...facts,
  }
}

/** What clocks count from of its fields, as it was recorded last: what is told after a later one changes nothing. */
function factsOfAct(
  { id, fields }: ProfileAct,
  values: FieldValues,
  { state, policy, occurredAt }: { readonly state: TicketState; readonly policy: Policy; readonly occurredAt: Instant },
): FactsNow {
  const before = state.facts ?? {}
  const counted = policy.clocks.flatMap(({ from }) => (from?.act === id ? [from] : []))
  if (counted.length === 0 || occurredAt < (own(state.acts ?? {}, id) ?? '')) return {}
  const told = Object.entries(
    factsIn(
      values,
      fields,
      counted.map(({ field }) => field),
    ),
  )
  const now = new Map(told.map(([field, value]) => [factOf({ act: id, field }), value]))
  const names = counted.map(factOf)
  if (names.every((name) => own(before, name) === now.get(name))) return {}
  const others = Object.entries(before).filter(([name]) => !names.includes(name))
  return { facts: Object.fromEntries([...others, ...now]) }
}

/** Of the facts of a ticket those that acts told: the form of another type has them all the same. */
export function factsOfActs(facts: Facts['fields'], { acts = [] }: Pick<Policy, 'acts'>): Facts['fields'] {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => acts.some(({ id }) => name.startsWith(`${id}.`))))
}

export const transitions: Transitions<'act-recorded'> = {
  'act-recorded': ({ acts = {} }, { act, occurredAt, facts }) => {
    const last = own(acts, act)
    return { acts: { ...acts, [act]: last !== undefined && last > occurredAt ? last : occurredAt }, ...(facts && { facts }) }
  },
}

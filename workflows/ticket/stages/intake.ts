import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { checkFields, fieldsAskedOf, lackingByNow } from '../../../domain/fields.ts'
import { invalid } from '../../../domain/rejection.ts'
import { defineCommand } from '../command.ts'
import type { TicketEvent } from '../events.ts'
import { longText, shortened, shortText, wordSchema } from '../../common/inputs.ts'
import { factsOf } from '../../common/facts.ts'
import { withBroken } from '../broken.ts'
import { staff, unresolvedStages } from '../availability.ts'
import type { Transitions } from '../transitions.ts'
import { factsGiven } from '../facts.ts'
import { offered } from '../offered.ts'
import { leadingTo, pastIntake } from '../path.ts'
import { endOfWaiting } from '../waiting.ts'

/** 受理: what was registered is made complete, with the customer's help, before anybody works on it. */

export const supplement = defineCommand({
  name: 'supplement',
  labels: { 'zh-CN': '补充资料', 'zh-TW': '補充資料', en: 'Supplement' },
  summary: 'Adds to what the customer said: fields of the form, or a text. Ends waiting for the customer.',
  requirements: ['T2', 'T4'],
  may: { ...staff, customer: 'own', service: 'any' },
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      fields: labelled(
        z.record(z.string(), z.unknown()).default({}).describe("values of the type's fields, by id"),
        said('登记信息', '登記資訊', 'Form fields'),
        { from: 'profile.types.fields' },
      ),
      text: labelled(longText.optional().describe('what was supplied in words'), said('补充说明', '補充說明', 'Further details')),
    }),
  decide({ state, policy, act }, { fields, text }) {
    const checked = checkFields(fields, fieldsAskedOf(act.actor, policy.type.fields), {
      requireAll: false,
      anyYear: policy.furthest === undefined,
    })
    if (!checked.ok) return invalid(...checked.errors)
    if (Object.keys(checked.value).length === 0 && text === undefined) return invalid({ path: 'fields', code: 'nothing-to-change' })
    const facts = factsGiven(checked.value, policy, state.facts)
    const supplemented: TicketEvent = { type: 'supplemented', fields: checked.value, text: text ?? null, ...facts }
    const answered: TicketEvent[] = state.waiting?.for === 'customer' ? [{ type: 'waiting-ended', for: 'customer' }] : []
    return [...withBroken(supplemented, state, facts, { policy, at: act.at }), ...answered]
  },
})

export const reviewIntake = defineCommand({
  name: 'review-intake',
  labels: { 'zh-CN': '受理审核', 'zh-TW': '受理審核', en: 'Review intake' },
  summary:
    'Says whether the registration is complete. Incomplete: names what is missing and waits for the customer; complete: goes on to triage, when no field lacks that has come to be required.',
  requirements: ['T2', 'T4'],
  may: staff,
  stages: ['intake'],
  input: () =>
    z.strictObject({
      complete: labelled(z.boolean().describe('whether everything needed is there'), said('资料是否完整', '資料是否完整', 'Complete')),
      missing: labelled(
        z.array(wordSchema).max(50).default([]).describe('what is missing; required when incomplete'),
        said('缺少的资料', '缺少的資料', 'Missing'),
      ),
      message: labelled(
        shortText.optional().describe('what the customer is asked, in their words'),
        said('询问客户的内容', '詢問客戶的內容', 'Question to the customer'),
      ),
    }),
  decide({ state, policy }, { complete, missing, message }) {
    if (!complete && missing.length === 0)
      return invalid({ path: 'missing', code: 'required-for-outcome', params: { outcome: 'complete: false' } })
    const reviewed: TicketEvent<'intake-reviewed'> = { type: 'intake-reviewed', complete, missing, message: message ?? null }
    if (complete) {
      const lacking = lackingByNow(policy.type.fields, factsOf(state), policy.factFields)
      if (lacking.length > 0) return invalid(...lacking)
      const onward = leadingTo(pastIntake(policy, factsOf(state)), 'triage')
      return [...endOfWaiting(state), { ...reviewed, ...onward, ...(onward.next && offered(policy)) }]
    }
    if (state.waiting) return [reviewed]
    return [reviewed, { type: 'waiting-started', for: 'customer', reason: message ?? shortened(missing.join(', ')), until: null }]
  },
})

export const transitions: Transitions<'submitted' | 'supplemented' | 'intake-reviewed'> = {
  submitted: (_, event) => ({
    type: event.ticketType,
    priority: event.priority,
    channel: event.channel,
    representative: event.representative,
    requester: event.requester,
    assignee: event.assignee,
    assignedAt: event.assignee === null ? null : event.at,
    team: event.team,
    calendar: event.calendar,
    ...(event.begins && { stage: event.begins }),
    ...(event.facts && { facts: event.facts }),
    ...(event.language && { language: event.language }),
    ...(event.deadlineClocks && { deadlineClocks: event.deadlineClocks }),
  }),
  supplemented: (_, { facts }) => (facts ? { facts } : {}),
  'intake-reviewed': (state, event) => ({
    // Who reviews what a customer registered alone keeps in touch with them from then on.
    representative: state.representative ?? event.actor,
    stage: event.complete ? (event.next ?? 'triage') : state.stage,
  }),
}

import { z } from 'zod'
import { customerLabels } from '../../domain/customer-labels.ts'
import { isObject } from '../../domain/document/loose.ts'
import { checkFields, clearingErrors } from '../../domain/fields.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { invalid, invalidIf } from '../../domain/rejection.ts'
import { defineCommand } from './command.ts'
import { customerPartSchema, longText, reasonSchema } from '../common/inputs.ts'
import { factsOf } from '../common/facts.ts'
import { factsGiven } from './facts.ts'
import { withBroken } from './broken.ts'
import { openStages, serviceDesk, staff } from './availability.ts'
import type { TicketEvent } from './events.ts'
import { languageError, languageSchema, titleSchema } from './inputs.ts'
import type { Transitions } from './transitions.ts'
import { own } from '../../domain/own.ts'

/** 更正与查看: mistakes in the record are corrected in the open, and who looks at contact details is on record. */

const customerParts = {
  name: labelled(customerPartSchema.optional().describe('name of the contact person'), customerLabels.name),
  company: labelled(customerPartSchema.optional().describe('the company they speak for'), customerLabels.company),
  account: labelled(customerPartSchema.optional().describe('user id by which the customer is known'), customerLabels.account),
}
const correction = z.strictObject({
  reason: reasonSchema,
  language: languageSchema.optional(),
  title: titleSchema.optional(),
  description: labelled(longText.optional().describe('what the customer reported'), said('问题描述', '問題描述', 'Description')),
  customer: z.strictObject(customerParts).optional(),
  fields: labelled(
    z
      .record(z.string(), z.unknown())
      .optional()
      .describe("values of the type's fields, by id; `null` empties one that need not be filled in"),
    said('登记信息', '登記資訊', 'Form fields'),
    { from: 'profile.types.fields' },
  ),
})
const sealedContact = z.strictObject({
  sealed: z.string(),
  masked: z.strictObject({
    phone: z.string().nullable(),
    email: z.string().nullable(),
    // Only where what stands there is contact data.
    name: z.string().exactOptional(),
    company: z.string().exactOptional(),
    account: z.string().exactOptional(),
  }),
  keys: z.array(z.string()),
})

const sealedCorrection = correction.extend({
  contact: sealedContact.optional(),
  /** Ids of fields to be emptied. Made ready apart: what an older release was given as null it passed over. */
  cleared: z.array(z.string()).optional(),
})

/** The correction with the fields that are to be emptied named apart, as it is made ready. */
export function withCleared(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { fields } = input
  if (!isObject(fields)) return input
  const cleared = Object.keys(fields).filter((id) => own(fields, id) === null)
  if (cleared.length === 0) return input
  return { ...input, fields: Object.fromEntries(Object.entries(fields).filter(([id]) => !cleared.includes(id))), cleared }
}

/** As it is sent: in clear, and sealed before anybody decides. */
const correctionSent = () =>
  correction.extend({
    customer: labelled(
      z
        .strictObject({
          ...customerParts,
          phone: labelled(customerPartSchema.optional().describe('phone number'), customerLabels.phone),
          email: labelled(customerPartSchema.optional().describe('e-mail address'), customerLabels.email),
        })
        .optional()
        .describe('what was wrong about the customer'),
      customerLabels.customer,
    ),
  })

export const correct = defineCommand<z.output<typeof sealedCorrection>, 'correct', z.input<ReturnType<typeof correctionSent>>>({
  name: 'correct',
  labels: { 'zh-CN': '更正', 'zh-TW': '更正', en: 'Correct' },
  summary:
    'Corrects what was recorded wrongly: title, description, customer, contact details, language, fields. The correction and its reason stay in the log.',
  requirements: ['X8'],
  may: { ...staff, engineer: 'own' },
  stages: openStages,
  input: correctionSent,
  preparedInput: () => sealedCorrection,
  decide({ state, policy, act }, { reason, fields, cleared = [], ...changes }) {
    const checked = checkFields(fields ?? {}, policy.type.fields, { requireAll: false, anyYear: policy.furthest === undefined })
    const facts = factsGiven(checked.ok ? checked.value : {}, policy, state.facts, cleared)
    const unfit = invalidIf(
      ...(checked.ok ? [] : checked.errors),
      ...clearingErrors(cleared, policy.type.fields, factsOf({ ...state, ...facts })),
      languageError(changes.language, policy),
    )
    if (unfit || !checked.ok) return unfit ?? invalid()
    const customer = changes.customer && Object.keys(changes.customer).length > 0 ? changes.customer : undefined
    const nothing =
      Object.keys(checked.value).length === 0 &&
      cleared.length === 0 &&
      !customer &&
      !changes.title &&
      !changes.description &&
      !changes.contact &&
      !changes.language
    if (nothing) return invalid({ path: fields ? 'fields' : 'reason', code: 'nothing-to-change' })
    const now = { ...facts, ...(changes.language && { language: changes.language }) }
    const corrected: TicketEvent = {
      type: 'corrected',
      reason,
      changes: {
        ...changes,
        customer,
        ...(fields && { fields: { ...checked.value, ...Object.fromEntries(cleared.map((id) => [id, null])) } }),
      },
      ...facts,
    }
    return withBroken(corrected, state, now, { policy, at: act.at })
  },
})

export const reveal = defineCommand({
  name: 'reveal',
  labels: { 'zh-CN': '查看联系方式', 'zh-TW': '查看聯絡方式', en: 'Reveal contact' },
  summary: "Shows the customer's contact details in clear. Who looked, and when, is an event.",
  requirements: ['S3', 'T2'],
  may: { ...serviceDesk, engineer: 'own', 'department-lead': 'any' },
  stages: openStages,
  shows: 'contact',
  input: () => z.strictObject({ reason: reasonSchema.optional() }),
  decide: (_, { reason }) => [{ type: 'contact-revealed', reason: reason ?? null }],
})

export const transitions: Transitions<'corrected' | 'contact-revealed'> = {
  corrected: (_, { facts, changes: { language } }) => ({ ...(facts && { facts }), ...(language && { language }) }),
  'contact-revealed': () => ({}),
}

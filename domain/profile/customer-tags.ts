import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { targetSchema } from './clocks.ts'
import { labelsSchema } from '../labels.ts'

/**
 * Tags that attach themselves to a ticket by who its customer is (S4): by their history, by a list of accounts, or by what their entry in the
 * directory says. One that the entry has by its id is attached whatever the rule.
 */
export const customerTagSchema = z
  .strictObject({
    id: idSchema.describe('its id'),
    label: labelsSchema.describe('what it is called'),
    when: z
      .strictObject({
        complaints: z.int().min(1).default(3).describe('how many tickets, the new one counted'),
        within: targetSchema.default('P90D').describe('within what period, ISO 8601'),
        types: z.array(idSchema).min(1).describe('of which types'),
      })
      .meta({ id: 'CustomerTagRule', description: 'so many tickets of these types within the period' })
      .optional(),
    accounts: z
      .array(z.string().min(1).max(254, { abort: true }))
      .min(1)
      .optional()
      .describe('accounts of the customers, as they stand on tickets: phone, e-mail or user id'),
    tiers: z
      .array(z.string().min(1).max(80, { abort: true }))
      .min(1)
      .optional()
      .describe('tiers of the customers, as their entries in the directory have them'),
    internal: z.boolean().optional().describe("for the organisation's own people, as their entries in the directory say"),
  })
  .meta({ id: 'CustomerTag', description: 'a tag that attaches itself by who the customer is' })
  .refine(({ id: _, label: __, ...rules }) => Object.values(rules).some((rule) => rule !== undefined && rule !== false), 'tag-without-rule')

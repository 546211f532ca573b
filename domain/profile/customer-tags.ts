import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { targetSchema } from './clocks.ts'
import { labelsSchema } from '../labels.ts'

/** Tags that attach themselves to a ticket by who its customer is (S4): by their history, by a list of accounts, or by either. */
export const customerTagSchema = z
  .strictObject({
    id: idSchema,
    label: labelsSchema,
    /** So many tickets of these types within the period, the new one counted. */
    when: z
      .strictObject({
        complaints: z.int().min(1).default(3),
        within: targetSchema.default('P90D'),
        types: z.array(idSchema).min(1),
      })
      .optional(),
    /** Accounts of the customers, as they stand on tickets: phone, e-mail or user id. */
    accounts: z
      .array(z.string().min(1).max(254, { abort: true }))
      .min(1)
      .optional(),
  })
  .refine(({ when, accounts }) => when !== undefined || accounts !== undefined, 'tag-without-rule')

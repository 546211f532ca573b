import { z } from 'zod'
import { uniqueIds } from '../document/checks.ts'
import { labelsSchema } from '../labels.ts'
import { conditionSchema } from './conditions.ts'
import { termSchema } from './term.ts'

/** What a form asks: that of a type of tickets, or that of an act of the organisation's own. */

export const fieldKinds = ['text', 'long-text', 'date', 'instant', 'number', 'boolean', 'choice'] as const

export const fieldIdSchema = z
  .string()
  .max(100, { abort: true })
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'field-id')

const fieldSchema = z
  .strictObject({
    id: fieldIdSchema.describe('its id'),
    label: labelsSchema.describe('what it is called'),
    kind: z.enum(fieldKinds).describe('what its values are'),
    required: z.boolean().default(false).describe('whether it must be filled in, at registration or when the act is recorded'),
    requiredWhen: conditionSchema.optional().describe('under which condition it must be filled in where it otherwise need not be'),
    internal: z.boolean().optional().describe('whether it is for colleagues only: customers are neither asked for it nor shown it'),
    choices: uniqueIds(z.array(termSchema).min(1)).optional().describe('what a field of kind `choice` offers; other kinds have none'),
  })
  .meta({ id: 'ProfileField', description: 'a field of a form' })
  .superRefine(
    (field: { readonly kind?: unknown; readonly choices?: unknown }, context) => {
      const { kind, choices } = field
      if (kind === 'choice' && choices === undefined) context.addIssue({ code: 'custom', message: 'choices-missing', path: ['choices'] })
      const known = fieldKinds.find((candidate) => candidate === kind)
      if (known !== undefined && known !== 'choice' && choices !== undefined)
        context.addIssue({ code: 'custom', message: 'choices-unused', path: ['choices'] })
    },
    // Also beside other faults of the field, so that all errors come at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )

export const fieldsSchema = uniqueIds(z.array(fieldSchema))

import { z } from 'zod'
import { locales } from '../labels.ts'
import { customKindTail } from './custom.ts'
import { mutableKinds } from './kinds.ts'
import { quietHoursShape, sameTime } from './quiet-hours.ts'

/** Of profiles' own; more than anybody has. */
const mostCustom = 200

/** What a person wants to hear, in which language and when. Whoever has said nothing has said `{}`. */
export const preferencesSchema = z.strictObject({
  language: z.enum(locales).nullable().default(null).describe("null: the profile's"),
  quietHours: z
    .strictObject(quietHoursShape)
    .meta({ id: 'WantedQuietHours', description: 'hours in which not to be disturbed' })
    .refine((hours) => !sameTime(hours), { error: 'quiet-all-day', path: ['until'] })
    .nullable()
    .default(null)
    .describe("local to the profile's zone; null: none of one's own"),
  muted: z
    .array(z.union([z.enum(mutableKinds), z.templateLiteral(['custom-', z.string().regex(customKindTail)])]))
    .max(mutableKinds.length + mostCustom)
    .default([])
    .describe("kinds of notices to do without; a profile's own are heeded where it lets colleagues do without them"),
})

export type Preferences = Partial<z.output<typeof preferencesSchema>>

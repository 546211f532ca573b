import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { labelsSchema } from '../labels.ts'

/** What things of a profile's lists have: an id, and what they are called. */

export const thingId = idSchema.describe('its id, for URLs, file names and other documents')
export const labelShape = { id: thingId, label: labelsSchema.describe('what it is called') }
export const termSchema = z.strictObject(labelShape).meta({ id: 'ProfileTerm', description: 'one of a list, with what it is called' })

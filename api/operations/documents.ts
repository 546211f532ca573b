import { z } from 'zod'
import { whole } from '../http/query.ts'

/** What operations on documents that people write have in common: profiles and calendars (X1). */

/** Which version of it; in a query. */
export const versionQuery = whole({ min: 1, max: 999_999_999 }).optional().describe('which version; default: the newest')

/** What is sent when it is no JSON. */
export const yamlBody = z.string().describe('the document in YAML')

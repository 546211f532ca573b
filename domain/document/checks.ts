import { IANAZone } from 'luxon'
import { z } from 'zod'

/** Checks that several kinds of document share. Their messages are codes of `reasons.ts`. */

/** Id of a thing that a document defines: what a URL, a file name and a Temporal id can carry. */
export const idForm = /^[a-z][a-z0-9-]*$/
export const idSchema = z.string().max(100, { abort: true }).regex(idForm, 'identifier')

/**
 * A time zone as Area/City, such as `Asia/Shanghai`, or `UTC`. Machines take more: `CST` is Chicago to them, though it may have meant
 * China, and `Etc/GMT-8` lies east of Greenwich.
 */
export const zoneSchema = z
  .string()
  .max(100, { abort: true })
  .refine((zone) => zone === 'UTC' || !abbreviation.test(zone), 'zone-abbreviated')
  .refine((zone) => abbreviation.test(zone) || (areaAndCity.test(zone) && IANAZone.isValidZone(zone)), 'zone')

const abbreviation = /^[A-Za-z]{1,5}$/
const areaAndCity = /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:\/[A-Z][A-Za-z_-]{1,40}){1,2}$/

/** As zones were once taken, and stored calendars and histories have them: whatever machines know. */
export const anyZoneSchema = z
  .string()
  .max(100, { abort: true })
  .refine((zone) => IANAZone.isValidZone(zone), 'zone')

/** A list in which no id stands twice. Checked even where an item is otherwise wrong, so that all errors come at once. */
export function uniqueIds<T extends z.ZodArray>(list: T): T {
  return list.superRefine(
    (items, context) => {
      if (!Array.isArray(items)) return
      const seen = new Set<unknown>()
      items.forEach((item: unknown, at) => {
        const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
        if (id === undefined) return
        if (seen.has(id)) context.addIssue({ code: 'custom', message: 'duplicate-id', params: { id }, input: id, path: [at, 'id'] })
        seen.add(id)
      })
    },
    { when: () => true },
  )
}

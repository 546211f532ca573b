import { z } from 'zod'
import { referenceSchema } from '../derivation/base.ts'
import { isObject, memberOf } from '../document/loose.ts'
import { labelsSchema } from '../labels.ts'
import { profileSchema } from './schema.ts'

/** What stands in the text of a profile beside the profile itself: what it extends, and what it takes away of that (X9). */

const derivation = {
  extends: referenceSchema
    .optional()
    .describe('what it extends, a profile or a template: its id, or id and version such as `base@1`; without a version the newest'),
  remove: z
    .array(z.string().min(1).max(500, { abort: true }))
    .optional()
    .describe('what is taken away of what it extends: keys and ids joined by dots, such as `clocks.start.ladder.warning`'),
  template: z
    .boolean()
    .optional()
    .describe('whether it is no process but something to extend: then any part may be left out, and no ticket runs by it'),
}

/** The text of a profile, once what it extends stands in it. */
export const writtenSchema = profileSchema.safeExtend(derivation).meta({ id: 'WrittenProfile', description: 'a profile as it is written' })

/** Something to extend: what it is called, and any parts of a profile. */
export const templateSchema = z
  .looseObject({ id: profileSchema.shape.id, version: profileSchema.shape.version, label: labelsSchema.describe('what it is called') })
  .meta({ id: 'ProfileTemplate', description: 'no process but something to extend: any parts of a profile' })
export type ProfileTemplate = z.output<typeof templateSchema>

/** Keys that a template cannot do without either. */
const named: readonly PropertyKey[] = Object.keys(templateSchema.shape)

/** Whether the fault is only that something is left out: which a template may do, and whoever extends it writes. */
export function isLeftOut(issue: z.core.$ZodIssue): boolean {
  const [first] = issue.path
  return lacksSomething(issue) && !(issue.path.length >= 1 && first !== undefined && named.includes(first))
}

function lacksSomething(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'custom') return leftOut.has(issue.message)
  if (issue.code === 'invalid_union' && 'discriminator' in issue && issue.discriminator !== undefined)
    return isObject(issue.input) && memberOf(issue.input, issue.discriminator) === undefined
  return issue.code !== 'unrecognized_keys' && issue.input === undefined
}

/** Codes of what one part wants another for. */
const leftOut: ReadonlySet<string> = new Set([
  'no-target',
  'target-missing',
  'no-customer',
  'choices-missing',
  'clock-missing',
  'tag-without-rule',
  'team-missing',
  'routes-uncovered',
  'no-acts',
  'no-instants',
])

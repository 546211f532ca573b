import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { nearest } from '../document/nearest.ts'
import { reasonsForIssue } from '../document/reasons.ts'
import { entriesOf, isObject } from '../document/loose.ts'
import { labelsSchema, locales, longestLabel } from '../labels.ts'
import type { Placeholder } from '../notices/definition.ts'
import { fieldNamed } from '../notices/field-values.ts'
import { isNoticeKind, noticeKindNames, placeholdersOf } from '../notices/kinds.ts'
import { isOfTickets } from '../notices/occasions.ts'
import type { Template } from '../notices/template.ts'
import { usualTemplates, withUsualTemplates } from '../notices/usual.ts'
import { quietHoursShape, sameTime } from '../notices/quiet-hours.ts'
import { placesIn } from '../template.ts'
import { own } from '../own.ts'

/** What a profile says about the voice of the product: language, quiet hours, templates (S8, T8, X6) and scripts 话术 (S13). */

/** Language of what is sent to people who chose none, customers among them. */
export const languageSchema = z.enum(locales)

/** Hours, local to the profile's zone, in which only tickets of the excepted priorities may be told about. */
export const quietHoursSchema = z
  .strictObject({
    ...quietHoursShape,
    except: z.array(idSchema).default([]).describe('priorities that are told about all the same'),
  })
  .meta({
    id: 'ProfileQuietHours',
    description: "hours, local to the profile's zone, in which only tickets of the excepted priorities may be told about",
  })
  .superRefine(
    (hours: { readonly from?: unknown; readonly until?: unknown }, context) => {
      if (sameTime(hours)) context.addIssue({ code: 'custom', message: 'quiet-all-day', path: ['until'], input: hours.until })
    },
    { when: ({ value }) => isObject(value) },
  )

export const templateShape = { subject: labelsSchema.describe('its subject'), text: labelsSchema.describe('its text') }

const templateSchema = z.strictObject(templateShape).meta({ id: 'NoticeTemplate', description: 'what a kind of notice says' })

/** Who writes to customers, and how they are reached: below every mail to them. */
export const signatureSchema = z
  .strictObject({
    name: labelsSchema.describe('who writes'),
    hotline: z.string().min(1).max(60).optional().describe('the number to call'),
    hours: labelsSchema.optional().describe('when the hotline is answered'),
    replies: z.boolean().default(false).describe('whether somebody reads what is sent in reply to the mails'),
  })
  .meta({ id: 'ProfileSignature', description: 'who writes to customers, and how they are reached: below every mail to them' })

/** One template for each kind of notice; none may be missing but those with usual words, and each says only what its kind has to say. */
const everyTemplateSchema = z.record(z.enum(noticeKindNames), templateSchema).superRefine(
  (templates: unknown, context) => {
    for (const [kind, template] of entriesOf(templates)) {
      if (!isNoticeKind(kind)) continue
      for (const [part, texts] of entriesOf(template))
        checkTexts(texts, [kind, part], { placeholders: placeholdersOf(kind), hasForm: isOfTickets(kind) }, context)
    }
  },
  { when: () => true },
)

export const noticeTemplatesSchema = z.preprocess((given) => (isObject(given) ? withUsualTemplates(given) : given), everyTemplateSchema)

/**
 * What is wrong with usual words, each fault with its kind, its language and what to write instead. They stand in every profile that says
 * nothing of that kind: there, they would be found wrong in a line that nobody wrote.
 */
export function faultsInUsual(templates: Readonly<Record<string, Template>> = usualTemplates): string[] {
  const issues = everyTemplateSchema.safeParse(templates, { reportInput: true }).error?.issues ?? []
  const said = issues.filter(({ path: [kind] }) => kind !== undefined && Object.hasOwn(templates, kind))
  return said
    .flatMap((issue) => reasonsForIssue(issue, everyTemplateSchema, templates, 'en'))
    .map(({ path, reason }) => `${path.map(String).join(' · ')}: ${reason()}`)
}

export const scriptPurposes = ['first-response', 'progress', 'empathy', 'confirmation', 'callback', 'closing'] as const

/** What a script may say: who speaks, and of which ticket. */
export const scriptPlaceholders = {
  agent: { kind: 'text', has: 'always' },
  number: { kind: 'text', has: 'always' },
  problem: { kind: 'text', has: 'always' },
  customer: { kind: 'text', has: 'always' },
  organisation: { kind: 'text', has: 'optional' },
} as const satisfies Readonly<Record<string, Placeholder>>

/** A script 话术: what an agent says on the phone or in a chat. */
export const scriptSchema = z
  .strictObject({
    id: idSchema.describe('its id'),
    label: labelsSchema.describe('what it is called'),
    purpose: z.enum(scriptPurposes).describe('what it is for'),
    text: labelsSchema.describe('its words, with {placeholders}'),
  })
  .meta({ id: 'ProfileScript', description: 'what an agent says on the phone or in a chat' })
  .superRefine(
    (script: unknown, context) =>
      checkTexts(isObject(script) ? script['text'] : undefined, ['text'], { placeholders: scriptPlaceholders, hasForm: false }, context),
    {
      when: () => true,
    },
  )

interface Context {
  addIssue(issue: {
    readonly code: 'custom'
    readonly message: string
    readonly params?: Record<string, string | readonly string[]>
    readonly path: PropertyKey[]
    readonly input: unknown
  }): void
}

interface Sayable {
  readonly placeholders: Readonly<Record<string, Placeholder>>
  /** Fields of a form can be named, too: whether there is such a field, `notification-checks.ts` knows. */
  readonly hasForm: boolean
}

/** Every fault of a template in its three languages: each kind of fault once in a text, with all that have it. */
export function checkTexts(texts: unknown, path: readonly string[], { placeholders, hasForm }: Sayable, context: Context): void {
  const names = Object.keys(placeholders)
  const known = [...names.map(braced), ...(hasForm ? ['{field.…}'] : [])]
  for (const [locale, text] of entriesOf(texts)) {
    if (typeof text !== 'string' || text.length > longestLabel) continue
    const fault = (message: string, params: Record<string, string | readonly string[]>) =>
      context.addIssue({ code: 'custom', message, params, path: [...path, locale], input: text })
    for (const [whole, inner = ''] of text.matchAll(/｛([^｛｝{}]*)｝/g)) {
      const name = nearest(inner.normalize('NFKC').trim(), names)
      if (name !== undefined) fault('full-width-braces', { at: whole, nearest: braced(name) })
    }
    const { unpaired, outside, parts } = placesIn(text)
    if (unpaired !== undefined) fault('template-unpaired', { at: unpaired })
    const named = [...new Set([...outside, ...parts.flatMap((part) => part.names)])]
    const strange = named.filter((name) => !Object.hasOwn(placeholders, name) && !(hasForm && fieldNamed(name) !== undefined))
    const [first, ...more] = strange
    const meant = first === undefined ? undefined : nearest(first, names)
    if (more.length > 0) fault('unknown-placeholders', { at: strange.map((name) => withMeant(name, nearest(name, names))), known })
    else if (first !== undefined && meant === undefined) fault('unknown-placeholder', { at: braced(first), known })
    else if (first !== undefined && meant !== undefined)
      fault('unknown-placeholder-near', { at: braced(first), nearest: braced(meant), known })
    const has = (name: string) => own(placeholders, name)?.has
    const unsure = outside.filter((name) => has(name) === 'optional')
    if (unsure.length > 0) fault('optional-placeholder', { at: unsure.map(braced) })
    // Somebody wanted brackets to be read.
    const needless = parts.filter((part) => part.names.every((name) => has(name) === 'always'))
    if (needless.length > 0) fault('needless-brackets', { at: needless.map((part) => part.text) })
  }
}

function withMeant(name: string, meant: string | undefined): string {
  return meant === undefined ? braced(name) : `${braced(name)} → ${braced(meant)}`
}

function braced(name: string): string {
  return `{${name}}`
}

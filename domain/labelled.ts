import type { z } from 'zod'
import type { Labels } from './labels.ts'

/**
 * What a form must know of the fields it is made from, beside their schemas: what each is called, and whence its choices come. It
 * stands in the metadata of the schema, and so in the OpenAPI document.
 */

/** The lists that somebody keeps, from which values are chosen; where each is read: `docs/api-clients.md`. */
export const choiceSources = [
  'profiles',
  'profile.types',
  'profile.types.fields',
  'profile.priorities',
  'profile.channels',
  'profile.waitingFor',
  'profile.planKinds',
  'profile.acts',
  'profile.acts.fields',
  'profile.classification.modules',
  'profile.classification.causes',
  'profile.customerTags',
  'people',
  'people.handlers',
  'teams',
  'templates',
  'customers',
  'ticket.tasks',
  'ticket.helpers',
  'ticket.milestones',
] as const
export type ChoiceSource = (typeof choiceSources)[number]

/** From a list that somebody keeps; or of an enumeration, each value with what it is called. */
type Choices<S extends z.ZodType> = { readonly from: ChoiceSource } | { readonly of: Readonly<Record<Extract<z.input<S>, string>, Labels>> }

/**
 * The schema of a field, with what the field is called, as short as stands before it on a form. Whatever else is known of it stays, but
 * not an `id`: a schema that is a component of its own has the label beside that ({@link labelOf}), or is wrapped before (`optional`).
 */
export function labelled<S extends z.ZodType>(schema: S, label: Labels, choices?: Choices<S>): S {
  return schema.meta({
    ...labelOf(label),
    ...(choices && ('from' in choices ? { 'x-choices-from': choices.from } : { 'x-choices': choices.of })),
  })
}

/** A label as it stands in a schema's metadata. */
export function labelOf(label: Labels) {
  return { 'x-label': label }
}

/** The schema of values that are chosen from a list wherever they stand, whatever the field is called there. */
export function chosenFrom<S extends z.ZodType>(from: ChoiceSource, schema: S): S {
  return schema.meta({ 'x-choices-from': from })
}

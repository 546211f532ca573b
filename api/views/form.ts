import { z } from 'zod'
import { languageNames, locales, type Labels, type Locale } from '../../domain/labels.ts'
import { conditionSchema, fieldsNamedIn } from '../../domain/profile/conditions.ts'
import { fieldsOfCustomers } from '../../domain/fields.ts'
import { fieldKinds } from '../../domain/profile/fields.ts'
import type { Profile, ProfileField } from '../../domain/profile/schema.ts'

/** What somebody who registers a ticket chooses from: all that customers read of a profile. */

const choice = { id: z.string().describe('what to send'), label: z.string().describe('what it is called') }

const choiceSchema = z.object(choice).meta({ id: 'FormChoice', description: 'One of several to choose from' })

const prioritySchema = z
  .object({ ...choice, criterion: z.string().describe('the written rule by which it is chosen') })
  .meta({ id: 'FormPriority', description: 'A priority to choose' })

export const formFieldSchema = z
  .object({
    ...choice,
    kind: z.enum(fieldKinds).describe('kind of its value'),
    required: z.boolean().describe('whether it must be filled in'),
    requiredWhen: conditionSchema.nullable().describe('under which condition it must be otherwise; null: under none'),
    internal: z.boolean().describe('whether it is for colleagues only; customers do not find such fields here'),
    choices: z.array(choiceSchema).describe('what a field of the kind `choice` offers; of the others empty'),
  })
  .meta({ id: 'FormField', description: 'A field that a type, or an act, brings along' })

const typeSchema = z
  .object({ ...choice, fields: z.array(formFieldSchema).describe('its own fields') })
  .meta({ id: 'FormType', description: 'A type of ticket to choose' })

export const formSchema = z
  .object({
    profile: z.string().describe('id of the profile'),
    version: z.int().min(1).describe('its newest version'),
    label: z.string().describe('what it is called'),
    channels: z.array(choiceSchema).describe('how a request can come in'),
    languages: z.array(choiceSchema).describe('in which the customer can be written to'),
    priorities: z.array(prioritySchema).describe('most urgent first'),
    types: z.array(typeSchema).describe('types of tickets'),
  })
  .meta({ id: 'RegistrationForm', description: 'What a registration may choose from' })

export function formView(
  profile: Profile,
  locale: Locale,
  { forCustomer }: { readonly forCustomer: boolean },
): z.output<typeof formSchema> {
  const choiceOf = choiceIn(locale)
  return {
    profile: profile.id,
    version: profile.version,
    label: profile.label[locale],
    channels: profile.channels.map(choiceOf),
    languages: (profile.languages ?? locales).map((id) => choiceOf({ id, label: languageNames[id] })),
    priorities: profile.priorities.map((priority) => ({ ...choiceOf(priority), criterion: priority.criterion[locale] })),
    types: profile.types.map((type) => {
      const shown = forCustomer ? fieldsOfCustomers(type.fields) : type.fields
      return { ...choiceOf(type), fields: formFields(shown, locale) }
    }),
  }
}

/** Fields as a form shows them to whoever may see these and no others. */
export function formFields(shown: readonly ProfileField[], locale: Locale): z.output<typeof formFieldSchema>[] {
  const choiceOf = choiceIn(locale)
  return shown.map((field) => ({
    ...choiceOf(field),
    kind: field.kind,
    required: field.required,
    // What depends on a field that they are not shown, customers cannot tell beforehand.
    requiredWhen: fieldsNamedIn([field.requiredWhen]).every((id) => shown.some((other) => other.id === id))
      ? (field.requiredWhen ?? null)
      : null,
    internal: field.internal ?? false,
    choices: (field.choices ?? []).map(choiceOf),
  }))
}

function choiceIn(locale: Locale) {
  return ({ id, label }: { readonly id: string; readonly label: Labels }) => ({ id, label: label[locale] })
}

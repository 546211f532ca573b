import { fieldsOfCustomers, type FieldValues } from '../fields.ts'
import { said, type Labels, type Locale } from '../labels.ts'
import { dayText, momentText, zoneText } from '../moment-text.ts'
import { own } from '../own.ts'
import type { ProfileField } from '../profile/schema.ts'
import type { Filling } from '../template.ts'
import type { Instant } from '../instant.ts'

/**
 * Fields of the form in notices (X10): `{field.orderNo}` is the value that the ticket has when the notice is sent, as people read it. One that is
 * empty, or of another type than the ticket's, leaves out the part in brackets in which it stands; elsewhere it reads `未填写`.
 */

const prefix = 'field.'

/** The id of the field that a placeholder names; undefined for one that names none. */
export function fieldNamed(placeholder: string): string | undefined {
  return placeholder.startsWith(prefix) ? placeholder.slice(prefix.length) : undefined
}

export function placeholderOf(field: string): string {
  return `${prefix}${field}`
}

/** What stands for a field without a value. */
export const notFilledIn: Labels = said('未填写', '未填寫', 'not given')

export interface FieldTelling {
  readonly fields: readonly ProfileField[]
  /** Texts as those may read them who may not see contacts. */
  readonly values: FieldValues
  readonly audience: 'customer' | 'staff'
  readonly language: Locale
  readonly zone: string
  readonly now: Instant
  /** A subject is one line, too short for the zone of an instant, which the text says. */
  readonly part: 'subject' | 'text'
}

/** The values by their placeholders; what is for colleagues only is nothing for a customer. */
export function fieldsInWords({ fields, values, audience, ...telling }: FieldTelling): Filling {
  const shown = audience === 'customer' ? fieldsOfCustomers(fields) : fields
  return Object.fromEntries(
    shown.flatMap((field) => {
      const value = own(values, field.id)
      return value === undefined ? [] : [[placeholderOf(field.id), valueText(value, field, telling)]]
    }),
  )
}

type Telling = Pick<FieldTelling, 'language' | 'zone' | 'now' | 'part'>

function valueText(value: string | number | boolean, { kind, choices = [] }: ProfileField, { language, zone, now, part }: Telling): string {
  const text = String(value)
  switch (kind) {
    case 'choice':
      return choices.find(({ id }) => id === text)?.label[language] ?? text
    case 'boolean':
      return (value === true ? yes : no)[language]
    case 'instant':
      return `${momentText(text, zone, language, now)}${part === 'subject' ? '' : ` ${zoneText(zone, language)}`}`
    case 'date':
      return dayText(text, zone, language, now)
    case 'number':
    case 'text':
    case 'long-text':
      return text
  }
}

const yes: Labels = said('是', '是', 'yes')
const no: Labels = said('否', '否', 'no')

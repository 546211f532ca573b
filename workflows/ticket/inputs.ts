import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { languageNames, locales, said, type Locale } from '../../domain/labels.ts'
import type { Speaking } from '../../domain/profile/languages.ts'
import { choiceError, type FieldError } from '../../domain/rejection.ts'
import { lineUpTo } from '../common/inputs.ts'

/** Shapes that registration and commands of tickets share. */

export const titleSchema = labelled(lineUpTo(200).describe('what the ticket is called in lists'), said('标题', '標題', 'Title'))

export const languageSchema = labelled(
  z.enum(locales).describe('in which the customer is written to (X6)'),
  said('客户使用的语言', '客戶使用的語言', "Customer's language"),
  { of: languageNames },
)

/** What is wrong with a language that the profile does not speak (X9); undefined where it does, or where none is given. */
export function languageError(given: Locale | undefined, { languages }: Pick<Speaking, 'languages'>): FieldError | undefined {
  return given === undefined || languages === undefined ? undefined : choiceError('language', given, languages)
}

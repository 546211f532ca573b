import { said, type Labels, type Locale } from '../labels.ts'
import { own } from '../own.ts'
import type { Filling } from '../template.ts'
import type { OfSomeTypes } from './kinds.ts'

/**
 * How a template is said of a process that has no customer, type or priority. Templates name them as if there always were one, so brackets
 * around them are welcome and not needed: a line with its label, or the parentheses around it, are left out with what is missing, and in the
 * midst of a sentence stands a general word.
 */

/** To whom it is said. */
type Reader = 'customer' | 'staff'

/** Of what only some types have, the names that have no value here. */
export function missingIn(filling: Filling): OfSomeTypes[] {
  return Object.keys(marks)
    .filter(isOfSome)
    .filter((name) => (own(filling, name) ?? '') === '')
}

function isOfSome(name: string): name is OfSomeTypes {
  return Object.hasOwn(marks, name)
}

/** The template without what is missing. */
export function saidWithout(template: string, missing: readonly OfSomeTypes[], { language, reader }: Said): string {
  if (missing.length === 0) return template
  const marked = missing.reduce((text, name) => text.replaceAll(`{${name}}`, marks[name]), template)
  const lines = marked.split('\n').filter((line) => !isLabelAlone(line))
  return lines
    .join('\n')
    .replaceAll(inParentheses, '')
    .replaceAll(beforeAnother, '')
    .replaceAll(behindAnother, '')
    .replaceAll(/( ?)([\uE000-\uE002])( ?)/g, (_, left: string, mark: string, right: string, at: number, whole: string) => {
      const word = wordFor(mark, whole.slice(0, at) + left, { language, reader })
      return word === '' ? left || right : `${left}${word}${right}`
    })
}

/** What a customer is called to whom nobody can give a name. */
export function customerUnnamed(language: Locale): string {
  return addressed[language]
}

interface Said {
  readonly language: Locale
  readonly reader: Reader
}

/** Each stands for a placeholder that is missing: no template has signs for private use. */
const marks: Readonly<Record<OfSomeTypes, string>> = { customer: '\uE000', type: '\uE001', priority: '\uE002' }

const inParentheses = / ?[（(][\uE000-\uE002](?:[，,、] ?[\uE000-\uE002])*[)）]/g
const beforeAnother = /[\uE000-\uE002][，,、] ?(?=\{)/g
const behindAnother = /(?<=\})[，,、] ?[\uE000-\uE002]/g
const listAtEnd = /[\uE000-\uE002](?:[，,、] ?[\uE000-\uE002])*$/

/** `客户：` with nothing behind it. */
function isLabelAlone(line: string): boolean {
  const whole = line.trimEnd()
  const label = whole.replace(listAtEnd, '').trimEnd()
  return label !== whole && /[：:]$/.test(label) && !label.includes('{')
}

function wordFor(mark: string, before: string, { language, reader }: Said): string {
  if (mark === marks.priority) return none[language]
  if (mark === marks.type) return ''
  if (reader === 'customer') return addressed[language]
  if (language === 'en') return /(?:^|[.!?:]\s|\n)$/.test(before) ? 'The customer' : 'the customer'
  // 客户{customer}已确认
  return before.trimEnd().endsWith(spokenOf[language]) ? '' : spokenOf[language]
}

const none: Labels = said('无', '無', 'none')
const addressed: Labels = said('尊敬的客户', '尊敬的客戶', 'customer')
const spokenOf: Labels = said('客户', '客戶', 'the customer')

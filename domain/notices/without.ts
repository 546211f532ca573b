import { said as inEach, type Labels, type Locale } from '../labels.ts'
import { own } from '../own.ts'
import { filledIn, withParts, type Filling } from '../template.ts'
import { fieldNamed, notFilledIn } from './field-values.ts'
import { ofSomeTypes, type OfSomeTypes } from './kinds.ts'

/**
 * How a template is said of a process that has no customer, type or priority. Templates name them as if there always were one, so brackets
 * around them are welcome and not needed: a line with its label, the parentheses around it or its place in a list are left out with what is
 * missing, and in the midst of a sentence stands a general word. A comma may stand in a sentence as well as in a list: it is a list where
 * nothing else stands between the label and the end of the line, or between parentheses.
 */

/** For whom, and in what language. */
export interface Said {
  readonly language: Locale
  readonly reader: 'customer' | 'staff'
}

/** The text of a template, also where what it names is nothing that the process has. */
export function fillWithout(template: string, filling: Filling, said: Said): string {
  const missing = ofSomeTypes.filter((name) => (own(filling, name) ?? '') === '')
  const unfilled = (name: string) => (fieldNamed(name) === undefined ? '…' : notFilledIn[said.language])
  return filledIn(saidWithout(withParts(template, filling), missing, said), (name) => own(filling, name) ?? unfilled(name))
}

/** The template without what is missing. */
export function saidWithout(template: string, missing: readonly OfSomeTypes[], said: Said): string {
  if (missing.length === 0) return template
  const marked = missing.reduce((text, name) => text.replaceAll(`{${name}}`, `{?${name}}`), template)
  return marked
    .split('\n')
    .flatMap((line) => (line.includes('{?') ? lineWithout(line, said) : line))
    .join('\n')
}

/** What a customer is called to whom nobody can give a name. */
export function customerUnnamed(language: Locale): string {
  return addressed[language]
}

/*
 * What is missing stands as `{?customer}` until it is decided what becomes of it: no placeholder has a name that begins so, and a brace that
 * is none is refused in a profile.
 */

/** No line at all where it was there for nothing else. */
function lineWithout(line: string, said: Said): string | [] {
  const listed = withoutListed(line.replaceAll(enclosed, withoutEnclosed))
  if (listed === undefined) return []
  return listed
    .replaceAll(aloneFirst, '')
    .replaceAll(aloneBehind, '')
    .replaceAll(asLabel, '')
    .replaceAll(quoted, '$1')
    .replaceAll(spaced, (_, left: string, name: string, right: string, at: number, whole: string) => {
      const word = wordFor(name, whole.slice(0, at) + left, whole.slice(at + `${left}{?${name}}`.length), said)
      return word === '' ? left || right : `${left}${word}${right}`
    })
    .replaceAll(/(?<=\S) {2,}(?=\S)/g, ' ')
}

/** What stands between parentheses, where it is a list of placeholders. */
function withoutEnclosed(found: string, space: string, open: string, inside: string, close: string): string {
  if (!isList(inside)) return found
  const kept = keptOf(inside)
  return kept === '' ? '' : `${space}${open}${kept}${close}`
}

/** A list of placeholders that is all of a line, or all that stands behind its label; undefined where the line had nothing else to say. */
function withoutListed(line: string): string | undefined {
  const colon = Math.max(line.lastIndexOf('：'), line.lastIndexOf(':'))
  const head = /^[^{]*/.exec(line.slice(colon + 1))?.[0] ?? ''
  const label = line.slice(0, colon + 1)
  const list = line.slice(colon + 1 + head.length).trimEnd()
  if (head.trim() !== '' || !isList(list)) return line
  const kept = keptOf(list)
  if (kept !== '') return `${label}${head}${kept}`
  // In a line without a label the customer is whom a letter is for.
  if (label === '') return list.includes('{?customer}') ? '{?customer}' : undefined
  return /[{，,。；;.!！?？]/.test(label) ? line : undefined
}

function isList(text: string): boolean {
  const items = text.split(separator)
  return items.every((item) => /^\{\??[a-zA-Z.\d]+\}$/.test(item))
}

/** The items that are there, each with the separator before it. */
function keptOf(list: string): string {
  const between = list.match(separator) ?? []
  return list
    .split(separator)
    .map((item, at) => ({ item, before: between[at - 1] ?? '' }))
    .filter(({ item }) => !item.startsWith('{?'))
    .map(({ item, before }, at) => (at === 0 ? item : `${before}${item}`))
    .join('')
}

/** Between two things of a list; a comma may be that of a sentence. */
const separator = /(?: ?[，,、·|／/] ?| [-–—] |(?<=\})-(?=\{))/g
const enclosed = /( ?)([（(【〔])([^（(【〔）)】〕]*)([）)】〕])/g
/** Between signs that stand in lists only, first and further on. */
const aloneFirst = /(?<=^ ?|[】〕）)] ?)\{\?[a-z]+\}(?: ?[、·|／/] ?| [-–—] )/g
const aloneBehind = /(?: ?[、·|／/] ?| [-–—] )\{\?[a-z]+\}(?= ?[、·|／/：:]| [-–—] | *$)/g
/** What a title begins with, and is of that type. */
const asLabel = /(?<=^ ?|[】〕）)·] ?)\{\?(?:type|priority)\}[：:] ?/g
const quoted = /[“"「『‘](\{\?[a-z]+\})[”"」』’]/g
const spaced = /( ?)\{\?([a-z]+)\}( ?)/g

/** The word that stands where `name` is missing, between what is said before and after. */
function wordFor(name: string, before: string, after: string, said: Said): string {
  const isEnd = /^\s*(?:$|[，,。；;、.!！?？）)])/.test(after)
  if (name === 'customer')
    return isEnd && said.reader === 'staff' && /[：:]\s*$/.test(before) ? none[said.language] : customerWord(before, said)
  if (name === 'priority' && /^ ?(?:优先|優先|priority\b)/i.test(after)) return said.language === 'en' ? 'no' : none[said.language]
  const isBeginning = /(?:^|[，,。；;、.!！?？])\s*$/.test(before)
  return saidOf.test(before) || (isBeginning && isEnd) ? none[said.language] : ''
}

/** `优先级为`, `of priority`: what it is has to follow. */
const saidOf = /(?:[：:为為是]|类型|類型|优先级|優先級|優先等級|\b(?:is|type|priority))\s*$/i

function customerWord(before: string, { language, reader }: Said): string {
  const isBeginning = /(?:^|[.!?:]\s)$/.test(before)
  if (/(?:客户|客戶|\bcustomer)\s*$/i.test(before)) return ''
  if (reader === 'customer')
    return language === 'en'
      ? isBeginning
        ? 'Dear customer'
        : 'customer'
      : before.endsWith('的')
        ? spokenOf[language]
        : addressed[language]
  return language === 'en' && isBeginning ? 'The customer' : spokenOf[language]
}

const none: Labels = inEach('无', '無', 'none')
const addressed: Labels = inEach('尊敬的客户', '尊敬的客戶', 'customer')
const spokenOf: Labels = inEach('客户', '客戶', 'the customer')

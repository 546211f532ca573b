import { memberOf, textsOf } from '../../domain/document/loose.ts'
import { noticeKindNames } from '../../domain/notices/kinds.ts'
import { alternativesOf, propertiesOf, referred } from './nodes.ts'

/** What the value of a key looks like, in a few words. */

/** @param linked what stands where a part of the page is meant */
export function formOf(node: unknown, linked: (part: string) => string): string {
  const named = referred(node)
  if (named !== undefined) return linked(named)
  const choices = memberOf(node, 'enum')
  if (textsOf(choices).length === noticeKindNames.length) return '[a kind of notice](notices.md#kinds)'
  if (choices !== undefined) return `one of ${wordsIn(choices)}`
  const word = memberOf(node, 'const')
  if (typeof word === 'string') return `always \`${word}\``
  const alternatives = alternativesOf(node)
  if (alternatives.length > 0) return [...new Set(alternatives.map((one) => formOf(one, linked)))].join(', or ')
  switch (memberOf(node, 'type')) {
    case 'array':
      return `a list of${listBounds(node)}: ${formOf(memberOf(node, 'items'), linked)}`
    case 'object':
      if (memberOf(node, 'properties') !== undefined)
        return `a mapping with ${propertiesOf(node)
          .map(([key]) => `\`${key}\``)
          .join(', ')}`
      return `a mapping of ${keysOf(memberOf(node, 'propertyNames'), linked)} to: ${formOf(memberOf(node, 'additionalProperties'), linked)}`
    case 'boolean':
      return '`true` or `false`'
    case 'integer':
      return `a whole number${bounds(node)}`
    case 'number':
      return `a number${bounds(node)}`
    case 'string':
      return textForm(node)
    default:
      return 'a value'
  }
}

export function wordsIn(choices: unknown): string {
  return textsOf(choices)
    .map(([, choice]) => `\`${choice}\``)
    .join(', ')
}

function keysOf(names: unknown, linked: (part: string) => string): string {
  if (memberOf(names, 'enum') === undefined && referred(names) === undefined) return 'ids'
  return `each of ${formOf(names, linked)}`
}

function listBounds(node: unknown): string {
  const [least, most] = [memberOf(node, 'minItems'), memberOf(node, 'maxItems')]
  const said = [
    ...(typeof least === 'number' && least > 0 ? [`at least ${least}`] : []),
    ...(typeof most === 'number' ? [`at most ${most}`] : []),
  ]
  return said.length === 0 ? '' : ` ${said.join(' and ')}`
}

function bounds(node: unknown): string {
  const limit = (key: string) => {
    const value = memberOf(node, key)
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
  }
  const [least, most] = [limit('minimum'), limit('maximum')]
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  return `${least === undefined ? '' : ` from ${least}`}${most === undefined ? '' : ` up to ${most}`}`
}

/** What a text looks like, by an example that its pattern takes; what has a pattern that is not here shows it by its example alone. */
function textForm(node: unknown): string {
  const pattern = memberOf(node, 'pattern')
  const most = memberOf(node, 'maxLength')
  const known = typeof pattern === 'string' ? textForms.find(([text]) => new RegExp(pattern, 'u').test(text)) : undefined
  if (known) return known[1]
  return typeof most === 'number' ? `text of at most ${most} characters` : 'text'
}

const textForms: readonly (readonly [text: string, form: string])[] = [
  ['base@1', 'an id, or an id and a version such as `base@1`'],
  // Before others: what takes any id takes letters of a duration, too.
  ['software-fault', 'an id such as `software-fault`'],
  ['act:arrived', 'the moment of an own act such as `act:arrived`'],
  ['waiting-started:part', 'that of a wait for one reason, such as `waiting-started:part`'],
  ['custom-visit', 'an id such as `custom-visit`'],
  ['P5D', 'a duration such as `PT8H` or `P5D`'],
  ['-25%', 'an offset such as `-25%`, `0%` or `+PT30M`'],
  ['100%', 'a repetition such as `100%` or `PT4H`'],
  ['22:00', 'a time of day such as `22:00`'],
  ['2026-01-01', 'a date such as `2026-01-01`'],
  ['errorText', 'an id such as `errorText`'],
]

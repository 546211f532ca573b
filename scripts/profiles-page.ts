import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { basesIn } from '../domain/derivation/documents.ts'
import { entriesOf, isObject, itemsOf, memberOf, textsOf } from '../domain/document/loose.ts'
import { noticeKindNames } from '../domain/notices/kinds.ts'
import { resolveProfile } from '../domain/profile/derived.ts'
import { profileSchema } from '../domain/profile/schema.ts'
import { table } from './tables.ts'

/** docs/profiles.md with its reference as the schema has it and shipped profiles use it; what stands around it is written by hand. */
export function profilesPage(page: string, shipped: readonly unknown[]): string {
  const made = [...keysOf('Profile').map((key) => keySection(key, shipped)), '## Parts\n', ...parts().map(partSection)].join('\n')
  return page.replace(/(<!-- reference: made by npm run docs:generate -->\n)[\s\S]*?(<!-- end -->)/, (_, begin: string, end: string) =>
    [begin, '\n', made, '\n', end].join(''),
  )
}

/** Profiles that come along, whose lines are the examples; of what none of them has, an example of its own. */
export function shippedExamples(): unknown[] {
  const read = (path: string) => readFileSync(new URL(`../${path}.yaml`, import.meta.url), 'utf8')
  const bases = basesIn([{ text: read('profiles/base') }])
  return [
    ...['profiles/standard-ticket', 'profiles/tech-support'].map((path): unknown => resolveProfile(parse(read(path)), bases, 'en').value),
    ...[
      'docs/examples/samples',
      'docs/examples/assessment',
      'docs/examples/routing',
      'docs/examples/repairs',
      'docs/examples/pump-service',
      'docs/examples/notices',
      'docs/examples/together',
    ].map((path): unknown => parse(read(path))),
    // Older words for what `stages` says, which nothing that ships uses any more.
    { begins: 'assignment', closingReport: { priority: 'urgent' } },
  ]
}

const definitions = memberOf(z.toJSONSchema(profileSchema, { io: 'output', unrepresentable: 'any' }), '$defs')

function keySection(key: string, shipped: readonly unknown[]): string {
  const node = memberOf(memberOf(memberOf(definitions, 'Profile'), 'properties'), key)
  const example = shipped.map((profile) => memberOf(profile, key)).find((value) => value !== undefined)
  const facts = [`${capital(meaningOf(node))}.`, `Form: ${formOf(node)}.`, `${presence(memberOf(definitions, 'Profile'), key)}.`]
  return [
    `### \`${key}\`\n`,
    `${facts.join(' ')}\n`,
    '```yaml',
    stringify({ [key]: firstOf(example) }, { lineWidth: 110 }).trimEnd(),
    '```\n',
  ].join('\n')
}

function partSection(name: string): string {
  const part = memberOf(definitions, name)
  const meaning = `${capital(meaningOf(part))}.`
  const choices = memberOf(part, 'enum')
  if (choices !== undefined) return [`### ${name}\n`, `${meaning} ${choicesIn(choices)}\n`].join('\n')
  const alternatives = alternativesOf(part)
  if (alternatives.length > 0) return [`### ${name}\n`, `${meaning} One of: ${alternatives.map(formOf).join(', ')}.\n`].join('\n')
  const rows = keysOf(name).map((key) => {
    const node = memberOf(memberOf(part, 'properties'), key)
    return [`\`${key}\``, formOf(node), presence(part, key).replace('Default: ', ''), meaningOf(node)]
  })
  return [`### ${name}\n`, `${meaning}\n`, ...(rows.length > 0 ? [`${table(['Key', 'Form', 'Default', 'Meaning'], rows)}\n`] : [])].join(
    '\n',
  )
}

/** The parts that are named in others, in the order of the alphabet. */
function parts(): string[] {
  return Object.keys(isObject(definitions) ? definitions : {})
    .filter((name) => name !== 'Profile')
    .toSorted()
}

function keysOf(name: string): string[] {
  return entriesOf(memberOf(memberOf(definitions, name), 'properties')).map(([key]) => key)
}

function meaningOf(node: unknown): string {
  const own = memberOf(node, 'description')
  if (typeof own === 'string') return own
  const named = referred(node)
  if (named !== undefined) return meaningOf(memberOf(definitions, named))
  throw new Error(`a member of a profile has no description: ${JSON.stringify(node)}`)
}

function presence(whole: unknown, key: string): string {
  const fallback = memberOf(memberOf(memberOf(whole, 'properties'), key), 'default')
  if (fallback !== undefined) return `Default: \`${JSON.stringify(fallback)}\``
  return textsOf(memberOf(whole, 'required')).some(([, name]) => name === key) ? 'Required' : 'May be left out'
}

function formOf(node: unknown): string {
  const named = referred(node)
  if (named !== undefined) return `[${named}](#${named.toLowerCase()})`
  const choices = memberOf(node, 'enum')
  if (textsOf(choices).length === noticeKindNames.length) return '[a kind of notice](notices.md)'
  if (choices !== undefined) return `one of ${choicesIn(choices)}`
  const word = memberOf(node, 'const')
  if (typeof word === 'string') return `always \`${word}\``
  const alternatives = alternativesOf(node)
  if (alternatives.length > 0) return alternatives.map(formOf).join(', or ')
  switch (memberOf(node, 'type')) {
    case 'array':
      return `a list of: ${formOf(memberOf(node, 'items'))}`
    case 'object':
      return `a mapping of ${itsKeys(memberOf(node, 'propertyNames'))} to: ${formOf(memberOf(node, 'additionalProperties'))}`
    case 'boolean':
      return '`true` or `false`'
    case 'integer':
      return 'a whole number'
    case 'number':
      return 'a number'
    default:
      return textForm(memberOf(node, 'pattern'))
  }
}

function alternativesOf(node: unknown): readonly unknown[] {
  return [...itemsOf(memberOf(node, 'anyOf')), ...itemsOf(memberOf(node, 'oneOf'))]
}

function itsKeys(names: unknown): string {
  return memberOf(names, 'enum') === undefined ? 'ids' : `each of ${formOf(names)}`
}

/** What a text looks like, by an example that its pattern takes. */
function textForm(pattern: unknown): string {
  if (typeof pattern !== 'string') return 'text'
  const example = examples.find(([text]) => new RegExp(pattern).test(text))
  if (!example) throw new Error(`no example for texts of the form ${pattern}`)
  return example[1]
}

const examples: readonly (readonly [text: string, form: string])[] = [
  // First: what takes any id takes letters of a duration, too.
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

function referred(node: unknown): string | undefined {
  const reference = memberOf(node, '$ref')
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined
}

function choicesIn(choices: unknown): string {
  return textsOf(choices)
    .map(([, choice]) => `\`${choice}\``)
    .join(', ')
}

/** Of a list or a mapping of many the first one stands for all, at any depth. */
function firstOf(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.slice(0, depth === 0 ? 1 : 2).map((item: unknown) => firstOf(item, depth + 1))
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const some = depth === 0 && entries.length > mostMembers ? entries.slice(0, 1) : entries
  return Object.fromEntries(some.map(([key, item]) => [key, firstOf(item, depth + 1)]))
}

/** No mapping with named keys at the top has more. */
const mostMembers = 6

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

import { memberOf } from '../../domain/document/loose.ts'
import { anchorOf } from '../anchor.ts'
import { chapters, complete, type Chapter } from './chapters.ts'
import type { Examples } from './examples.ts'
import { formOf, wordsIn } from './forms.ts'
import {
  alternativesOf,
  meaningOf,
  presenceOf,
  propertiesOf,
  reachedFrom,
  referred,
  toldApartBy,
  wholeText,
  wordOf,
  type Definitions,
} from './nodes.ts'
import { blockOf, fenced, sampleOf, trimmed } from './sample.ts'

/** docs/profile.md: every key of a profile at every level, with its meaning, form, default and an example, in the order in which people write one. */
export function profileReference(parts: Definitions, examples: Examples): string {
  const whole = parts[wholeText]
  const keys = propertiesOf(whole)
  const order = complete(
    chapters,
    keys.map(([key]) => key),
  )
  const homes = homesOf(parts)
  const shared = Object.keys(parts).filter((name) => name !== wholeText && homes.get(name) === undefined)
  const taken = new Set([...order.map(({ title }) => anchorOf(title)), ...keys.map(([key]) => anchorOf(key))])
  const titles = new Map(Object.keys(parts).map((name) => [name, titleOf(name, taken)]))
  /** Parts that stand under the key itself, without a heading of their own, and alternatives that stand under what they are alternatives of. */
  const within = new Map<string, string>()
  for (const [key, node] of keys) {
    const direct = referred(node) ?? referred(memberOf(node, 'items'))
    if (direct !== undefined && homes.get(direct) === key && isMapping(direct)) within.set(direct, key)
  }
  for (const part of Object.values(parts)) {
    const named = alternativesOf(part).map((one) => referred(one) ?? '')
    const title = titles.get(Object.keys(parts).find((name) => parts[name] === part) ?? '')
    if (title !== undefined && toldApartBy(named.map((name) => parts[name])) !== undefined)
      for (const name of named) within.set(name, title)
  }

  const linked = (name: string) => {
    const title = titles.get(name) ?? name
    return `[${lower(title)}](#${anchorOf(within.get(name) ?? title)})`
  }
  return [
    contents(order),
    ...order.flatMap((chapter) => [`## ${chapter.title}\n`, `${chapter.intro}\n`, ...chapter.keys.flatMap(keySection)]),
    '## Forms that stand in several places\n',
    ...shared
      .filter((name) => !within.has(name))
      .toSorted()
      .flatMap(partSection),
  ].join('\n')

  function isMapping(name: string): boolean {
    return propertiesOf(parts[name]).length > 0
  }

  function keySection(key: string): string[] {
    const node = memberOf(memberOf(whole, 'properties'), key)
    const [example] = examples.of(wholeText, key)
    if (example === undefined) throw new Error(missing(key))
    const inside = [...within].find(([, home]) => home === key)?.[0]
    const own = Object.keys(parts).filter((name) => homes.get(name) === key && !within.has(name))
    const form = inside === undefined ? formOf(node, linked) : memberOf(node, 'items') === undefined ? 'a mapping' : 'a list'
    return [
      `### \`${key}\`\n`,
      `${sentence(meaningOf(node, parts))} ${capital(form)}, ${presenceOf(whole, key)}.\n`,
      `${fenced(blockOf(key, trimmed(example)))}\n`,
      ...(inside === undefined ? [] : bullets(inside)),
      ...own.flatMap(partSection),
    ]
  }

  function partSection(name: string): string[] {
    const part = parts[name]
    const choices = memberOf(part, 'enum')
    const alternatives = alternativesOf(part)
    const apart = toldApartBy(alternatives.map((one) => parts[referred(one) ?? '']))
    return [
      `#### ${titles.get(name) ?? name}\n`,
      `${sentence(meaningOf(part, parts))}${choices === undefined ? '' : ` One of ${wordsIn(choices)}.`}${
        alternatives.length === 0 || apart !== undefined ? '' : ` ${capital(formOf(part, linked))}.`
      }\n`,
      ...(apart === undefined
        ? bullets(name)
        : variants(
            alternatives.map((one) => referred(one) ?? ''),
            apart,
          )),
    ]
  }

  function bullets(name: string): string[] {
    const listed = propertiesOf(parts[name]).map(([key]) => bullet(name, key, ''))
    return listed.length === 0 ? [] : [...listed, '']
  }

  /** What all alternatives have, and then of each what it has beside that. */
  function variants(names: readonly string[], apart: string): string[] {
    const [first = ''] = names
    const common = propertiesOf(parts[first])
      .map(([key]) => key)
      .filter((key) => key !== apart && names.every((name) => memberOf(memberOf(parts[name], 'properties'), key) !== undefined))
    return [
      ...common.map((key) => bullet(first, key, '')),
      `- **\`${apart}\`**: which of these it is, required.`,
      ...names.flatMap((name) => [
        `  - **\`${apart}: ${wordOf(parts[name], apart) ?? ''}\`**: ${meaningOf(parts[name], parts)}.`,
        ...propertiesOf(parts[name]).flatMap(([key]) => (key === apart || common.includes(key) ? [] : [bullet(name, key, '    ')])),
      ]),
      '',
    ]
  }

  function bullet(name: string, key: string, indent: string): string {
    const node = memberOf(memberOf(parts[name], 'properties'), key)
    const sample = sampleOf(key, examples.of(name, key), memberOf(node, 'default'), `${indent}  `)
    if (sample === undefined) throw new Error(missing(`${name}.${key}`))
    return `${indent}- **\`${key}\`**: ${meaningOf(node, parts)}.\\\n${indent}  ${capital(formOf(node, linked))}, ${presenceOf(parts[name], key)}.${sample}`
  }
}

/** Under which key of the text each part stands: the only one from which it is reached. */
function homesOf(parts: Definitions): ReadonlyMap<string, string> {
  const reached = propertiesOf(parts[wholeText]).map(([key, node]) => ({ key, names: reachedFrom(node, parts) }))
  return new Map(
    Object.keys(parts).flatMap((name): [string, string][] => {
      const from = reached.filter(({ names }) => names.has(name))
      return from.length === 1 && from[0] ? [[name, from[0].key]] : []
    }),
  )
}

function contents(order: readonly Chapter[]): string {
  const line = ({ title, keys }: Chapter) =>
    `- [${title}](#${anchorOf(title)}): ${keys.map((key) => `[\`${key}\`](#${anchorOf(key)})`).join(' · ')}`
  return `${[...order.map(line), '- [Forms that stand in several places](#forms-that-stand-in-several-places)'].join('\n')}\n`
}

function missing(key: string): string {
  return `${key} has no example: use it in a file of docs/examples or docs/recipes, or give its schema one with .meta({ examples: […] })`
}

/** `ClockRung` as `Clock rung`; what a heading of that name would be taken for has `form` behind it. */
function titleOf(name: string, taken: ReadonlySet<string>): string {
  const words = name.replace(/^Profile(?=[A-Z])/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
  const title = capital(words.toLowerCase())
  return taken.has(anchorOf(title)) ? `${title} form` : title
}

function sentence(text: string): string {
  return `${capital(text)}.`
}

function capital(text: string): string {
  return text.replace(/^\[?[a-z]/, (first) => first.toUpperCase())
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

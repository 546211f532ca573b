import { isDeepStrictEqual } from 'node:util'
import { stringify, type ToStringOptions } from 'yaml'
import { isObject } from '../../domain/document/loose.ts'

/** An example of a key, as short as it can be: on one line where it fits, else as a block. */

/** @returns Markdown, indented by so many spaces; undefined where there is no example */
export function sampleOf(key: string, values: readonly unknown[], usual: unknown, indent: string): string | undefined {
  const telling = values.filter((value) => !isDeepStrictEqual(value, usual) && !(Array.isArray(value) && value.length === 0))
  const candidates = (telling.length > 0 ? telling : values).map((value) => trimmed(value))
  const lines = candidates.map((value) => onOneLine(key, value))
  const short = lines.find((line) => line.length <= widest)
  if (short !== undefined) return `\\\n${indent}${inCode(short)}`
  const smallest = candidates.toSorted((a, b) => blockOf(key, a).length - blockOf(key, b).length)[0]
  return smallest === undefined ? undefined : `\n\n${fenced(blockOf(key, smallest), indent)}`
}

export function fenced(text: string, indent = ''): string {
  return ['```yaml', ...text.split('\n'), '```'].map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')
}

/** The key with a value of it, as a block of YAML. */
export function blockOf(key: string, value: unknown): string {
  return asWritten({ [key]: value }, { blockQuote: 'literal' })
}

/** Of a list of things the first ones stand for all, at any depth, and of a mapping of many things the first. */
export function trimmed(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    const most = value.every((item) => typeof item !== 'object') ? mostWords : depth === 0 ? 1 : 2
    return value.slice(0, most).map((item: unknown) => trimmed(item, depth + 1))
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const some = depth === 0 && entries.length > mostMembers ? entries.slice(0, 1) : entries
  return Object.fromEntries(some.map(([key, item]) => [key, trimmed(item, depth + 1)]))
}

const mostWords = 4
/** No mapping with named keys at the top has more. */
const mostMembers = 6
/** Columns of an example on a line of its own. */
const widest = 100

/** Dates and times of day in quotes, since older readers of YAML take them for something else; so they would `on`, which stands in none as a key. */
function asWritten(value: unknown, options: ToStringOptions): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', ...options })
    .trimEnd()
    .replaceAll(/"on":/g, 'on:')
}

function onOneLine(key: string, value: unknown): string {
  const text = asWritten({ [key]: value }, { collectionStyle: 'flow' }).replace(/^\{ (.*) \}$/s, '$1')
  // Lists without spaces at their ends, as people write them; brackets in texts stay.
  return /["'].*[[\]]/.test(text) ? text : text.replaceAll('[ ', '[').replaceAll(' ]', ']')
}

function inCode(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

import { z } from 'zod'
import { entriesOf, isObject, memberOf, textsOf } from '../document/loose.ts'
import { usualTemplates } from '../notices/usual.ts'
import { writtenSchema } from './written.ts'

/**
 * The form of a profile's text as a JSON Schema, for editors: they complete keys, show what each means, and mark what is wrong while it
 * is written. A text that extends another, and a template, may leave out anything but ids. What has to agree between the parts only
 * `profile check` knows.
 */
export function profileJsonSchema(): Readonly<Record<string, unknown>> {
  // Draft 7: what editors of YAML know best.
  const made = z.toJSONSchema(writtenSchema, { io: 'input', unrepresentable: 'any', target: 'draft-7', reused: 'inline' })
  const definitions = entriesOf(memberOf(made, 'definitions'))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Bihuan profile',
    if: {
      anyOf: [{ required: ['extends'] }, { required: ['template'], properties: { template: { const: true } } }],
    },
    // oxlint-disable-next-line unicorn/no-thenable -- a key of JSON Schema
    then: { $ref: `#/definitions/${partial(whole)}` },
    else: { $ref: `#/definitions/${whole}` },
    definitions: Object.fromEntries([
      ...definitions,
      // Which languages it names, only the check knows.
      [texts, { ...asObject(loosened(memberOf(memberOf(made, 'definitions'), texts))), minProperties: 1 }],
      [whole, withUsualWords(memberOf(memberOf(made, 'definitions'), whole))],
      ...definitions.map(([name, node]): [string, unknown] => [partial(name), loosened(node)]),
      [partial(whole), { ...asObject(loosened(memberOf(memberOf(made, 'definitions'), whole))), required: ['id', 'version', 'label'] }],
    ]),
  }
}

/** Kinds of notices that have usual words may be left out. */
function withUsualWords(profile: unknown): object {
  const properties = memberOf(profile, 'properties')
  const notices = memberOf(properties, 'notices')
  const required = textsOf(memberOf(notices, 'required')).flatMap(([, kind]) => (Object.hasOwn(usualTemplates, kind) ? [] : [kind]))
  return { ...asObject(profile), properties: { ...asObject(properties), notices: { ...asObject(notices), required } } }
}

/** The text itself. */
const whole = 'WrittenProfile'
/** One text in several languages. */
const texts = 'Labels'

function asObject(node: unknown): object {
  return isObject(node) ? node : {}
}

function partial(name: string): string {
  return `Partial${name}`
}

/** The same, with nothing required but the ids by which things are known. */
function loosened(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(loosened)
  if (!isObject(node)) return node
  const required = textsOf(memberOf(node, 'required')).flatMap(([, name]) => (kept.has(name) ? [name] : []))
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'required' && Array.isArray(value)) return required.length === 0 ? [] : [[key, required]]
    if (key === '$ref' && typeof value === 'string') return [[key, value.replace('#/definitions/', '#/definitions/Partial')]]
    return [[key, loosened(value)]]
  })
  return Object.fromEntries(entries)
}

const kept: ReadonlySet<string> = new Set(['id'])

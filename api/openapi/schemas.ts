import { z } from 'zod'
import { own } from '../../domain/own.ts'

/**
 * From our schemas to those of the OpenAPI document. A schema with an `id` among its metadata becomes a component that
 * others refer to. What a client sends and what it gets may differ (a default makes a member optional in one and certain in
 * the other): then what is sent has a component of its own, `…Input`.
 */

export type Json = z.core.JSONSchema.BaseSchema

/** Whether a schema stands where clients send or where they read. */
type Direction = 'input' | 'output'

/** What a schema without a name of its own is called. */
export interface Named {
  readonly name: string
  readonly description: string
}

export interface SchemaBook {
  /** The schema as it stands in the document: a reference where it has a name of its own or is given one. */
  of(schema: z.core.$ZodType, direction: Direction, named?: Named): Json
  /** Every named schema, by name. To be asked for when all are in: only then is it known what differs. */
  components(): Readonly<Record<string, Json>>
}

export function createSchemaBook(): SchemaBook {
  const defined: Readonly<Record<Direction, Map<string, Json>>> = { output: new Map(), input: new Map() }
  const placed: Readonly<Record<Direction, Json[]>> = { output: [], input: [] }

  return {
    of(schema, direction, named) {
      const {
        $defs = {},
        $schema: _,
        ...root
      } = z.toJSONSchema(schema, {
        io: direction,
        override: ({ zodSchema, jsonSchema }) => plain(zodSchema, jsonSchema),
      })
      for (const [id, definition] of Object.entries($defs)) define(direction, id, definition)
      const standing =
        named === undefined || root.$ref !== undefined
          ? root
          : { $ref: define(direction, named.name, { description: named.description, ...root }) }
      placed[direction].push(standing)
      return standing
    },
    components() {
      const sentAs = namesOfSent(defined)
      point([...defined.input.values(), ...placed.input], sentAs)
      point([...defined.output.values(), ...placed.output], (id) => id)
      const sent = [...defined.input].map(([id, definition]) => [sentAs(id), definition] as const)
      const all = new Map([...sent, ...defined.output].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      for (const schema of all.values()) mapDiscriminator(schema, all)
      return Object.fromEntries(all)
    },
  }

  function define(direction: Direction, id: string, { id: _, ...definition }: Json): string {
    const known = defined[direction].get(id)
    if (known === undefined) defined[direction].set(id, definition)
    else if (JSON.stringify(known) !== JSON.stringify(definition)) throw new Error(`two schemas are called ${id}`)
    return `${local}${id}`
  }
}

const local = '#/$defs/'
const component = '#/components/schemas/'

/** What is sent is called as what is read, unless the two differ or refer to what differs. */
function namesOfSent({ input, output }: Readonly<Record<Direction, ReadonlyMap<string, Json>>>): (id: string) => string {
  const both = [...input].filter(([id]) => output.has(id))
  const differing = new Set(both.filter(([id, sent]) => JSON.stringify(sent) !== JSON.stringify(output.get(id))).map(([id]) => id))
  for (let before = -1; before !== differing.size;) {
    before = differing.size
    for (const [id, sent] of both) if (referencesIn(sent).some((other) => differing.has(other))) differing.add(id)
  }
  return (id) => (differing.has(id) ? `${id}Input` : id)
}

function referencesIn(schema: Json): string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, id = '']) => id)
}

/** Makes references lead to where the components stand. */
function point(node: unknown, name: (id: string) => string): void {
  if (typeof node !== 'object' || node === null) return
  if ('$ref' in node && typeof node.$ref === 'string' && node.$ref.startsWith(local))
    node.$ref = `${component}${name(node.$ref.slice(local.length))}`
  for (const value of Object.values(node)) point(value, name)
}

/** Says of a union by a member's value which schema each value means. */
function mapDiscriminator(schema: Json, all: ReadonlyMap<string, Json>): void {
  const { discriminator, oneOf = [] } = schema
  if (typeof discriminator !== 'object' || discriminator === null || !('propertyName' in discriminator)) return
  const member = String(discriminator.propertyName)
  const mapping = oneOf.flatMap(({ $ref = '' }) => {
    const value = own(all.get($ref.slice(component.length))?.properties ?? {}, member)
    return typeof value === 'object' && typeof value.const === 'string' ? [[value.const, $ref] as const] : []
  })
  schema['discriminator'] = { propertyName: member, mapping: Object.fromEntries(mapping) }
}

/** Says plainly what zod says in ways that are right, and that generated clients stumble over. */
function plain(schema: z.core.$ZodTypes, json: Json): void {
  const { def } = schema._zod
  // Answers may gain members in a later version; a document that people write may not have members nobody knows.
  if (def.type === 'object' && def.catchall === undefined) delete json.additionalProperties
  if (def.type === 'union' && 'discriminator' in def) json['discriminator'] = { propertyName: def.discriminator }
  // The format says it in the words of the standard, a number in a query by its bounds; the pattern would say it again in a hundred characters.
  if (json.format !== undefined || json.type === 'integer') delete json.pattern
  // Of an instant clients make a value of their own, which has no length.
  if (json.format === 'date-time') delete json.maxLength
  if (json.contentEncoding !== undefined) delete json.format
  if (json.type === 'boolean') delete json.enum
  // Who leaves a member out need not know what stands for it; languages without such values as defaults cannot take these.
  if (typeof json.default === 'object') delete json.default
  // The bounds of whatever whole number JavaScript can hold are none.
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum
  nullable(json)
  keyed(json)
}

/** A text or nothing is one schema of two types, not two schemas. */
function nullable(json: Json): void {
  const [given, nothing, ...more] = json.anyOf ?? []
  if (given === undefined || nothing?.type !== 'null' || more.length > 0) return
  if (typeof given.type !== 'string' || given.enum !== undefined || given.const !== undefined || given.type === 'object') return
  delete json.anyOf
  const own = { ...json }
  Object.assign(json, given, { type: [given.type, 'null'] }, own)
}

/** Members with known names are members, not any names of which some are required. */
function keyed(json: Json): void {
  const { propertyNames, additionalProperties } = json
  if (typeof propertyNames !== 'object') return
  if (propertyNames.enum !== undefined && typeof additionalProperties === 'object') {
    json.properties = Object.fromEntries(propertyNames.enum.map((name) => [String(name), { ...additionalProperties }]))
    json.additionalProperties = false
    delete json.propertyNames
  } else if (Object.keys(propertyNames).every((key) => key === 'type')) delete json.propertyNames
}

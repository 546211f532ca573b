import { z } from 'zod'

/** Words found nowhere else, planted in every text that people can write and searched for where nobody may read them. */

export interface Canary {
  readonly word: string
  /** Where it was planted. */
  readonly where: string
}

/** Hands out canaries; `planted` knows all of them. */
export class Aviary {
  readonly planted: Canary[] = []
  readonly #salt = `cny${Date.now().toString(36)}`

  /** A new one. Short enough for the shortest field. */
  hatch(where: string): string {
    const word = `${this.#salt}x${this.planted.length.toString(36).padStart(3, '0')}z`
    this.planted.push({ word, where })
    return word
  }

  /** One that is recognised by itself, such as a phone number. */
  own(where: string, word: string): string {
    this.planted.push({ word, where })
    return word
  }

  /**
   * An input with a canary in every text of the schema that takes any, array items included. What `keep` has stays as it
   * is where no canary may stand: choices, instants, numbers, and whatever `spared` names.
   */
  plantIn(name: string, schema: z.ZodType, keep: unknown, spared: (path: string) => boolean = () => false): unknown {
    // Without the names that the API's document gives to parts: each part stands where it is used.
    const shape = jsonShape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata: z.registry() }))
    return this.#filled(shape, keep, name, spared)
  }

  #filled(shape: Shape, keep: unknown, path: string, spared: (path: string) => boolean): unknown {
    const [only] = shape.anyOf?.filter(({ type }) => type !== 'null') ?? []
    if (only) return this.#filled(only, keep, path, spared)
    if (shape.properties) {
      const kept = isRecord(keep) ? keep : {}
      const entries = Object.entries(shape.properties).map(([key, member]) => [
        key,
        this.#filled(member, kept[key], `${path}.${key}`, spared),
      ])
      return Object.fromEntries([...Object.entries(kept), ...entries.filter(([, value]) => value !== undefined)])
    }
    if (shape.items) {
      const kept = Array.isArray(keep) ? keep : []
      const item = this.#filled(shape.items, kept[0], `${path}[]`, spared)
      return item === undefined || item === kept[0] ? keep : [item, ...kept.slice(1)]
    }
    const takesAnyText = shape.type === 'string' && !shape.enum && shape.const === undefined && !shape.format && !shape.pattern
    return takesAnyText && !spared(path) ? this.hatch(path) : keep
  }
}

/** Who of them is in these bytes, as UTF-8, as UTF-16 of either order, or in base64 whatever stands before it. */
export function seenIn(bytes: Buffer, canaries: readonly Canary[]): string[] {
  // One reading finds all of one salt; most places hold none.
  return canaries.filter(({ word }) => forms(word).some((form) => bytes.includes(form))).map(({ where, word }) => `${where}: ${word}`)
}

function forms(word: string): Buffer[] {
  const utf16 = Buffer.from(word, 'utf16le')
  // Three bytes are four characters, so a word looks differently by where it begins; the outermost depend on its neighbours.
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'-'.repeat(before)}${word}`)
      .toString('base64')
      .replace(/=+$/, '')
    return Buffer.from(text.slice(before === 0 ? 0 : before + 1, -1))
  })
  return [Buffer.from(word), utf16, Buffer.from(utf16).swap16(), ...base64]
}

interface Shape {
  readonly type?: unknown
  readonly enum?: unknown
  readonly const?: unknown
  readonly format?: unknown
  readonly pattern?: unknown
  readonly properties?: Readonly<Record<string, Shape>> | undefined
  readonly items?: Shape | undefined
  readonly anyOf?: readonly Shape[] | undefined
}

const jsonShape: z.ZodType<Shape> = z.lazy(() =>
  z.object({
    type: z.unknown().optional(),
    enum: z.unknown().optional(),
    const: z.unknown().optional(),
    format: z.unknown().optional(),
    pattern: z.unknown().optional(),
    properties: z.record(z.string(), jsonShape).optional(),
    items: jsonShape.optional(),
    anyOf: z.array(jsonShape).optional(),
  }),
)

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

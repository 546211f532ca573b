import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Alias, type Document, type Node, type YAMLMap } from 'yaml'

/**
 * The values that a document's nodes stand for. Everything is looked at once, however often aliases name it; what an alias
 * multiplies is counted as often as it stands there, since whoever reads the values next looks at each.
 */
export interface DocumentValues {
  readonly value: unknown
  /** Keys that stand twice in one mapping; the last one counts. */
  readonly duplicates: readonly Node[]
  /** Keys of the name that no mapping can have: whoever reads the values would pass over them in silence. */
  readonly reserved: readonly Node[]
  /** What an alias names. */
  readonly named: ReadonlyMap<Alias, Node>
}

export interface AliasFault {
  readonly fault: 'alias-of-nothing' | 'alias-of-itself' | 'aliases-multiply'
  readonly alias: Alias
}

/** Values with everything aliases add; a document without aliases has fewer by the bound on its pieces. */
const mostValues = 100_000

export function valuesOf(document: Document.Parsed): DocumentValues | AliasFault {
  const anchors = new Map<string, { readonly node: Node; read?: Read }>()
  const duplicates: Node[] = []
  const reserved: Node[] = []
  const named = new Map<Alias, Node>()
  let added = 0
  try {
    return { value: read(document.contents).value, duplicates, reserved, named }
  } catch (thrown) {
    if (thrown instanceof BadAlias) return thrown.fault
    throw thrown
  }

  function read(node: unknown): Read {
    if (!isNode(node)) return { value: null, count: 1 }
    if (isAlias(node)) return readAlias(node)
    const anchor = node.anchor === undefined ? undefined : { node }
    if (node.anchor !== undefined && anchor) anchors.set(node.anchor, anchor)
    const found = isMap(node) ? readMap(node) : isSeq(node) ? readList(node.items) : { value: isScalar(node) ? node.value : null, count: 1 }
    if (anchor) Object.assign(anchor, { read: found })
    return found
  }

  function readAlias(alias: Alias): Read {
    const anchor = anchors.get(alias.source)
    if (!anchor) throw new BadAlias({ fault: 'alias-of-nothing', alias })
    if (!anchor.read) throw new BadAlias({ fault: 'alias-of-itself', alias })
    added += anchor.read.count
    if (added > mostValues) throw new BadAlias({ fault: 'aliases-multiply', alias })
    named.set(alias, anchor.node)
    return anchor.read
  }

  function readList(items: readonly unknown[]): Read {
    const inside = items.map(read)
    return { value: inside.map(({ value }) => value), count: countOf(inside) }
  }

  function readMap({ items }: YAMLMap): Read {
    const value = {}
    const seen = new Set<string>()
    let count = 1
    for (const pair of items) {
      if (!isPair(pair)) continue
      const key = keyText(read(pair.key).value)
      if (seen.has(key) && isNode(pair.key)) duplicates.push(pair.key)
      seen.add(key)
      if (key === '__proto__' && isNode(pair.key)) reserved.push(pair.key)
      const inside = read(pair.value)
      count += inside.count + 1
      // Defined, not assigned: `__proto__` is a key like any other.
      Object.defineProperty(value, key, { value: inside.value, writable: true, enumerable: true, configurable: true })
    }
    return { value, count }
  }
}

interface Read {
  readonly value: unknown
  /** Values in it, itself included. */
  readonly count: number
}

class BadAlias extends Error {
  readonly fault: AliasFault

  constructor(fault: AliasFault) {
    super(fault.fault)
    this.fault = fault
  }
}

/** A key as it stands in an object. */
export function keyText(key: unknown): string {
  if (key === null || key === undefined) return ''
  return typeof key === 'string' ? key : JSON.stringify(key)
}

function countOf(read: readonly Read[]): number {
  return read.reduce((sum, { count }) => sum + count, 1)
}

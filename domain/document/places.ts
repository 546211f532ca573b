import { isAlias, isMap, isNode, isScalar, isSeq, type Alias, type Document, type LineCounter, type Node, type YAMLMap } from 'yaml'
import { keyText } from './values.ts'

/**
 * Finds the place of a path in a YAML document: that of the key or of the list item. What is not there (a missing
 * key) is looked for at the nearest thing around it. Each mapping is searched through once, however many paths lead into it.
 */
export function placeFinder(
  document: Document.Parsed,
  lines: LineCounter,
  named: ReadonlyMap<Alias, Node>,
): (path: readonly PropertyKey[]) => Place | undefined {
  const entries = new WeakMap<YAMLMap, ReadonlyMap<string, Step>>()
  return (path) => {
    let node: unknown = document.contents
    let place = placeOf(node, lines)
    for (const part of path) {
      const inside = isAlias(node) ? named.get(node) : node
      const step = isMap(inside)
        ? entriesOf(inside).get(String(part))
        : isSeq(inside) && typeof part === 'number'
          ? { place: inside.items[part], value: inside.items[part] }
          : undefined
      if (!step) break
      place = placeOf(step.place, lines) ?? place
      node = step.value
    }
    return place
  }

  function entriesOf(map: YAMLMap): ReadonlyMap<string, Step> {
    const known = entries.get(map)
    if (known) return known
    const made = stepsOf(map)
    entries.set(map, made)
    return made
  }
}

/** Where something stands in the text; the same for all that aliases make of it. */
export interface Place {
  readonly at: number
  readonly line: number
}

interface Step {
  readonly place: unknown
  readonly value: unknown
}

/** By key; of a key that is given twice the last one, whose value counts. */
function stepsOf(map: YAMLMap): ReadonlyMap<string, Step> {
  return new Map(
    map.items.flatMap(({ key, value }): [string, Step][] => (isScalar(key) ? [[keyText(key.value), { place: key, value }]] : [])),
  )
}

function placeOf(node: unknown, lines: LineCounter): Place | undefined {
  return isNode(node) && node.range ? { at: node.range[0], line: lines.linePos(node.range[0]).line } : undefined
}

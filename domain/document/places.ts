import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type LineCounter, type Pair } from 'yaml'

/**
 * Finds the line of a path in a YAML document: the line of the key or of the list item. What is not there (a missing
 * key) is looked for at the nearest thing around it.
 */
export function lineFinder(document: Document.Parsed, lines: LineCounter): (path: readonly PropertyKey[]) => number | undefined {
  return (path) => {
    let node: unknown = document.contents
    let line = lineOf(node, lines)
    for (const part of path) {
      const inside = isAlias(node) ? node.resolve(document) : node
      const step = isMap(inside)
        ? byKey(inside.items, part)
        : isSeq(inside) && typeof part === 'number'
          ? { place: inside.items[part], value: inside.items[part] }
          : undefined
      if (!step) break
      line = lineOf(step.place, lines) ?? line
      node = step.value
    }
    return line
  }
}

interface Step {
  readonly place: unknown
  readonly value: unknown
}

/** The last pair of that key: the one whose value counts when a key is given twice. */
function byKey(pairs: readonly Pair[], part: PropertyKey): Step | undefined {
  const pair = pairs.findLast(({ key }) => isScalar(key) && String(key.value) === String(part))
  return pair && { place: pair.key, value: pair.value }
}

function lineOf(node: unknown, lines: LineCounter): number | undefined {
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined
}

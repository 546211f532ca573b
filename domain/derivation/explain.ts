import { Document, isMap, isScalar, isSeq, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml'
import { entriesOf, isObject, itemsOf } from '../document/loose.ts'
import type { Part } from './merge.ts'
import { partOf, type Path } from './whence.ts'

/** A merged document as YAML that people read: small things on one line, and at each part, when asked, where it comes from. */
export interface Explaining {
  /** Order of the keys at the top; others come behind. */
  readonly order: readonly string[]
  /** Keys that are not shown: what was needed to merge. */
  readonly leave: ReadonlySet<string>
  /** Whence a part comes, such as `base@1:210`; absent: it is not said. */
  readonly why?: (document: string, path: Path) => string
}

export function explained({ value, whence }: Part, { order, leave, why }: Explaining): string {
  const rank = new Map(order.map((key, at) => [key, at]))
  const entries = entriesOf(value)
    .filter(([key]) => !leave.has(key))
    .toSorted(([a], [b]) => (rank.get(a) ?? order.length) - (rank.get(b) ?? order.length))
  const made = shown({ value: Object.fromEntries(entries), whence })
  if (why) say(made, why)
  const document = new Document()
  document.contents = made.node
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

interface Shown {
  readonly node: Node
  /** The document from which all of it comes; undefined when it comes from several. */
  readonly from: string | undefined
  readonly path: Path
  readonly inside: readonly Shown[]
}

function shown({ value, whence }: Part): Shown {
  const members: [key: string | number, value: unknown][] = isObject(value)
    ? Object.entries(value)
    : itemsOf(value).map((item, at): [number, unknown] => [at, item])
  const inside = members.map(([key, member]) => shown({ value: member, whence: partOf(whence, key) }))
  const sources = new Set(inside.length === 0 ? [whence.in] : inside.map(({ from }) => from))
  const [only] = sources
  const from = sources.size === 1 ? only : undefined
  // What is only named by its id stands in the base with all that is in it.
  const [first] = inside
  const path = from === undefined || from === whence.in || first === undefined ? whence.path : first.path.slice(0, -1)
  return { node: nodeOf(value, inside, from !== undefined), from, path, inside }
}

function nodeOf(value: unknown, inside: readonly Shown[], isOfOne: boolean): Node {
  if (Array.isArray(value)) {
    const list = new YAMLSeq()
    list.items.push(...inside.map(({ node }) => node))
    list.flow = isOfOne && isSmall(value)
    return list
  }
  if (!isObject(value)) return new Scalar(value)
  const map = new YAMLMap()
  Object.keys(value).forEach((key, at) => map.set(key, inside[at]?.node))
  map.flow = isOfOne && isSmall(value)
  return map
}

/** What fits on a line. */
function isSmall(value: object): boolean {
  const text = JSON.stringify(value)
  return text.length <= longestLine && !text.includes('\\n')
}

const longestLine = 110

/** At the largest part that comes from one document, and not again inside it. */
function say({ node, from, path, inside }: Shown, why: (document: string, path: Path) => string): void {
  if (from === undefined) return inside.forEach((part) => say(part, why))
  const comment = ` ${why(from, path)}`
  const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true
  if (isBlock) node.commentBefore = comment
  else if (isScalar(node) || isMap(node) || isSeq(node)) node.comment = comment
}

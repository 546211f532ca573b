/** Where each part of a merged document stands: in its own text, or in that of a base. */

export type Path = readonly PropertyKey[]

/** By `parts` where a part does not stand where the whole would have it: it is another document's, or another place's in its list. */
export interface Whence {
  /** The document, as `base@1`. */
  readonly in: string
  /** The place in that document's own text. */
  readonly path: Path
  readonly parts?: ReadonlyMap<PropertyKey, Whence>
}

/** Where a member or an item stands. */
export function partOf(whence: Whence, part: PropertyKey): Whence {
  return whence.parts?.get(part) ?? { in: whence.in, path: [...whence.path, part] }
}

/** Where a part of the whole stands; of what is not there, where it would. */
export function whenceOf(whole: Whence, path: Path): Whence {
  return path.reduce<Whence>(partOf, whole)
}

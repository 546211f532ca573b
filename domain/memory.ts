/**
 * Remembers what was worked out, so that it is worked out once. Only saves time: whatever is kept must follow from its key, since
 * tickets share it and replay must not notice. Having grown to `most` entries it forgets everything, so that it ends somewhere.
 */
export class Memory<K, V> {
  readonly #most: number
  readonly #known = new Map<K, V>()

  constructor(most: number) {
    this.#most = most
  }

  /** What is known for the key, else what `make` gives, which is kept. */
  of(key: K, make: () => V): V {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    return this.keep(key, make())
  }

  known(key: K): V | undefined {
    return this.#known.get(key)
  }

  keep(key: K, value: V): V {
    if (this.#known.size >= this.#most) this.#known.clear()
    this.#known.set(key, value)
    return value
  }
}

/** What is made of an object, made when it is first wanted and kept as long as the object is there. */
export function madeOnce<O extends object, V extends object>(make: (object: O) => V): (object: O) => V {
  const made = new WeakMap<O, V>()
  return (object) => {
    const known = made.get(object)
    if (known) return known
    const value = make(object)
    made.set(object, value)
    return value
  }
}

/** A memory for each of some objects, as long as the object is there. */
export class Memories<O extends object, K, V> {
  readonly of: (object: O) => Memory<K, V>

  constructor(most: number) {
    this.of = madeOnce(() => new Memory(most))
  }
}

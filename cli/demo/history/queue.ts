/** What is to come, the earliest first; of the same instant, what was put there first. */
export class Queue<T> {
  readonly #heap: Entry<T>[] = []
  #put = 0

  put(at: number, item: T): void {
    if (at === Infinity) return
    this.#put += 1
    this.#heap.push({ at, nth: this.#put, item })
    for (let child = this.#heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1
      if (!this.#swapped(child, parent)) return
      child = parent
    }
  }

  /** The earliest, unless it comes after `until`. */
  take(until: number): { readonly at: number; readonly item: T } | undefined {
    const [first] = this.#heap
    const last = this.#heap.at(-1)
    if (!first || !last || first.at > until) return undefined
    this.#heap.pop()
    if (this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink()
    }
    return first
  }

  #sink(): void {
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const child = right < this.#heap.length && this.#isBefore(right, left) ? right : left
      if (child >= this.#heap.length || !this.#swapped(child, parent)) return
      parent = child
    }
  }

  /** Puts the child above its parent where it comes first; whether it did. */
  #swapped(child: number, parent: number): boolean {
    const [lower, upper] = [this.#heap[child], this.#heap[parent]]
    if (!lower || !upper || !this.#isBefore(child, parent)) return false
    this.#heap[parent] = lower
    this.#heap[child] = upper
    return true
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]]
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.nth < b.nth))
  }
}

interface Entry<T> {
  readonly at: number
  readonly nth: number
  readonly item: T
}

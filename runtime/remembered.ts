/** Asks once, and once more when the answer's time is over or it failed. */
export function remembered<T>(ask: () => Promise<{ readonly value: T; readonly forMs: number }>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; until: number } | undefined
  return () => {
    if (last && Date.now() < last.until) return last.answer
    const asked = ask()
    const mine = { answer: asked.then(({ value }) => value), until: Number.POSITIVE_INFINITY }
    last = mine
    asked.then(
      ({ forMs }) => (mine.until = Date.now() + forMs),
      () => (mine.until = 0),
    )
    return mine.answer
  }
}

import type { z } from 'zod'

/** A fault in one place, of what a document says across its parts. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  /** The code of its sentence. */
  readonly code: string
  /** The word that is wrong; absent: the place is. */
  readonly given?: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** Tells each mistake once, where it is first met: a mistyped id is one, in however many places it is named. */
export function tellOnce(faults: readonly Mistake[], context: z.RefinementCtx): void {
  const alike = new Map<string, { readonly first: Mistake; readonly others: number }>()
  for (const fault of faults) {
    const key = `${fault.code} ${fault.given ?? fault.path.join('.')}`
    const before = alike.get(key)
    alike.set(key, before ? { first: before.first, others: before.others + 1 } : { first: fault, others: 0 })
  }
  for (const { first, others } of alike.values()) {
    const { path, code, given, params } = first
    const more = others > 0 ? { more: others } : {}
    context.addIssue({ code: 'custom', message: code, params: { ...params, ...more }, input: given, path: [...path] })
  }
}

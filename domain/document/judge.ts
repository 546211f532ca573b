import { z } from 'zod'
import { isStorable } from '../text.ts'
import { pathText } from '../issues.ts'
import type { Locale } from '../labels.ts'
import { mostTold, told, type DocumentError, type Fault, type OpenDocument } from './open.ts'
import type { Place } from './places.ts'
import { reasonsForIssue, sentence, type Reason } from './reasons.ts'

/** How an open document is judged. */
export interface Judging {
  readonly across?: (document: unknown, context: z.RefinementCtx) => void
  /** What counts instead of the document's own values: what became of them and others. */
  readonly derived?: Derived | undefined
  /** Faults that are none here. */
  readonly passOver?: ((issue: z.core.$ZodIssue) => boolean) | undefined
}

export interface Derived {
  readonly value: unknown
  /** What is wrong with how it was derived. */
  readonly faults: readonly Reason[]
  /** Where in the text a part of the value stands, or from where it is inherited. */
  readonly standing: (path: readonly PropertyKey[]) => Standing
}

export type Standing =
  | { readonly path: readonly PropertyKey[] }
  /** `at`: how the document's own words would name the part; `told`: the path in the text that brings it in. */
  | { readonly inheritedFrom: string; readonly at: string; readonly told: readonly PropertyKey[] }

/** Everything that is wrong with an open document; `data` is what the schema made of it, absent where the schema refuses it. */
export function judgeDocument<T>(
  opened: OpenDocument,
  schema: z.ZodType<T>,
  { across = () => {}, derived, passOver = () => false }: Judging = {},
): { readonly data: T | undefined; readonly errors: readonly DocumentError[] } {
  const { locale } = opened
  const value = derived ? derived.value : opened.value
  const parsed = schema.safeParse(value, { reportInput: true })
  const agreement = z
    .unknown()
    .superRefine((document, context) => storable(document, context))
    .superRefine(across)
    .safeParse(value, { reportInput: true })
  const issues = [...(parsed.error?.issues ?? []), ...(agreement.error?.issues ?? [])].filter((issue) => !passOver(issue))
  const reasons = withoutMistyped(issues.flatMap((issue) => reasonsForIssue(issue, schema, value, locale)))
  const standing = derived?.standing ?? ((path: readonly PropertyKey[]): Standing => ({ path }))
  const all: readonly Told[] = [
    ...(derived?.faults ?? []),
    ...reasons.map((reason) => whereItStands(reason, standing(reason.path), locale)),
  ]
  const faults = all.map((fault) => ({ ...fault, place: fault.told ? undefined : opened.placeOf(fault.path) }))
  const errors = told(
    [
      ...opened.faults,
      ...eachOnce(faults).map((fault): Fault => ({ ...fault, line: (fault.told ? opened.placeOf(fault.told) : fault.place)?.line })),
    ],
    locale,
  )
  return { data: parsed.data, errors }
}

interface Told extends Reason {
  /** Where in the text it is told, when it does not stand there. */
  readonly told?: readonly PropertyKey[]
}

/** A fault of an inherited part is told where the text brings that part in, and by the name that the text would call it. */
function whereItStands(reason: Reason, standing: Standing, locale: Locale): Told {
  if ('path' in standing) return { ...reason, path: standing.path }
  const { inheritedFrom, at, told } = standing
  return { ...reason, path: [at], told, reason: () => `${reason.reason()}${sentence('inherited', locale, { nearest: inheritedFrom, at })}` }
}

/** Whatever becomes of a text: what cannot be kept of it is told, not left out. */
function storable(document: unknown, context: z.RefinementCtx, path: readonly PropertyKey[] = []): void {
  const tell = (at: readonly PropertyKey[]) => context.addIssue({ code: 'custom', message: 'unprintable', path: [...at] })
  if (typeof document === 'string' && !isStorable(document)) tell(path)
  if (typeof document !== 'object' || document === null) return
  for (const [key, value] of Object.entries(document)) {
    const at = [...path, Array.isArray(document) ? Number(key) : key]
    if (isStorable(key)) storable(value, context, at)
    else tell(at)
  }
}

/** A key that is mistyped is one mistake: that what was meant is not there is not told beside it. */
function withoutMistyped(reasons: readonly Reason[]): readonly Reason[] {
  const meant = new Set(
    reasons
      .filter(({ instead }) => instead !== undefined)
      .slice(0, mostTold)
      .flatMap(({ path, instead }) => {
        const key = instead?.()
        return key === undefined ? [] : [pathText([...path.slice(0, -1), key])]
      }),
  )
  return meant.size === 0 ? reasons : reasons.filter(({ path }) => !meant.has(pathText(path)))
}

/** What is written once is told once, however many aliases name it. */
function eachOnce<F extends Reason & { readonly place: Place | undefined }>(faults: readonly F[]): readonly F[] {
  const seen = new Set<string>()
  return faults.filter(({ place, path, kind }) => {
    if (place === undefined) return true
    const key = `${place.at} ${String(path.at(-1))} ${kind}`
    return !seen.has(key) && seen.add(key)
  })
}

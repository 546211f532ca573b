import { isObject, itemsOf, memberOf } from '../document/loose.ts'
import { nearest } from '../document/nearest.ts'
import { openDocument } from '../document/open.ts'
import type { Reason } from '../document/reasons.ts'
import { sentence, type SentenceCode } from '../document/sentences.ts'
import type { Locale } from '../labels.ts'
import { pinnedOf, refText, wantedIn, type BaseDocument, type BaseRef, type Bases, type Wanted } from './base.ts'
import { merged, type Part, type Wholes } from './merge.ts'
import { givenAgain, without } from './removal.ts'

/**
 * A document with all that it extends: what counts is its base, without what it takes away, and with what it says itself (X9). On
 * values, before anybody asks what they mean.
 */
export interface Resolved extends Part {
  /** What it extends, in the version that was taken; undefined when it extends nothing, or what is not there. */
  readonly base: BaseRef | undefined
  /** Whether it says what it extends and that could not be had: what is lacking in it is not its fault. */
  readonly baseless: boolean
  readonly faults: readonly Reason[]
}

export interface ResolveOptions {
  readonly bases: Bases
  /** Language of what is wrong. */
  readonly locale: Locale
  /** The places of a base that name what is no more, as removals: by the base as it was before anything was taken away, and the whole. */
  readonly dangling: (base: unknown, before: unknown, whole: unknown) => readonly string[]
  /** Where values are said as a whole. */
  readonly wholes: Wholes
  /** What the document extends, as it was pinned when it was installed; absent: as it says. */
  readonly pinned?: BaseRef | undefined
}

interface Resolving extends ResolveOptions {
  /** The documents that lead here, first ones first. */
  readonly trail: readonly BaseRef[]
}

/** What every document says for itself. */
const ownKeys: readonly string[] = ['id', 'version', 'label', 'document', 'extends', 'remove', 'template']

export function resolve(value: unknown, options: ResolveOptions): Resolved {
  const id = memberOf(value, 'id')
  const version = memberOf(value, 'version')
  const self = { id: typeof id === 'string' ? id : '', version: typeof version === 'number' ? version : 0 }
  return resolved(value, self, { ...options, trail: [self] })
}

function resolved(value: unknown, self: BaseRef, resolving: Resolving): Resolved {
  const { locale } = resolving
  const own: Part = { value, whence: { in: refText(self), path: [] } }
  const removals = itemsOf(memberOf(value, 'remove'))
  const alone = { ...own, base: undefined, baseless: false }
  const said = memberOf(value, 'extends')
  if (said === undefined && memberOf(value, 'remove') === undefined) return { ...alone, faults: [] }
  if (said === undefined) return { ...alone, faults: [told(['remove'], 'remove-alone', {}, locale)] }
  const wanted = wantedIn(said)
  // That it names nothing is the schema's to tell.
  if (!wanted) return { ...alone, baseless: true, faults: [] }
  const found = baseFor(wanted, resolving)
  if ('reason' in found) return { ...alone, baseless: true, faults: [found] }
  const { ref, part } = found
  const base = inheritable(part)
  const remover = { from: refText(ref), locale }
  const { part: left, faults } = without(base, removals, remover)
  const whole = merged(left, own, resolving.wholes)
  const dangling = resolving.dangling(left.value, base.value, whole.value)
  const tidy = dangling.length === 0 ? whole : merged(without(left, dangling, remover).part, own, resolving.wholes)
  return { ...tidy, base: ref, baseless: false, faults: [...faults, ...givenAgain(value, removals, locale)] }
}

/** The base, whole; or why it cannot be had. */
function baseFor(wanted: Wanted, resolving: Resolving): { readonly ref: BaseRef; readonly part: Part } | Reason {
  const { bases, locale, trail, pinned } = resolving
  const refuse = (code: SentenceCode, params: () => Readonly<Record<string, string>>): Reason => ({
    path: ['extends'],
    kind: code,
    reason: () => sentence(code, locale, params()),
  })
  if (trail.length === 1 && trail[0]?.id === wanted.id) return refuse('base-of-itself', () => ({}))
  if (trail.some(({ id }) => id === wanted.id))
    return refuse('base-circle', () => ({ given: [...trail.map(({ id }) => id), wanted.id].join(' → ') }))
  if (trail.length > mostBases) return refuse('too-many-bases', () => ({ limit: String(mostBases) }))
  if (bases.isUnreadable?.(wanted.id)) return refuse('base-faulty', () => ({ given: wanted.id }))
  if (!pinned && bases.isRetired?.(wanted.id)) return refuse('base-retired', () => ({ given: wanted.id }))
  const ref = pinned ?? pinnedOf(bases, wanted)
  const document = ref && bases.find(ref)
  if (!ref || !document) return notThere(wanted, bases, locale)
  const value = valueOf(document)
  if (value === undefined) return refuse('base-faulty', () => ({ given: refText(ref) }))
  const whole = resolved(value, ref, { ...resolving, trail: [...trail, ref], pinned: document.pinned })
  const [fault] = whole.faults
  if (!fault) return { ref, part: whole }
  // A circle, or a row that is too long, is the same one from wherever one comes.
  return fault.kind === 'base-circle' || fault.kind === 'too-many-bases' ? fault : refuse('base-faulty', () => ({ given: refText(ref) }))
}

/** Nobody builds higher, and each costs as much as reading it. */
const mostBases = 8

function valueOf({ written }: BaseDocument): unknown {
  if ('value' in written) return written.value
  const opened = openDocument(written.text, { format: written.format, mostPieces: piecesOfBases })
  return opened.ok && opened.faults.length === 0 ? opened.value : undefined
}

/** What was taken once is taken again: a base was counted when it was installed, or stands in a file of whoever waits. */
const piecesOfBases = Infinity

function inheritable({ value, whence }: Part): Part {
  return isObject(value)
    ? { value: Object.fromEntries(Object.entries(value).filter(([key]) => !ownKeys.includes(key))), whence }
    : { value: {}, whence }
}

function notThere({ id, version }: Wanted, { known, versionsOf }: Bases, locale: Locale): Reason {
  const listed = (words: readonly string[]) => words.join(locale === 'en' ? ', ' : '、')
  const versions = versionsOf(id)
  if (versions.length > 0) {
    const params = { given: String(version), nearest: id, known: listed(versions.map((one) => refText({ id, version: one }))) }
    return told(['extends'], 'unknown-base-version', params, locale)
  }
  if (known.length === 0) return told(['extends'], 'no-base-at-all', { given: id }, locale)
  const meant = nearest(id, known)
  if (meant === undefined) return told(['extends'], 'unknown-base', { given: id, known: listed(known) }, locale)
  return told(['extends'], 'unknown-base-near', { given: id, nearest: meant, known: listed(known) }, locale)
}

function told(path: readonly PropertyKey[], code: SentenceCode, params: Readonly<Record<string, string>>, locale: Locale): Reason {
  return { path, kind: code, reason: () => sentence(code, locale, params) }
}

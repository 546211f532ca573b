import type { Policy, Term } from './profile/policy.ts'
import type { FieldError, FieldErrorCode, RejectionParams } from './rejection.ts'
import { clean, fold, foldToWords, lengthOf } from './text.ts'

/** Where a solved problem belongs, on the three axes of T15, and the handler's own tags. */
export interface Classified {
  readonly module: string
  readonly type: string
  readonly cause: string
  readonly tags: readonly string[]
}

export type TermResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Normalises a classification (T15), each word as {@link classifyTerm} does, tags always free. All errors at once, at
 * `classification.module`, `.type`, `.cause` and `tags[1]`.
 */
export function classify(given: Classified, policy: Policy['classification']): ClassificationResult {
  const module = classifyTerm('classification.module', given.module, policy.modules, policy)
  const type = classifyTerm('classification.type', given.type, policy.types, policy)
  const cause = classifyTerm('classification.cause', given.cause, policy.causes, policy)
  const tags = given.tags.map((tag, at) => classifyTerm(`tags[${at}]`, tag, [], { ...policy, closed: false }))
  const errors = [module, type, cause, ...tags].flatMap((result) => (result.ok ? [] : result.errors))
  if (!module.ok || !type.ok || !cause.ok || errors.length > 0) return { ok: false, errors }
  const telling = tags.flatMap((result) => (result.ok ? [result.value] : []))
  return { ok: true, value: { module: module.value, type: type.value, cause: cause.value, tags: distinct(telling) } }
}

export type TermResult = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly errors: readonly FieldError[] }

/** One word of a classification, by the rules of {@link classify}; `path` names it in an error. */
export function classifyTerm(path: string, written: string, listed: readonly Term[], policy: Pick<Policy['classification'], 'closed' | 'emptyWords'>): TermResult {
  const word = clean(written)
  const saysNothing = emptyWordTest(policy.emptyWords)
  const term = findTerm(word, listed)
  // A listed word may itself say nothing: a ticket can come in as 其他, but is not understood as such in the end.
  if ([word, ...(term?.labels ?? [])].some(saysNothing)) return { ok: false, errors: [{ path, code: 'empty-word', params: { word } }] }
  if (!term && policy.closed) return { ok: false, errors: [{ path, code: 'not-a-choice', params: { choices: listed.map(({ id }) => id) } }] }
  if (lengthOf(word) > longestWord) return { ok: false, errors: [{ path, code: 'too-long', params: { limit: longestWord } }] }
  return { ok: true, value: term?.id ?? word }
}

/** The listed word somebody wrote, by its id or any of its labels, whatever the case, width and spacing. */
export function findTerm(written: string, listed: readonly Term[]): Term | undefined {
  return listed.find(({ id, labels }) => [id, ...labels].some((name) => fold(name) === fold(written)))
}

/** A tag is a word or a short phrase; a sentence finds nothing again. */
const longestWord = 60

/** The first way of writing each tag. */
function distinct(tags: readonly string[]): string[] {
  return [...new Map([...tags].reverse().map((tag) => [fold(tag), tag])).values()].reverse()
}

/** A test for words that say nothing, given the profile's list of them. */
function emptyWordTest(emptyWords: readonly string[]): (word: string) => boolean {
  const empty = new Set(emptyWords.map(foldToWords))
  const longest = Math.max(0, ...[...empty].map((word) => word.length))

  /** Whether a run of ideographs is nothing but empty words, one after another. */
  function isMadeOfEmpty(run: string): boolean {
    const reached = [true]
    for (let end = 1; end <= run.length; end += 1) {
      reached[end] = range(Math.max(0, end - longest), end).some((start) => reached[start] && empty.has(run.slice(start, end)))
    }
    return reached[run.length] ?? false
  }

  return (word) => {
    const folded = foldToWords(word)
    if (lengthOf(folded) < 2 || empty.has(folded)) return true
    // Latin words are told apart by spaces, so "na" and "no" listed must not refuse "nano"; ideographs run together.
    const runs = word.normalize('NFKC').toLowerCase().match(/[\p{Script=Latin}\p{N}]+|[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{C}]+/gu) ?? []
    return runs.every((run) => (/^[\p{Script=Latin}\p{N}]/u.test(run) ? empty.has(run) : isMadeOfEmpty(run)))
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

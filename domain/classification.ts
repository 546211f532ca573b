import { Memory } from './memory.ts'
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
export function classify(given: Classified, policy: Policy['classification']): TermResult<Classified> {
  const free = { ...policy, closed: false }
  const module = classifyTerm(given.module, policy.modules, policy, 'classification.module')
  const type = classifyTerm(given.type, policy.types, policy, 'classification.type')
  const cause = classifyTerm(given.cause, policy.causes, policy, 'classification.cause')
  const tags = given.tags.map((tag, at) => classifyTerm(tag, [], free, `tags[${at}]`))
  if (module.ok && type.ok && cause.ok && tags.every((tag) => tag.ok)) {
    return { ok: true, value: { module: module.value, type: type.value, cause: cause.value, tags: distinct(tags.map((tag) => tag.value)) } }
  }
  return { ok: false, errors: [module, type, cause, ...tags].flatMap((result) => (result.ok ? [] : result.errors)) }
}

/**
 * One word of a classification. The id or a label of a listed one, whatever its case, width and spacing, becomes that
 * id; other words are kept as written unless the profile is `closed`. Words that say nothing are refused: the profile's
 * empty words and what is put together from them only (其他问题), blanks, single characters, punctuation. Errors, at
 * `path`: `empty-word` (`word`), `not-a-choice` (`choices`), `too-long` (`limit` in characters).
 */
export function classifyTerm(
  written: string,
  listed: readonly Term[],
  policy: Pick<Policy['classification'], 'closed' | 'emptyWords'>,
  path: string,
): TermResult<string> {
  const word = clean(written)
  const term = findTerm(word, listed)
  // A listed word may itself say nothing: a ticket can come in as 其他, but is not understood as such in the end.
  if ([word, ...(term?.labels ?? [])].some(emptyWordTest(policy.emptyWords))) return refused(path, 'empty-word', { word })
  if (term) return { ok: true, value: term.id }
  if (policy.closed) return refused(path, 'not-a-choice', { choices: listed.map(({ id }) => id) })
  if (lengthOf(word) > longestWord) return refused(path, 'too-long', { limit: longestWord })
  return { ok: true, value: word }
}

/** The listed word somebody wrote, by its id or any of its labels, whatever the case, width and spacing. */
export function findTerm(written: string, listed: readonly Term[]): Term | undefined {
  const wanted = fold(written)
  return listed.find(({ id, labels }) => [id, ...labels].some((name) => fold(name) === wanted))
}

function refused(path: string, code: FieldErrorCode, params: RejectionParams): TermResult<never> {
  return { ok: false, errors: [{ path, code, params }] }
}

/** A tag is a word or a short phrase; a sentence finds nothing again. */
const longestWord = 60

/** The first way of writing each tag. */
function distinct(tags: readonly string[]): string[] {
  return [...new Map(tags.toReversed().map((tag) => [fold(tag), tag])).values()].toReversed()
}

/** A test for words that say nothing, given the profile's list of them. Tickets have few lists between them, and folding one takes longer than a step. */
function emptyWordTest(emptyWords: readonly string[]): (word: string) => boolean {
  return emptyWordTests.of(emptyWords.join('\n'), () => newEmptyWordTest(emptyWords))
}

const emptyWordTests = new Memory<string, (word: string) => boolean>(100)

function newEmptyWordTest(emptyWords: readonly string[]): (word: string) => boolean {
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
    const runs =
      word
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{Script=Latin}\p{N}]+|[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{C}]+/gu) ?? []
    return runs.every((run) => (/^[\p{Script=Latin}\p{N}]/u.test(run) ? empty.has(run) : isMadeOfEmpty(run)))
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

import type { Policy, Term } from './profile/policy.ts'
import type { FieldError } from './rejection.ts'
import { clean, fold, foldToWords, lengthOf } from './text.ts'

/** Where a solved problem belongs, on the three axes of T15, and the handler's own tags. */
export interface Classified {
  readonly module: string
  readonly type: string
  readonly cause: string
  readonly tags: readonly string[]
}

export type ClassificationResult = { readonly ok: true; readonly value: Classified } | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Normalises a classification (T15). A word that is the id or a label of a listed one, whatever its case, width and
 * spacing, becomes that id; other words are kept as written unless the profile is `closed`. Words that say nothing
 * are refused: listed empty words and what is put together from them only (其他问题), blanks, single characters,
 * punctuation. Errors, all at once: `empty-word` (`word`), `not-a-choice` (`choices`), `too-long` (`limit`), at
 * `classification.module`, `.type`, `.cause` or `tags[1]`.
 */
export function classify(given: Classified, policy: Policy['classification']): ClassificationResult {
  const saysNothing = emptyWordTest(policy.emptyWords)
  const errors: FieldError[] = []

  function checked(path: string, written: string, listed: readonly Term[], open: boolean): string {
    const word = clean(written)
    const term = listed.find(({ id, labels }) => [id, ...labels].some((name) => fold(name) === fold(word)))
    // A listed word may itself say nothing: a ticket can come in as 其他, but is not understood as such in the end.
    const fault = [word, ...(term?.labels ?? [])].some(saysNothing)
      ? ({ code: 'empty-word', params: { word } } as const)
      : !term && !open
        ? ({ code: 'not-a-choice', params: { choices: listed.map(({ id }) => id) } } as const)
        : lengthOf(word) > longestWord
          ? ({ code: 'too-long', params: { limit: longestWord } } as const)
          : undefined
    if (fault) errors.push({ path, ...fault })
    return term?.id ?? word
  }

  const value: Classified = {
    module: checked('classification.module', given.module, policy.modules, !policy.closed),
    type: checked('classification.type', given.type, policy.types, !policy.closed),
    cause: checked('classification.cause', given.cause, policy.causes, !policy.closed),
    tags: distinct(given.tags.map((tag, at) => checked(`tags[${at}]`, tag, [], true))),
  }
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors }
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

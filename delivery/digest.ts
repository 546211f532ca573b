import type { Locale } from '../domain/labels.ts'
import type { TypeWords } from '../domain/notices/subject-values.ts'
import { fill } from '../domain/template.ts'
import type { Letter } from './mail.ts'
import { words } from './words.ts'

/** Many notices in one mail. */

/** What a digest says of what a notice tells of. */
export interface DigestSubject {
  readonly number: string
  /** Label of its priority, in the language of the letter; null: it has none. */
  readonly priority: string | null
  readonly words: Pick<TypeWords, 'several'>
  /** The reader's signature or decision is waited for. */
  readonly isAwaited: boolean
}

export interface DigestEntry {
  readonly subject: DigestSubject
  readonly letter: Letter
}

/** A line a notice: what waits for the reader's signature or decision, then the most urgent first, as they are given; `names` are those who read it. */
export function digestLetter(entries: readonly DigestEntry[], names: string, language: Locale): Letter {
  const subjects = entries.map(({ subject }) => subject)
  const others = entries.filter(({ subject }) => !subject.isAwaited)
  const priorities = [...new Set(others.map(({ subject }) => subject.priority))]
  const awaited = subjects.some(({ isAwaited }) => isAwaited) ? words.awaitedFirst[language] : undefined
  const parts = [
    part(
      words.digestAwaited[language],
      entries.filter(({ subject }) => subject.isAwaited),
    ),
    ...priorities.map((priority) => {
      const heading = priority === null ? words.digestRest[language] : fill(words.digestPart[language], { priority, count: '{count}' })
      return part(
        heading,
        others.filter(({ subject }) => subject.priority === priority),
      )
    }),
  ].flat()
  return {
    language,
    subject: fill(words.digestSubject[language], { count: String(entries.length), processes: counted(subjects, language) }),
    text: [fill(words.digest[language], { names, awaited, urgent: urgent(subjects, language) }), ...parts].join('\n\n'),
    remarks: [],
    quoted: false,
  }
}

/** A heading, and a line for each under it; of none nothing. */
function part(heading: string, entries: readonly DigestEntry[]): string[] {
  if (entries.length === 0) return []
  return [[fill(heading, { count: String(entries.length) }), ...entries.map(({ letter }) => line(letter))].join('\n')]
}

/** How many processes it is about, of each type. */
function counted(subjects: readonly DigestSubject[], language: Locale): string {
  const texts = typesOf(subjects).map((words) => {
    const numbers = new Set(subjects.filter((subject) => typeOf(subject) === words.several.labels.en).map(({ number }) => number))
    return fill(words.several.counted[language], { count: String(numbers.size) })
  })
  return listedIn(texts, language)
}

/** What those are called that have a priority; undefined where none has. */
function urgent(subjects: readonly DigestSubject[], language: Locale): string | undefined {
  const types = typesOf(subjects.filter(({ priority }) => priority !== null))
  return types.length === 0
    ? undefined
    : listedIn(
        types.map(({ several }) => several.labels[language]),
        language,
      )
}

function listedIn(texts: readonly string[], language: Locale): string {
  return language === 'en' ? new Intl.ListFormat(language).format(texts) : texts.join('、')
}

/** One of each type: words that say the same are of one. */
function typesOf(subjects: readonly DigestSubject[]): DigestSubject['words'][] {
  return [...new Map(subjects.map((subject) => [typeOf(subject), subject.words])).values()]
}

function typeOf({ words: { several } }: DigestSubject): string {
  return several.labels.en
}

/** Why it comes to this reader stands below: whom to stand in for, whom to call. */
function line({ subject, remarks }: Letter): string {
  return [`· ${subject}`, ...remarks.map((remark) => `  ${remark}`)].join('\n')
}

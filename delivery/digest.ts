import type { Locale } from '../domain/labels.ts'
import { fill } from '../domain/template.ts'
import type { Letter } from './mail.ts'
import { words } from './words.ts'

/** Many notices in one mail. */

/** What a digest says of a notice's ticket. */
export interface DigestTicket {
  readonly number: string
  /** Label of its priority, in the language of the letter; null: it has none. */
  readonly priority: string | null
}

export interface DigestEntry {
  readonly ticket: DigestTicket
  readonly letter: Letter
}

/** A line a notice, the most urgent tickets first, as they are given; `names` are those who read it. */
export function digestLetter(entries: readonly DigestEntry[], names: string, language: Locale): Letter {
  const tickets = new Set(entries.map(({ ticket }) => ticket.number)).size
  const priorities = [...new Set(entries.map(({ ticket }) => ticket.priority))]
  const parts = priorities.map((priority) => {
    const of = entries.filter(({ ticket }) => ticket.priority === priority)
    const heading = fill((priority === null ? words.digestRest : words.digestPart)[language], {
      priority: priority ?? undefined,
      count: String(of.length),
    })
    return [heading, ...of.map(({ letter }) => line(letter))].join('\n')
  })
  return {
    language,
    subject: fill(words.digestSubject[language], { count: String(entries.length), tickets: String(tickets) }),
    text: [fill(words.digest[language], { names }), ...parts].join('\n\n'),
    remarks: [],
    quoted: false,
  }
}

/** Why it comes to this reader stands below: whom to stand in for, whom to call. */
function line({ subject, remarks }: Letter): string {
  return [`· ${subject}`, ...remarks.map((remark) => `  ${remark}`)].join('\n')
}

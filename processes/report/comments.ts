import { sql } from 'kysely'
import { inReading, narrowedTo } from '../../db/figures/measure.ts'
import { maskedExcerpt } from '../../domain/contact/masked-text.ts'
import type { Instant } from '../../domain/instant.ts'
import { said } from '../../domain/labels.ts'
import { containsWord } from '../../domain/contains-word.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import { oneLine } from '../../domain/text.ts'
import { commentedAnswers } from '../ticket/figures/comments.ts'
import type { Sheet } from './sheet.ts'

/** What customers say with their answers, by the themes of the profile. A comment that speaks of several belongs to each of them. */

export type CommentsPlan = Extract<SectionPlan, { readonly kind: 'comments' }>

export async function commentsSection(sheet: Sheet, plan: CommentsPlan) {
  const comments = await commentsOf(sheet, plan)
  const rows = plan.themes.map(({ id, label }) => ({ key: id, label, of: comments.filter(({ themes }) => themes.includes(id)) }))
  const rest = { key: null, label: withoutTheme, of: comments.filter(({ themes }) => themes.length === 0) }
  return {
    kind: plan.kind,
    figure: 'satisfaction',
    answers: (await sheet.measured('satisfaction')).total,
    total: numbersOf(comments),
    themes: [...rows.toSorted((one, other) => other.of.length - one.of.length), rest].map(({ of, ...theme }) => ({
      ...theme,
      now: numbersOf(of),
      examples: distinct(of.toSorted(worstAndNewestFirst))
        .slice(0, plan.most)
        .map(({ number, score, text }) => ({ number, score, text })),
    })),
  }
}

const withoutTheme = said('未归入主题', '未歸入主題', 'Of no theme')

export interface Comment {
  readonly number: string
  readonly score: number
  readonly hit: boolean
  readonly at: Instant
  /** Masked, in one line. */
  readonly text: string
  /** Ids of the themes that it speaks of. */
  readonly themes: readonly string[]
}

/** Every comment of the period, the newest first. */
export async function commentsOf(
  { db, asked, report }: Pick<Sheet, 'db' | 'asked' | 'report'>,
  { themes }: Pick<CommentsPlan, 'themes'>,
): Promise<Comment[]> {
  const { counted, things, filter } = narrowedTo(commentedAnswers, asked, [], report.only ?? {})
  const rows = await inReading(
    db,
    sql<Row>`with ${counted} select counted.number, hit, score, at, texts from ${things} ${filter} order by at desc, counted.number`,
  )
  return rows.map(({ texts, ...row }) => ({
    ...row,
    text: maskedExcerpt(texts.map(oneLine).join(' / '), longest),
    themes: themes.filter(({ words }) => words.some((word) => texts.some((text) => containsWord(text, word)))).map(({ id }) => id),
  }))
}

interface Row extends Pick<Comment, 'number' | 'score' | 'hit' | 'at'> {
  readonly texts: readonly string[]
}

/** Letters of a comment that a report repeats; the ticket has all of it. */
const longest = 300

function worstAndNewestFirst(one: Comment, other: Comment): number {
  if (one.hit !== other.hit) return one.hit ? 1 : -1
  return one.at === other.at ? (one.number < other.number ? -1 : 1) : one.at > other.at ? -1 : 1
}

/** The first of those that say the same. */
function distinct(comments: readonly Comment[]): Comment[] {
  const told = new Set<string>()
  return comments.filter(({ text }) => !told.has(text) && told.add(text))
}

function numbersOf(comments: readonly Comment[]) {
  return { n: comments.length, hits: comments.filter(({ hit }) => hit).length, elapsed: null, worked: null, marks: {} }
}

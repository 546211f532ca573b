import type { z } from 'zod'
import { listAssignments } from '../api/operations/work.ts'
import type { AnswerOf } from '../api/openapi/operation.ts'
import { said, type Labels, type Locale } from '../domain/labels.ts'
import { own } from '../domain/own.ts'
import { clientFor } from './asking.ts'
import type { LedgerAsked } from './commands/assignments.ts'

/** The assignment ledger 分配记录台账 (R6) on a terminal or in a file, page by page, as the API tells it. */

type Page = AnswerOf<typeof listAssignments>
type Line = Page['items'][number]
type Query = z.input<typeof listAssignments.query>

const heads = [
  said('时间', '時間', 'Time'),
  said('工单', '工單', 'Ticket'),
  said('方式', '方式', 'Manner'),
  said('部门', '部門', 'Department'),
  said('接收人', '接收人', 'Assigned to'),
  said('原处理人', '原處理人', 'Before'),
  said('操作人', '操作人', 'By'),
  said('原因', '原因', 'Reason'),
] as const

const manners: Readonly<Record<Line['manner'], Labels>> = {
  submitted: said('登记', '登記', 'at registration'),
  assigned: said('分派', '分派', 'assigned'),
  claimed: said('认领', '認領', 'claimed'),
  reassigned: said('改派', '改派', 'reassigned'),
  'handed-over': said('交接', '交接', 'handed over'),
  'handed-up': said('升级', '升級', 'handed up'),
  dispatched: said('自动派单', '自動派單', 'dispatched'),
  released: said('退回队列', '退回佇列', 'released'),
}

/** As many as the API answers at once. */
const pageSize = 200

export async function printLedger(asked: LedgerAsked): Promise<void> {
  const client = clientFor(asked)
  await writeLedger(
    (query) => client.read(listAssignments, { query }),
    asked,
    (text) => process.stdout.write(text),
  )
}

/** Writes each page as it comes: a ledger of years is not held in memory. A file for a spreadsheet begins with the mark by which it knows UTF-8. */
export async function writeLedger(
  read: (query: Query) => Promise<Page>,
  { lang, csv, ticket, team, person, from, until }: Omit<LedgerAsked, 'api' | 'token'>,
  write: (text: string) => void,
): Promise<void> {
  const row = csv === true ? csvRow : tabbedRow
  write(`${csv === true ? '\uFEFF' : ''}${row(heads.map((head) => head[lang]))}`)
  const asked = {
    limit: String(pageSize),
    ...(ticket !== undefined && { ticket }),
    ...(team !== undefined && { team }),
    ...(person !== undefined && { assignee: person }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }
  let cursor: string | null = null
  do {
    const page: Page = await read({ ...asked, ...(cursor !== null && { cursor }) })
    write(page.items.map((line) => row(cells(line, page.names, lang))).join(''))
    cursor = page.next
  } while (cursor !== null)
}

function cells(line: Line, names: Readonly<Record<string, string>>, lang: Locale): string[] {
  const { at, ticket, manner, team, assignee, previous, by, reason } = line
  const named = (id: string | null) => (id === null ? '' : (own(names, id) ?? id))
  return [at, ticket, manners[manner][lang], named(team), named(assignee), named(previous), named(by), reason ?? '']
}

/** A spreadsheet takes what begins with one of these signs for a formula. */
const formula = /^[=+\-@\t\r]/

function csvRow(texts: readonly string[]): string {
  return `${texts.map((text) => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`).join(',')}\r\n`
}

function tabbedRow(texts: readonly string[]): string {
  return `${texts.map((text) => text.replaceAll(/\s+/g, ' ')).join('\t')}\n`
}

import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numbersContaining } from '../../db/ticket-search.ts'
import { containing, searchRow } from '../../db/search.ts'
import type { Database } from '../../db/schema.ts'
import { listTickets, type TicketFilters } from '../../db/tickets.ts'
import { ticketSorts, type TicketSort } from '../../domain/ticket-sorts.ts'
import { minute, openDatabase, registered, submitted } from './db-story.ts'

/** Enough tickets that neither walking through the list nor asking the index is always right, found as a naive scan finds them. */

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openDatabase())
  await registered(db, submitted('T00000'))
  await copied(db)
}, 60_000)
afterAll(() => close())

const tickets = 3_000
const now = minute(0)

/** What the ticket says that comes at this place of the list, 0 being the newest. */
function sayingOf(place: number): string {
  const says = [
    [true, '打印机卡纸'],
    [place % 3 === 0, '请尽快安排工程师上门'],
    [place % 40 === 0, '网络断线'],
    [place % 500 === 7, '蓝屏死机'],
    [place >= tickets - 200, '机房停电'],
    [place >= tickets - 1_500, '旧版系统'],
    [place === tickets - 10, '独一无二'],
    // Both pieces of 甲乙丙, in half of the tickets each and never one after the other.
    [true, place % 2 === 0 ? '甲乙丁' : '丁乙丙'],
    [true, `1390000${String(place).padStart(4, '0')}`],
  ] as const
  return says.flatMap(([said, words]) => (said ? [words] : [])).join(' ')
}

async function copied(db: Kysely<Database>): Promise<void> {
  const one = await db.selectFrom('tickets').selectAll().where('number', '=', 'T00000').executeTakeFirstOrThrow()
  const { priorityRank: _, open: __, calendar: ___, calendarVersion: ____, ...row } = one
  const [fields, contactMasked, state] = [JSON.stringify(row.fields), JSON.stringify(row.contactMasked), JSON.stringify(row.state)]
  const copies = Array.from({ length: tickets - 1 }, (_, index) => {
    const place = index + 1
    return {
      ...{ ...row, fields, contactMasked, state, number: `T${String(place).padStart(5, '0')}`, requestId: `copy-${place}` },
      description: sayingOf(place),
      customerCompany: place % 7 === 0 ? '云帆科技' : '晨光集团',
      team: place % 50 === 0 ? 'service-desk' : 'tech-support',
      priority: place % 11 === 0 ? 'urgent' : 'low',
      // Pairs that came at the same instant.
      submittedAt: minute(-place + (place % 2)),
      nextDueAt: place % 5 === 0 ? null : minute((place * 7) % 900),
    }
  })
  for (let from = 0; from < copies.length; from += 500) {
    const some = copies.slice(from, from + 500)
    await db.insertInto('tickets').values(some).execute()
    const searched = some.map((copy) => {
      const { terms, customerTerms, ...texts } = searchRow(copy)
      return {
        ...texts,
        number: copy.number,
        terms: sql<string>`array_to_tsvector(${terms}::text[])`,
        customerTerms: sql<string>`array_to_tsvector(${customerTerms}::text[])`,
      }
    })
    await db.insertInto('ticketSearch').values(searched).execute()
  }
}

async function paged(filters: TicketFilters, sort: TicketSort): Promise<string[]> {
  const numbers: string[] = []
  let cursor: string | undefined
  do {
    const page = await listTickets(db, { filters, sort, limit: 200, cursor, now })
    numbers.push(...page.items.map(({ number }) => number))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return numbers
}

async function textsOf(): Promise<Map<string, { readonly text: string; readonly customer: string }>> {
  const rows = await db.selectFrom('ticketSearch').select(['number', 'text', 'customer']).execute()
  return new Map(rows.map(({ number, ...texts }) => [number, texts]))
}

describe('a search among many tickets', () => {
  const terms = [
    '打印机',
    '机',
    '9',
    '请尽快安排工程师上门',
    '网络断线',
    '蓝屏死机',
    '机房停电',
    '旧版系统',
    '独一无二',
    '甲乙丙',
    '13900002990',
    't0290',
    '宇宙飞船',
  ]
  const narrowings: readonly TicketFilters[] = [{}, { team: 'service-desk' }, { priority: 'urgent', overdue: true }, { stage: 'archived' }]

  it.each(ticketSorts)('finds what a naive scan finds, each once and in the order %s, page by page', async (sort) => {
    const texts = await textsOf()
    for (const narrowing of narrowings) {
      const all = await paged(narrowing, sort)
      for (const q of terms) {
        const naive = all.filter((number) => texts.get(number)?.text.includes(q))
        expect(await paged({ ...narrowing, q }, sort), `${q} ${JSON.stringify(narrowing)}`).toEqual(naive)
      }
    }
  })

  it('finds by customer and by text at once', async () => {
    const texts = await textsOf()
    const all = await paged({}, 'submitted')
    for (const q of ['打印机', '蓝屏死机', '宇宙飞船']) {
      const naive = all.filter((number) => texts.get(number)?.text.includes(q) && texts.get(number)?.customer.includes('云帆'))
      expect(await paged({ q, customer: { text: '云帆', contactKeys: [] } }, 'submitted')).toEqual(naive)
    }
  })

  it('finds the same however far it walks and whatever it takes from the index', async () => {
    const part = { where: sql<boolean>`true`, by: sql`submitted_at desc, number desc`, count: 20 }
    const reaches = [
      [],
      [{ walked: 1, collected: 0 }],
      [{ walked: 30, collected: 3 }],
      [{ walked: 30, collected: 3_000 }],
      [{ walked: 100, collected: 10, promising: 1 }],
      [{ walked: 3_001, collected: 0 }],
    ]
    for (const q of terms) {
      const expected = (await paged({ q }, 'submitted')).slice(0, part.count).toSorted()
      for (const reach of reaches) {
        const numbers = await numbersContaining(db, part, [containing('text', q)], reach)
        expect(numbers.toSorted(), `${q} ${JSON.stringify(reach)}`).toEqual(expected)
      }
    }
  })
})

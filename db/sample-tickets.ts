import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import { own } from '../domain/own.ts'
import { answerWords } from '../domain/samples/judgement.ts'
import type { Database } from './schema.ts'

/** What was said of the tickets of a sample, folded from its events: it stands nowhere else. */

const answersSchema = z.array(
  z.object({ criterion: z.string(), answer: z.union([z.enum(answerWords), z.int()]), met: z.boolean().nullable() }),
)
export type Answers = z.output<typeof answersSchema>

const judgedShape = {
  ticket: z.string(),
  judgedAt: z.string(),
  answers: answersSchema,
  remark: z.string().nullable(),
  finding: z.string().nullable(),
}

const saidSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), tickets: z.array(z.string()), teams: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('judged'), ...judgedShape }),
  z.object({ type: z.literal('rejudged'), ...judgedShape, reason: z.string() }),
  z.object({ type: z.literal('ticket-excused'), ticket: z.string(), reason: z.string() }),
])

export interface SampleTicket {
  readonly ticket: string
  /** Whose it was when it was drawn. */
  readonly team: string
  readonly state: 'pending' | 'judged' | 'excused'
  readonly answers: Answers
  readonly remark: string | null
  readonly finding: string | null
  /** Who judged or excused it last; null: nobody has. */
  readonly by: string | null
  readonly judgedAt: Instant | null
  /** Why it was corrected or excused last; null: it was not. */
  readonly reason: string | null
}

/** In the order in which they were drawn. */
export async function ticketsOfSample(db: Kysely<Database>, number: string): Promise<SampleTicket[]> {
  const { rows } = await sql<{ readonly type: string; readonly actor: string; readonly data: object }>`
    select type, actor, data from events
    where process = ${number} and type = any(${saidSchema.options.map(({ shape }) => shape.type.value)}::text[]) order by seq`.execute(db)
  const tickets = new Map<string, SampleTicket>()
  for (const { type, actor, data } of rows) {
    const said = saidSchema.parse({ ...data, type })
    if (said.type === 'opened')
      for (const ticket of said.tickets) tickets.set(ticket, { ...untouched, ticket, team: own(said.teams, ticket) ?? '' })
    else
      tickets.set(said.ticket, { ...(tickets.get(said.ticket) ?? { ...untouched, ticket: said.ticket, team: '' }), ...after(said, actor) })
  }
  return [...tickets.values()]
}

const untouched: Omit<SampleTicket, 'ticket' | 'team'> = {
  ...{ state: 'pending', answers: [], remark: null, finding: null, by: null, judgedAt: null, reason: null },
}

function after(said: Exclude<z.output<typeof saidSchema>, { readonly type: 'opened' }>, by: string): Partial<SampleTicket> {
  if (said.type === 'ticket-excused') return { ...untouched, state: 'excused', by, reason: said.reason }
  const { answers, remark, finding, judgedAt } = said
  return { state: 'judged', answers, remark, finding, by, judgedAt, reason: said.type === 'rejudged' ? said.reason : null }
}

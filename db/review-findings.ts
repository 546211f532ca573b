import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { ActionStateName } from '../domain/reviews/actions.ts'
import type { Database } from './schema.ts'

/** What reviews found and decided, folded from their events: what people wrote stands nowhere else, and so it can be asked as of any instant. */

const spanSchema = z.object({ from: z.string(), until: z.string(), tickets: z.int(), hits: z.int() }).nullable()

const saidSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('analysis-recorded'),
    summary: z.string(),
    causes: z.array(z.object({ kind: z.string(), text: z.string() })),
  }),
  z.object({ type: z.literal('action-added'), action: z.int(), text: z.string(), owner: z.string(), dueAt: z.string() }),
  z.object({ type: z.literal('action-rescheduled'), action: z.int(), dueAt: z.string() }),
  z.object({ type: z.literal('action-reassigned'), action: z.int(), owner: z.string() }),
  z.object({ type: z.literal('action-reported'), action: z.int(), text: z.string(), links: z.array(z.string()) }),
  z.object({ type: z.literal('action-dropped'), action: z.int(), reason: z.string() }),
  z.object({
    type: z.literal('effect-checked'),
    outcome: z.enum(['effective', 'ineffective', 'unclear']),
    before: spanSchema,
    after: spanSchema,
  }),
  z.object({ type: z.literal('abandoned'), reason: z.string() }),
  z.object({ type: z.literal('closed'), conclusion: z.string() }),
])
type Said = z.output<typeof saidSchema> & { readonly occurredAt: Instant }

export interface FoundAction {
  readonly id: number
  readonly text: string
  readonly owner: string
  readonly dueAt: Instant
  /** When it was due before it was put off, the first first. */
  readonly dueBefore: readonly Instant[]
  readonly state: ActionStateName
  /** When it was carried out or dropped; null: it is open. */
  readonly endedAt: Instant | null
  /** What was done, or why it was dropped; null: it is open. */
  readonly report: string | null
  readonly links: readonly string[]
}

export interface Findings {
  readonly summary: string | null
  readonly causes: readonly { readonly kind: string; readonly text: string }[]
  readonly actions: readonly FoundAction[]
  /** What was found of its effect last, and when; null: nothing yet. */
  readonly effect:
    | (Pick<Extract<Said, { readonly type: 'effect-checked' }>, 'outcome' | 'before' | 'after'> & { readonly at: Instant })
    | null
  readonly conclusion: string | null
}

/** What each of these reviews found, in no order; with `until`, of what had happened by then, as it was recorded by `asOf`. */
export async function findingsOf(
  db: Kysely<Database>,
  numbers: readonly string[],
  { until, asOf }: { readonly until?: Instant; readonly asOf?: Instant } = {},
): Promise<ReadonlyMap<string, Findings>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<{ readonly process: string; readonly type: string; readonly occurredAt: string; readonly data: object }>`
    select process, type, occurred_at, data from events
    where process = any(${[...numbers]}::text[]) and type = any(${saidSchema.options.map(({ shape }) => shape.type.value)}::text[])
      and at <= ${asOf ?? 'infinity'}::timestamptz and occurred_at < ${until ?? 'infinity'}::timestamptz
    order by process, seq`.execute(db)
  const found = new Map<string, Findings>()
  for (const { process, type, occurredAt, data } of rows)
    found.set(process, after(found.get(process) ?? nothing, { ...saidSchema.parse({ ...data, type }), occurredAt }))
  return found
}

const nothing: Findings = { summary: null, causes: [], actions: [], effect: null, conclusion: null }

function after(findings: Findings, said: Said): Findings {
  const changed = (id: number, change: Partial<FoundAction>): Findings => ({
    ...findings,
    actions: findings.actions.map((action) => (action.id === id ? { ...action, ...change } : action)),
  })
  switch (said.type) {
    case 'analysis-recorded':
      return { ...findings, summary: said.summary, causes: said.causes }
    case 'action-added': {
      const { action: id, text, owner, dueAt } = said
      const action = { id, text, owner, dueAt, dueBefore: [], state: 'open', endedAt: null, report: null, links: [] } as const
      return { ...findings, actions: [...findings.actions, action] }
    }
    case 'action-rescheduled':
      return {
        ...findings,
        actions: findings.actions.map((action) =>
          action.id === said.action ? { ...action, dueAt: said.dueAt, dueBefore: [...action.dueBefore, action.dueAt] } : action,
        ),
      }
    case 'action-reassigned':
      return changed(said.action, { owner: said.owner })
    case 'action-reported':
      return changed(said.action, { state: 'done', endedAt: said.occurredAt, report: said.text, links: said.links })
    case 'action-dropped':
      return changed(said.action, { state: 'dropped', endedAt: said.occurredAt, report: said.reason })
    case 'effect-checked': {
      const { outcome, before, after: since, occurredAt } = said
      return { ...findings, effect: { outcome, before, after: since, at: occurredAt } }
    }
    case 'abandoned':
      return { ...withoutOpen(findings, said.reason, said.occurredAt), conclusion: said.reason }
    case 'closed':
      return { ...findings, conclusion: said.conclusion }
  }
}

/** A review that is abandoned takes its open actions with it. */
function withoutOpen(findings: Findings, reason: string, at: Instant): Findings {
  const actions = findings.actions.map((action): FoundAction =>
    action.state === 'open' ? { ...action, state: 'dropped', endedAt: at, report: reason } : action,
  )
  return { ...findings, actions }
}

/** What is to be done by each action of these reviews. */
export async function actionTexts(
  db: Kysely<Database>,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly Pick<FoundAction, 'id' | 'text'>[]>> {
  const found = await findingsOf(db, numbers)
  return new Map([...found].map(([number, { actions }]) => [number, actions]))
}

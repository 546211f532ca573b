import type { Kysely } from 'kysely'
import { installCalendar } from '../../../db/calendars.ts'
import { putEverybody } from '../../../db/people.ts'
import type { Database } from '../../../db/schema.ts'
import type { ScoredSubject } from '../../../domain/assessment/model.ts'
import { plus, type Instant } from '../../../domain/instant.ts'
import type { Actor } from '../../../domain/people.ts'
import { said } from '../../../domain/labels.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { reckonAssessment } from '../../../processes/assessment/reckon.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { planOf } from '../../support/assessments.ts'
import {
  chen,
  everybody,
  lin,
  monday,
  office,
  policyOf,
  Story,
  techSupport,
  wang,
  zhao,
  type CommandName,
  type Input,
} from '../../support/tickets.ts'
import { written } from '../db-lives.ts'
import { openDatabase } from '../db-story.ts'

/** R14: for whom something counts, and for whom it does not. Each story is one ticket of March; times are since its registration on a Monday at nine. */

const march = { id: '2026-03', from: '2026-02-28T16:00:00.000Z', until: '2026-03-31T16:00:00.000Z' }
const firstOfApril = '2026-04-01T01:00:00.000Z'

export interface Counting {
  readonly db: Kysely<Database>
  countedBy(criterion: object, stories: readonly Story[], known?: { readonly asOf?: Instant }): Promise<Record<string, Found>>
  subjectsBy(criterion: object, asOf?: Instant): Promise<ScoredSubject[]>
  close(): Promise<void>
}

export async function openCounting(): Promise<Counting> {
  const { db, close } = await openDatabase()
  await installCalendar(db, { calendar: office, source: null, installedAt: plus(monday, '-P365D'), installedBy: 'root' })
  // The second line is no team any more, and Zhao has left.
  await putEverybody(
    db,
    [{ id: 'tech-support', labels: said('技术支持', '技術支援', 'Technical support'), lead: null, supervisor: null, departmentHead: null }],
    everybody.map(({ id, roles }) => {
      const teams = id === 'wang' || id === 'mei' ? ['tech-support'] : []
      return { id, name: `${id} by name`, email: null, roles, active: id !== 'zhao', teams, skills: [] }
    }),
  )
  return { db, close, countedBy, subjectsBy }

  /** What was counted for each by one criterion, of these tickets and no others; without who had nothing. */
  async function countedBy(criterion: object, stories: readonly Story[], { asOf = firstOfApril } = {}) {
    for (const [at, story] of stories.entries()) await written(db, story, `T${at + 1}`)
    const subjects = await subjectsBy(criterion, asOf)
    const found: Record<string, Found> = {}
    for (const { kind, id, results } of subjects)
      for (const { n, hits, items, toTeam = 0, toNobody = 0, running = 0 } of results) {
        if (n + toTeam + toNobody + running === 0) continue
        const shown = items.map(({ ticket: number, what }) => `${number} ${what}`)
        const beside = { toTeam, toNobody, running }
        found[`${kind} ${id}`] = { n, hits, items: shown, ...Object.fromEntries(Object.entries(beside).filter(([, count]) => count > 0)) }
      }
    return found
  }

  async function subjectsBy(criterion: object, asOf: Instant = firstOfApril): Promise<ScoredSubject[]> {
    const plan = planOf({ criteria: [{ id: 'one', weight: 1, standard: 90, ...criterion }] })
    const { subjects } = await reckonAssessment({
      db,
      figures: ticketFigures,
      profile: techSupport,
      assessment: plan,
      period: march,
      asOf,
    })
    return subjects
  }
}

/** A ticket of high priority, whose promises count every hour: a first response within 2, a solution within 72. It begins unclaimed. */
export function ticket({ priority = 'high', now = monday, by = lin, begins = 'assignment' }: Partial<Registered> = {}): Story {
  return new Story({
    submission: { priority },
    by,
    policy: policyOf({ ...(begins !== 'intake' && { begins }), planBeforeCompletion: 'never' }),
    now,
  })
}

interface Registered {
  readonly priority: string
  readonly now: Instant
  /** A customer, and nobody keeps in touch with them yet. */
  readonly by: Actor
  readonly begins: Profile['begins']
}

/** What happens when, each after so long since the beginning. */
export function played(
  story: Story,
  ...steps: readonly (readonly [after: string, actor: Actor, name: CommandName, input?: Input])[]
): Story {
  const begins = story.now
  for (const [after, actor, name, input] of steps) {
    story.at(plus(begins, after)).wake()
    story.act(actor, name, input)
  }
  story.wake()
  return story
}

export const gets = (assignee: string) => ({ assignee, reason: '换人' })
export const over = ['P20D', lin, 'contact'] as const

interface Found {
  readonly n: number
  readonly hits: number
  readonly items: readonly string[]
  readonly toTeam?: number
  readonly toNobody?: number
  readonly running?: number
}

export const resolution = { figure: 'attainment', clock: 'resolution' }
export const response = { figure: 'attainment', clock: 'first-response' }
export const start = { figure: 'attainment', clock: 'start' }
export const callback = { figure: 'attainment', clock: 'callback' }
export const solved = { figure: 'resolution-rate' }
export const satisfied = { figure: 'satisfaction' }

export const forTeam = { n: 1, hits: 0, items: ['T1 broken'] }

/** From a claim to a solution that was verified. */
export const path = [
  ['PT0S', chen, 'assign'],
  ['PT1H', wang, 'accept'],
  ['PT2H', wang, 'complete'],
  ['PT3H', zhao, 'verify'],
] as const

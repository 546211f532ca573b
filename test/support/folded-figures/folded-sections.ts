import type { Dimension } from '../../../domain/figures/figure.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import { answerOf, known, type FoldAsked, type FoldedTicket } from './facts.ts'
import { keysOf, thingsOf } from './fold.ts'

/** What sections of a report say beyond figures, from their definitions. */

type Where = Readonly<Partial<Record<Dimension, string>>>

interface Share {
  readonly n: number
  readonly hits: number
}

/** An answer that satisfaction counts, with what had happened to its ticket by then. */
interface Answered {
  readonly number: string
  readonly score: number
  readonly at: string
  readonly happened: readonly string[]
  readonly words: readonly string[]
}

/** Tickets may be narrowed down; the answers are those of satisfaction. */
export function foldAnswers(all: readonly FoldedTicket[], asked: FoldAsked, where: Where): readonly Answered[] {
  return thingsOf('satisfaction', all, asked, where).flatMap(({ ticket }) => {
    const answer = answerOf(ticket, asked)
    if (!answer) return []
    const { score, at, event } = answer
    const happened = happenedBefore(ticket, at, asked)
    const texts =
      event.type === 'called-back' ? [event.experience, event.suggestions, event.effect] : event.type === 'confirmed' ? [event.remark] : []
    return [{ number: ticket.number, score, at, happened, words: texts.filter((text) => text !== null) }]
  })
}

function happenedBefore(ticket: FoldedTicket, at: string, asked: FoldAsked): string[] {
  const found: string[] = []
  const owed = asked.profile.clocks.flatMap(({ id, whenDue }) => (whenDue === 'break' ? [] : [id]))
  const cycles = new Map<string, PromiseState>()
  for (const { promises } of known(ticket.events, asked)) for (const one of promises) cycles.set(`${one.clock} ${one.cycle}`, one)
  for (const { clock, state, dueAt } of cycles.values())
    if (state === 'broken' && dueAt <= at && !owed.includes(clock)) found.push('broken')
  let [team, holder]: [string | null, string | null] = [null, null]
  for (const event of known(ticket.events, asked).filter(({ occurredAt }) => occurredAt <= at)) {
    if (event.type === 'reopened') found.push('reopened')
    if (event.type !== 'submitted' && event.type !== 'assigned') continue
    const isOther = (team !== null && event.team !== team) || (holder !== null && event.assignee !== null && event.assignee !== holder)
    if (isOther) found.push('transferred')
    team = event.team
    holder = event.assignee ?? holder
  }
  return [...new Set(found)]
}

export function shareOf(answers: readonly Answered[]): Share {
  return { n: answers.length, hits: answers.filter(({ score }) => score >= 4).length }
}

/** Of each team what its share would be at the mix of all, and how much of that mix it covers. */
export function foldMix(id: string, all: readonly FoldedTicket[], asked: FoldAsked, where: Where) {
  const things = thingsOf(id, all, asked, where).flatMap((thing) => {
    const [team, type, priority] = (['team', 'type', 'priority'] as const).map((one) => String(keysOf(thing, one, asked)[0] ?? null))
    return thing.hit === undefined ? [] : [{ team: String(team), stratum: `${type} ${priority}`, hit: thing.hit }]
  })
  const teams = [...new Set(things.map(({ team }) => team))]
  return new Map(
    teams.map((team) => {
      // Each thing of all is given the share of its stratum in this team, where there is one.
      const given = things.flatMap(({ stratum }) => {
        const same = things.filter((one) => one.team === team && one.stratum === stratum)
        return same.length === 0 ? [] : [same.filter(({ hit }) => hit).length / same.length]
      })
      const covered = given.length / things.length
      return [team, { share: covered < 0.5 ? null : given.reduce((sum, one) => sum + one, 0) / given.length, covered }] as const
    }),
  )
}

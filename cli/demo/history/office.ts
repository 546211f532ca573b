import type { Person } from '../../../db/people.ts'
import { epochMs, instantOf, plus } from '../../../domain/instant.ts'
import type { Actor, Directory, Team } from '../../../domain/people.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import type { Ask, Reply } from '../../../workflows/process.ts'
import { isSameSet } from '../../../workflows/common/facts.ts'
import { tagCustomer, tagQuestion } from '../../../workflows/ticket/customer-tags.ts'
import { dispatch, dispatchQuestion } from '../../../workflows/ticket/dispatch.ts'
import type { Candidate, RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import type { HistoryCustomer } from './customers.ts'
import type { LivedTicket } from './lived-ticket.ts'

/** A ticket of the history with what its rows say beside its state. */
export interface Kept {
  readonly ticket: LivedTicket
  readonly profile: Profile
  readonly customer: HistoryCustomer
  /** In milliseconds since the epoch. */
  readonly submittedAt: number
}

/**
 * Who works here, and what tickets ask of them. Asked of the rows, everything would be answered as it is today (`db/dispatch.ts`,
 * `db/customer-history.ts`); here the same is looked up in what had happened by then.
 */
export class Office {
  readonly directory: Directory
  readonly #people: ReadonlyMap<string, Person>
  readonly #lastGiven = new Map<string, string>()
  readonly #kept: Kept[] = []
  readonly #byNumber = new Map<string, Kept>()

  constructor(people: readonly Person[], teams: readonly Team[]) {
    this.#people = new Map(people.map((person) => [person.id, person]))
    this.directory = {
      people: Object.fromEntries(people.map(({ id, roles, teams: own }) => [id, { roles, teams: own }])),
      teams: teams.map(({ id }) => id),
    }
  }

  actor(id: string): Actor {
    const person = this.#people.get(id)
    if (!person) throw new Error(`nobody is called ${id}`)
    return { id, roles: person.roles, teams: person.teams }
  }

  /** Ids of those who handle tickets of a team, without those named. */
  handlersOf(team: string, except: readonly (string | null)[] = []): string[] {
    return [...this.#people.values()]
      .filter(({ id, roles, teams }) => teams.includes(team) && roles.some(handlesByHand) && !except.includes(id))
      .map(({ id }) => id)
  }

  keep(kept: Kept): void {
    this.#kept.push(kept)
    this.#byNumber.set(kept.ticket.number, kept)
  }

  /** What has happened, as far as later answers depend on it. */
  note({ type, ...event }: RecordedTicketEvent): void {
    if (!('assignee' in event) || (type !== 'assigned' && type !== 'submitted') || event.assignee === null) return
    this.#lastGiven.set(event.assignee, event.at)
  }

  answer({ kind, question }: Ask): Reply {
    switch (kind) {
      case dispatch.name: {
        const { number, team, skills } = dispatchQuestion.parse(question)
        return { command: dispatch.name, input: { team, candidates: this.#candidates(number, team, skills) } }
      }
      case tagCustomer.name: {
        const { number, tags: before } = tagQuestion.parse(question)
        const tags = this.#tagsOf(number)
        return isSameSet(before, tags) ? null : { command: tagCustomer.name, input: { tags } }
      }
      default:
        throw new Error(`nobody here answers ${kind}`)
    }
  }

  #candidates(number: string, team: string, wanted: readonly string[]): Candidate[] {
    const asking = this.#byNumber.get(number)?.ticket.state.requester
    return [...this.#people.values()]
      .filter(({ id, roles, teams }) => id !== asking && teams.includes(team) && roles.some(handles))
      .map(({ id, roles, skills }) => ({
        candidate: {
          assignee: id,
          insteadOf: null,
          skills: skills.filter((skill) => wanted.includes(skill)).length,
          inHand: this.#inHand(id),
        },
        handsOn: roles.some(handlesByHand),
        last: this.#lastGiven.get(id) ?? '',
      }))
      .toSorted(
        (a, b) =>
          Number(b.handsOn) - Number(a.handsOn) ||
          b.candidate.skills - a.candidate.skills ||
          a.candidate.inHand - b.candidate.inHand ||
          inOrder(a.last, b.last) ||
          inOrder(a.candidate.assignee, b.candidate.assignee),
      )
      .slice(0, 5)
      .map(({ candidate }) => candidate)
  }

  #inHand(person: string): number {
    return this.#kept.filter(({ ticket: { state } }) => state.assignee === person && !notOpen.has(state.stage)).length
  }

  #tagsOf(number: string): string[] {
    const own = this.#byNumber.get(number)
    if (!own) throw new Error(`there is no ticket ${number}`)
    const { customer, submittedAt, profile } = own
    const theirs = this.#kept.filter((other) => other.customer === customer && other.submittedAt <= submittedAt)
    return profile.customerTags.flatMap(({ id, when, accounts }) => {
      const isKnown = customer.account !== null && (accounts ?? []).includes(customer.account)
      const since = when && epochMs(plus(instantOf(submittedAt), `-${when.within}`))
      const counted = theirs.filter(
        (other) => since !== undefined && other.submittedAt > since && when?.types.includes(other.ticket.state.type),
      )
      return isKnown || (when && counted.length >= when.complaints) ? [id] : []
    })
  }
}

const notOpen: ReadonlySet<string> = new Set(['follow-up', 'archived', 'withdrawn', 'merged'])

function handlesByHand(role: string): boolean {
  return role === 'agent' || role === 'engineer'
}

function handles(role: string): boolean {
  return handlesByHand(role) || role === 'supervisor'
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

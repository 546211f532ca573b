import { z } from 'zod'
import type { Instant } from '../instant.ts'
import { own } from '../own.ts'
import type { Decided, ToldEvent } from './told.ts'

/** 表彰: who was nominated for an innovative solution, whom the final scores propose as outstanding 优秀个人, and what the management decided of both. */
export interface Commendations {
  /** In the order in which they came. */
  readonly nominations: readonly Nomination[]
  /** Ids of the people whom the final scores propose; null: the scores are not final. */
  readonly proposed: readonly string[] | null
  /** By the id of the person: that they are commended as outstanding. */
  readonly outstanding: Readonly<Record<string, CommendedOutstanding>>
  /** Since when nothing of it is decided any more; null: it can still be. */
  readonly closedAt: Instant | null
}

/** That somebody nominated a colleague, and why. */
export interface Nomination extends Decided {
  /** From 1, as `commend` and `decline-nomination` name it. */
  readonly id: number
  readonly person: string
  readonly ticket: string
  readonly why: string
  /** Null: nothing yet. */
  readonly decided: NominationDecision | null
}

export interface NominationDecision extends Decided {
  readonly commended: boolean
  /** Why it was declined, or what somebody was commended for; null: nothing was said. */
  readonly reason: string | null
}

export interface CommendedOutstanding extends Decided {
  readonly remark: string | null
}

/** Before anybody was nominated. */
export const noCommendations: Commendations = { nominations: [], proposed: null, outstanding: {}, closedAt: null }

/** Types of the events that {@link afterCommending} reads. */
export const commendingEvents = [
  'nominated',
  'commended',
  'nomination-declined',
  'outstanding-proposed',
  'outstanding-commended',
  'closed',
] as const

export function afterCommending(commendations: Commendations, { type, actor: by, at, data }: ToldEvent): Commendations {
  const { nominations, outstanding } = commendations
  switch (type) {
    case 'nominated': {
      const { nomination: id, person, ticket, why } = nominatedSchema.parse(data)
      return { ...commendations, nominations: [...nominations, { id, person, ticket, why, by, at, decided: null }] }
    }
    case 'commended': {
      const { nomination, remark } = commendedSchema.parse(data)
      return { ...commendations, nominations: decided(nominations, nomination, { by, at, commended: true, reason: remark }) }
    }
    case 'nomination-declined': {
      const { nomination, reason } = declinedSchema.parse(data)
      return { ...commendations, nominations: decided(nominations, nomination, { by, at, commended: false, reason }) }
    }
    case 'outstanding-proposed':
      return { ...commendations, proposed: proposedSchema.parse(data).people }
    case 'outstanding-commended': {
      const { person, remark } = outstandingSchema.parse(data)
      return { ...commendations, outstanding: { ...outstanding, [person]: { by, at, remark } } }
    }
    case 'closed':
      return { ...commendations, closedAt: at }
    default:
      return commendations
  }
}

/** What of it concerns these people, by their ids. */
export function commendationsOf(commendations: Commendations, people: readonly string[]): Commendations {
  const { nominations, proposed, outstanding } = commendations
  return {
    ...commendations,
    nominations: nominations.filter(({ person }) => people.includes(person)),
    proposed: proposed && proposed.filter((person) => people.includes(person)),
    outstanding: Object.fromEntries(people.flatMap((person) => commendedAs(outstanding, person))),
  }
}

function commendedAs(outstanding: Commendations['outstanding'], person: string): [string, CommendedOutstanding][] {
  const commended = own(outstanding, person)
  return commended ? [[person, commended]] : []
}

function decided(nominations: readonly Nomination[], id: number, decision: NominationDecision): readonly Nomination[] {
  return nominations.map((nomination) => (nomination.id === id ? { ...nomination, decided: decision } : nomination))
}

const nominationSchema = z.looseObject({ nomination: z.int() })
const nominatedSchema = nominationSchema.extend({ person: z.string(), ticket: z.string(), why: z.string() })
const commendedSchema = nominationSchema.extend({ remark: z.string().nullable() })
const declinedSchema = nominationSchema.extend({ reason: z.string() })
const proposedSchema = z.looseObject({ people: z.array(z.string()) })
const outstandingSchema = z.looseObject({ person: z.string(), remark: z.string().nullable() })

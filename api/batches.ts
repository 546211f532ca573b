import type { Kysely } from 'kysely'
import { absencesOf, awayAt } from '../db/absences.ts'
import { isDatabaseAway } from '../db/connect.ts'
import { insertProcesses, takeEachSerial, type Intake } from '../db/intake.ts'
import { findEntries, type FoundEntry } from '../db/customers/find.ts'
import { undeliveredToEach, type Undelivered } from '../db/notice-list.ts'
import { directoryOf, namesOf } from '../db/people.ts'
import type { Mentioned } from '../workflows/act.ts'
import type { Database } from '../db/schema.ts'
import { similarOpenTickets, type KnownBy, type SimilarOpenTicket } from '../db/tickets.ts'
import { newestVersions, type NewestVersions } from '../db/versions.ts'
import type { ProcessTable } from '../db/process-table.ts'
import type { ProcessIntake } from '../db/write-intakes.ts'
import type { Identity } from '../domain/customers/identity.ts'
import { instantOf } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import { madeOnce } from '../domain/memory.ts'
import { own } from '../domain/own.ts'
import { emptyDirectory, type Directory } from '../domain/people.ts'
import { stoodInForBy, withDeputies } from '../domain/standing-in.ts'
import type { Clock } from '../runtime/clock.ts'
import { together } from '../runtime/batching.ts'

/** What a burst of requests reads and writes together, in one statement of each kind. */
export interface Questions {
  /** The newest versions of profiles and calendars at this moment. */
  readonly newest: () => Promise<NewestVersions>
  /** What of the people and teams that a form names must be known. */
  readonly directory: (mentioned: Mentioned) => Promise<Directory>
  /** The absent people for whom somebody stands in at this moment. */
  readonly stoodInForBy: (person: string) => Promise<readonly string[]>
  /** Names of people and teams by id, in a language. */
  readonly namesOf: (ids: readonly string[], locale: Locale) => Promise<Readonly<Record<string, string>>>
  /** What the customer of a ticket has not heard by mail. */
  readonly undeliveredTo: (ticket: string) => Promise<readonly Undelivered[]>
  /** The newest open tickets of a customer. */
  readonly openTicketsOf: (customer: KnownBy) => Promise<readonly SimilarOpenTicket[]>
  /** Whose entry of the directory it is. */
  readonly entryFor: (identity: Identity) => Promise<FoundEntry>
  /** The next serial of a ticket number's prefix. */
  readonly takeSerial: (counterKey: string) => Promise<number>
  /** Writes a new process, for good when it answers. */
  readonly insert: (intake: ProcessIntake) => Promise<Intake>
}

export function createQuestions({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }): Questions {
  const newest = together(async (questions: readonly undefined[]) => {
    const versions = await newestVersions(db, instantOf(clock.now().getTime()))
    return questions.map(() => versions)
  })
  const directory = together(async (questions: readonly Mentioned[]) => {
    const all = { people: questions.flatMap(({ people }) => people), teams: questions.flatMap(({ teams }) => teams) }
    const known = await directoryOf(db, all, instantOf(clock.now().getTime()))
    return questions.map((mentioned) => directoryAmong(known, mentioned))
  })
  const absences = together(async (questions: readonly undefined[]) => {
    const known = absencesOf(await awayAt(db, instantOf(clock.now().getTime())))
    return questions.map(() => known)
  })
  const named = together(async (questions: readonly Named[]) => {
    const spoken = [...new Set(questions.map(({ locale }) => locale))]
    const inEach = await Promise.all(
      spoken.map(async (locale) => {
        const ids = questions.flatMap((question) => (question.locale === locale ? question.ids : []))
        return [locale, await namesOf(db, ids, locale)] as const
      }),
    )
    const known = new Map(inEach)
    return questions.map(({ ids, locale }) => namesAmong(known.get(locale) ?? {}, ids))
  })
  // Each type's by themselves: a statement is about one table.
  const inserting = madeOnce((_: ProcessTable) =>
    together((intakes: readonly ProcessIntake[]) => insertProcesses(db, intakes), {
      most: writtenTogether,
      apart: (error) => !isDatabaseAway(error),
    }),
  )
  return {
    newest: () => newest(undefined),
    directory: async (mentioned) => (mentioned.people.length + mentioned.teams.length === 0 ? emptyDirectory : directory(mentioned)),
    stoodInForBy: async (person) => stoodInForBy(person, await absences(undefined)),
    namesOf: async (ids, locale) => (ids.length === 0 ? {} : named({ ids, locale })),
    undeliveredTo: together((tickets: readonly string[]) => undeliveredToEach(db, tickets)),
    openTicketsOf: together((customers: readonly KnownBy[]) => similarOpenTickets(db, customers, mostSimilar)),
    entryFor: together((identities: readonly Identity[]) => findEntries(db, identities)),
    takeSerial: together((counterKeys: readonly string[]) => takeEachSerial(db, counterKeys)),
    insert: (intake) => inserting(intake.of.table)(intake),
  }
}

/** A form may be as large as a body may be, and whoever waits at the end of a statement waits for all of it. */
const writtenTogether = 25
/** More would not be read while a customer waits on the line. */
const mostSimilar = 10

interface Named {
  readonly ids: readonly string[]
  readonly locale: Locale
}

function namesAmong(known: Readonly<Record<string, string>>, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const name = own(known, id)
      return name === undefined ? [] : [[id, name]]
    }),
  )
}

function directoryAmong({ people, teams }: Directory, mentioned: Mentioned): Directory {
  const known = new Map(Object.entries(people))
  const meant = new Set(withDeputies(mentioned.people, (id) => known.get(id)?.absence?.deputy))
  return {
    people: Object.fromEntries([...known].filter(([id]) => meant.has(id))),
    teams: teams.filter((id) => mentioned.teams.includes(id)),
  }
}

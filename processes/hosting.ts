import type { Kysely } from 'kysely'
import type { Keys } from '../db/contact-vault.ts'
import type { Figure } from '../db/figures/figure.ts'
import type { ProcessTable, ProfileOf } from '../db/process-table.ts'
import type { Database } from '../db/schema.ts'
import type { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { Actor, Role } from '../domain/people.ts'
import type { Contact } from '../domain/customer.ts'
import type { Labels } from '../domain/labels.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { FieldError } from '../domain/rejection.ts'
import type { ProcessStage } from '../domain/stages.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import type { HandOverCommand } from '../workflows/common/hand-over.ts'
import type { Ask, Draft, Process, ProcessState, Reply } from '../workflows/process.ts'
import type { ProfileReader } from './policies.ts'
import type { OwnSubject } from './subject.ts'

/**
 * What the world outside must know of a process type to keep it: its rows, its policy, what it asks. Whoever keeps processes
 * (API, gateway, worker, activities) is given the registry (`index.ts`) and knows none of them by name.
 */
export interface Hosting<
  S extends ProcessState = ProcessState,
  E extends Draft = Draft,
  P = unknown,
  F extends ProfileOf = ProfileOf,
  Given = unknown,
> {
  readonly process: Process<S, E, P, Given>
  /** Segment of its routes: `/api/{plural}`. */
  readonly plural: string
  readonly table: ProcessTable<S, E, F>
  /** What lists and notices call one, in the reader's language, by the profile that it runs by; absent: by the title in its row. */
  titleOf?(titled: Titled<S>, profile: Profile): Labels
  /** Its stages, as that profile calls them; absent: as the type does. */
  stagesIn?(profile: Profile): readonly ProcessStage[]
  /** By what a process of that profile runs, as things are now. */
  policyOf(readers: Readers, running: Running<S>): Promise<P>
  /** By which of its commands everything that somebody has of it goes to somebody else; absent: only by what people do with each. */
  readonly handOver?: HandOverCommand<S, E, P>
  /** How people meet it by the common routes, and other processes open it; absent: it has routes of its own, as tickets alone may. */
  readonly desk?: Desk<F, Given>
  /** Makes the input of a command that says `prepared` ready for the process: what history must not hold sealed, what only the world knows added. */
  prepare?(preparing: Preparing, to: Addressed, input: unknown): Promise<Prepared>
  /** What a command that says `shows` shows in clear, once that is on record; null: not any more, since it changed after event `seen`. */
  reveal?(sealing: Sealing, number: string, seen: number | null): Promise<Contact | null>
  /** What notices about these of its processes tell of; undefined where there is none of that number. */
  subjects(db: Kysely<Database>, numbers: readonly string[]): Promise<readonly (OwnSubject | undefined)[]>
  /** What is reckoned of its processes for reports and on demand; absent: nothing. */
  readonly figures?: readonly Figure[]
  /** Looks up what it asks of the world. Asking again does no harm; whatever fails is asked again. Absent: it asks only what concerns other processes. */
  answer?(world: World, ask: Ask): Promise<Reply>
}

/** How people meet processes of a type that has no routes of its own. */
export interface Desk<F extends ProfileOf = ProfileOf, Given = unknown> {
  /** What its rows take in beside the state. */
  formOf(given: Given, origin: ProfileOf): F
  /** What they are, for the page of the API: `Devices lent to customers`. */
  readonly about: string
  /** Who may see them, of those who work here; absent: whoever does. */
  readonly seenBy?: readonly Role[]
  /**
   * Nobody but `seenBy` learns by any answer, mail list or payload what stands in one: whoever else asks is told that they may not, whether there is
   * one of that number or not. Who gives a command is judged by the command alone. Absent: for whoever may not see it, it is not there.
   */
  readonly confidential?: true
  /** Who opens one. */
  readonly opens: readonly Role[]
  /** Pattern of the numbers of those that stand alone, as profiles write it. */
  readonly numbers: string | NamedBy<Given>
  /** Of those that belong to another process: `TS20231001001-L1`. */
  readonly letter: string
  /** What it must know of the world before it begins, looked up once nothing is wrong with what is said of it; absent: nothing. */
  lookUp?(readers: Readers, looking: LookingUp<Given>): Promise<LookedUp>
  /** Members of its events that its log does not tell; absent: it tells all. */
  readonly notLogged?: readonly string[]
  /** Columns of its own that answers show. */
  readonly shown: Readonly<Record<string, z.ZodType>>
  /** Those of them that its customer sees, too; of promises and of who works on it customers see nothing here. */
  readonly shownToCustomers: readonly string[]
}

export interface LookingUp<Given = unknown> {
  readonly given: Given
  readonly origin: ProfileOf
  /** When it is opened, and by whom. */
  readonly at: Instant
  readonly actor: Actor
}

/** What its first event is made with beside what is said of it (`found` of its birth); or what is wrong, as only the world could tell. */
export type LookedUp = { readonly ok: true; readonly found: unknown } | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Of a type of which there is one for each thing that can be said of it: the number that says it, instead of one that is counted. */
export interface NamedBy<Given> {
  of(given: Given, origin: ProfileOf): string
}

export interface Sealing {
  readonly db: Kysely<Database>
  readonly keys: Keys
}

export interface Preparing extends Sealing, Readers {}

/** Which command of which process an input is for. */
export interface Addressed {
  readonly command: string
  readonly number: string
}

/** What became of an input: as the process is given it, or what is wrong with the part that had to be made ready, and the rest of it. */
export type Prepared =
  /** `of`: the version of the rows from which it was filled in, since on another one it would say something else; absent: from none. */
  | { readonly ok: true; readonly input: unknown; readonly of?: number }
  | { readonly ok: false; readonly errors: readonly FieldError[]; readonly rest: unknown }

/** A process as it is named for people. */
export interface Titled<S extends ProcessState = ProcessState> {
  readonly state: S
  /** As it stands in its row: the words of a person, or what whoever knows no profile has to do with. */
  readonly title: string
}

/** A process as whoever starts or continues it finds it in the rows. */
export interface Running<S extends ProcessState = ProcessState> extends ProfileOf {
  readonly number: string
  readonly state: S
}

export interface Readers {
  readonly db: Kysely<Database>
  readonly profileOf: ProfileReader
}

/** Where asks are looked up. */
export interface World extends Readers {
  readonly keys: Keys
  readonly clock: Clock
  readonly log: Logger
}

/** Every type that is kept; the methods of each are given nothing but its own states, events and policies. */
export type Registry = readonly Hosting[]

/** A type that people meet by the common routes, and are answered of in the form that these have for all types alike. */
export type MetCommonly = Hosting & { readonly desk: Desk }

/** Names of the types of which nothing is told but to those who may see them. Their numbers begin with the name of the type. */
export function confidentialTypesOf(processes: Registry): string[] {
  return typesOf(processes.filter(({ desk }) => desk?.confidential))
}

/** Whether people meet the type by the common routes; otherwise it has routes, and forms of answers, of its own. */
export function hasCommonRoutes(host: Hosting): host is MetCommonly {
  return host.desk !== undefined
}

/** The type of that name; undefined where a newer release knows it, and this one does not. */
export function hostOf(processes: Registry, name: string): Hosting | undefined {
  return processes.find(({ process }) => process.name === name)
}

/** The names of all types that are kept. */
export function typesOf(processes: Registry): string[] {
  return processes.map(({ process }) => process.name)
}

import type { Kysely } from 'kysely'
import type { Draft, ProcessState, Recorded } from '../workflows/process.ts'
import type { HeadColumns } from './heads.ts'
import type { LedgerLines } from './ledger-lines.ts'
import type { Database } from './schema.ts'

/**
 * The table of a process type: one row a process, with its newest state, and beside that whatever lists of the type are
 * filtered and sorted by. Its columns are declared once, by name: a column that nobody declares does not compile, and one that
 * is declared is written, at birth and with every batch of events.
 */
export interface ProcessTable<S extends ProcessState = ProcessState, E extends Draft = Draft, F = unknown> {
  /** In Postgres. */
  readonly name: string
  /** Beside {@link CommonColumns}, each by its camelCase name; in Postgres it is snake_case. */
  readonly columns: Readonly<Record<string, Column<S, E, F>>>
  /** How the row gives what every process has, where no column of that name does. */
  readonly head: HeadColumns
  /**
   * A unique index over it: of what that holds there is one open process of a profile at a time, whoever opens another. `of`: the columns that say of what,
   * beside the profile. Absent: there is none.
   */
  readonly onlyOne?: { readonly index: string; readonly of: readonly string[] }
  /** Its lines in the ledgers; absent: it has none. */
  ledgers?(events: readonly Recorded<E>[]): LedgerLines
  /** What else is written with the row; absent: nothing. */
  readonly search?: SearchPart<F>
  /** What is written beside new processes, of which others may write the same at that moment; absent: nothing. */
  readonly beside?: BesidePart<F>
}

/** A column, and when it is written. Values are what Postgres takes from JSON. */
export type Column<S, E extends Draft, F> = StateColumn<S> | FormColumn<F> | ToldColumn<E, F> | MadeColumn

/** What of a column its table is made by (create-process-table.ts). */
export interface Declared {
  readonly type: ColumnType
  /** It may be null; absent: it never is. */
  readonly nullable?: true
  /** A text that people wrote, in the order of the database; absent: an id or a code, which compare byte by byte. */
  readonly prose?: true
}

/** Made by Postgres from others, by that expression. */
export interface MadeColumn extends Declared {
  readonly made: string
}

/** What the state says: at birth, and whenever a batch is news to the row. */
interface StateColumn<S> extends Declared {
  ofState(state: S): unknown
}

/** What the form said, for good. */
interface FormColumn<F> extends Declared {
  ofForm(form: F): unknown
  /** What it becomes with a batch, where it follows from what other columns are given; `given` is the parameter of such a one. */
  readonly becomes?: (given: (column: string) => string) => string
}

/** What the form said, until an event says otherwise: the last word counts. */
interface ToldColumn<E extends Draft, F> extends Declared {
  ofForm(form: F): unknown
  /** Undefined: the event says nothing of it. */
  ofEvent(event: Recorded<E>): unknown
  /** `merged`: an object whose members are changed one by one, and taken away by null. `clearable`: an empty text means that there is none. */
  readonly manner?: 'merged' | 'clearable'
}

export type ColumnType = 'text' | 'text[]' | 'integer' | 'boolean' | 'timestamptz' | 'jsonb'

/** Texts that are searched for, in a table of their own so that an act does not write their index anew. */
export interface SearchPart<F> {
  /** That table, in Postgres. */
  readonly table: string
  /** Columns of which its row is made. */
  readonly columns: readonly string[]
  /** Makes the row anew from the process' own. In the transaction that changed it. */
  refresh(trx: Kysely<Database>, number: string): Promise<void>
  /** The row of a new process. */
  line(number: string, form: F): Readonly<Record<string, unknown>>
  /** Inserts the lines, the parameter at that place, of the processes in `base`: parts of a statement. */
  insert(at: number): string
}

/** Rows that a new process shares with others: found where they are there, made where they are not. */
export interface BesidePart<F> {
  /** Whether a statement failed since another one has made, or taken away, what stands beside the process: then it is looked for again. */
  isContested(error: unknown): boolean
  /** The forms of those that are taken in together, each knowing of those before it. */
  among(forms: readonly F[]): F[]
  /** The form as things are now, since somebody else came first. */
  again(db: Kysely<Database>, form: F): Promise<F>
  /** Lines of each kind for a new process. */
  lines(number: string, form: F): readonly (readonly unknown[])[]
  /** Writes the lines, the parameters from that place on, of the processes in `base`: parts of a statement. */
  insert(at: number): string
  /** How many kinds of lines there are. */
  readonly kinds: number
}

/** Which version of which profile a process keeps until it is migrated on purpose (X1). */
export interface ProfileOf {
  readonly profile: string
  readonly profileVersion: number
}

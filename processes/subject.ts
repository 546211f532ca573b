import type { Kysely } from 'kysely'
import type { ProfileOf } from '../db/process-table.ts'
import type { Database } from '../db/schema.ts'
import type { Instant } from '../domain/instant.ts'
import type { ClockWords, NoticeSubject, TypeWords } from '../domain/notices/subject-values.ts'
import type { AnyNoticeKind } from '../domain/notices/custom.ts'
import type { Waited } from '../domain/notices/still-so.ts'
import type { PromiseState } from '../workflows/promise.ts'

/** What notices tell of, as it is now: what may be said of it, whose it is, and who works on it. */
export interface Subject extends ProfileOf, NoticeSubject {
  readonly requester: string | null
  readonly team: string
  /** Null: nobody is to be written to. */
  readonly contact: SealedFor | null
  readonly promises: readonly PromiseState[]
  /** Told also when quiet hours hold what has its priority. Absent: they hold it, unless its priority is excepted. */
  readonly atAnyHour?: boolean
  /** Whether what a notice that had to wait says is still so. */
  isStillSo(kind: AnyNoticeKind, notice: Waited, now: Instant): boolean
}

/** A contact with the number for which it is sealed, and by which alone it opens: that of the process whose customer it is. */
export interface SealedFor {
  readonly number: string
  readonly sealed: string
}

/** For whom something is done: what they are called, how they came, and how they are reached. */
export type SubjectCustomer = Pick<
  Subject,
  'customerName' | 'customerCompany' | 'customerAccount' | 'channel' | 'contactMasked' | 'contact'
>

/** What a type says of one of its processes: not what the type itself is called, which its `Hosting` knows. */
export interface OwnSubject extends Omit<Subject, keyof SubjectCustomer | 'words'> {
  /**
   * Its customer. `of`: who is the customer of the process of that number, such as the one it belongs to; who keeps in touch with them, and
   * under which login they are known, is then taken from there where it says nothing of that itself. Null: it has none.
   */
  readonly customer: SubjectCustomer | { readonly of: string } | null
  /** What clocks of this one process are called, before the words of its type; absent: nothing else. */
  readonly clocks?: readonly ClockWords[]
}

/** A type, as far as it says what notices about its processes tell of; undefined where it has none of that number. */
export interface Telling {
  readonly process: TypeWords
  subjects(db: Kysely<Database>, numbers: readonly string[]): Promise<readonly (OwnSubject | undefined)[]>
}

/** What notices about these processes tell of, whatever their types, in their order. */
export async function subjectsOf(
  db: Kysely<Database>,
  types: readonly Telling[],
  numbers: readonly string[],
): Promise<(Subject | undefined)[]> {
  return withCustomers((asked) => ownSubjects(db, types, asked), numbers)
}

async function ownSubjects(
  db: Kysely<Database>,
  types: readonly Telling[],
  numbers: readonly string[],
): Promise<(TypedSubject | undefined)[]> {
  const ofEach = await Promise.all(
    types.map(async (type) =>
      (await type.subjects(db, numbers)).map((subject) => subject && { ...subject, words: wordsFor(type.process, subject) }),
    ),
  )
  return numbers.map((_, at) => ofEach.flatMap((subjects) => subjects[at] ?? [])[0])
}

function wordsFor(words: TypeWords, { clocks }: OwnSubject): TypeWords {
  return clocks === undefined ? words : { ...words, clocks: [...clocks, ...(words.clocks ?? [])] }
}

/** The same with the words of its type. */
export type TypedSubject = OwnSubject & Pick<Subject, 'words'>

/** Asks the types for what they say of these processes, in their order. */
type AskSubjects = (numbers: readonly string[]) => Promise<readonly (TypedSubject | undefined)[]>

/** What notices about these processes tell of, in their order, each with its customer. */
export async function withCustomers(ask: AskSubjects, numbers: readonly string[]): Promise<(Subject | undefined)[]> {
  const found = await ask(numbers)
  const others = [...new Set(found.flatMap((subject) => otherOf(subject) ?? []))]
  // One that belongs to another stands in no circle: the other one was there before it.
  const theirs = others.length === 0 ? [] : await withCustomers(ask, others)
  return found.map((subject) => subject && whole(subject, theirs[others.indexOf(otherOf(subject) ?? '')]))
}

function otherOf(subject: TypedSubject | undefined): string | undefined {
  return subject?.customer && 'of' in subject.customer ? subject.customer.of : undefined
}

function whole({ customer, ...own }: TypedSubject, other: Subject | undefined): Subject {
  if (customer && !('of' in customer)) return { ...own, ...customer }
  if (!other) return { ...own, ...nobody }
  const { customerName, customerCompany, customerAccount, channel, contactMasked, contact, requester, representative } = other
  return {
    ...own,
    ...{ customerName, customerCompany, customerAccount, channel, contactMasked, contact },
    requester: own.requester ?? requester,
    representative: own.representative ?? representative,
  }
}

const nobody: SubjectCustomer = {
  customerName: null,
  customerCompany: null,
  customerAccount: null,
  contactMasked: { phone: null, email: null },
  contact: null,
}

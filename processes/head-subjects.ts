import type { Kysely } from 'kysely'
import { headsOfType, type Headed } from '../db/heads.ts'
import type { Database, Head } from '../db/schema.ts'
import type { Hosting } from './hosting.ts'
import type { OwnSubject, Telling } from './subject.ts'

/**
 * What notices tell of processes of a type, by what its rows give of every process. Of a priority they tell nothing: that is looked up in
 * the priorities that profiles have for tickets. Unless the type says otherwise, its customer is that of the process it belongs to, quiet
 * hours hold what is told of it, and what had to wait is still so until it has ended.
 */
export function headSubjects(
  type: Headed & Pick<Hosting, 'titleOf'>,
  saying: (head: Head, db: Kysely<Database>) => Saying | Promise<Saying> = () => ({}),
): Telling['subjects'] {
  return async (db, numbers) => {
    const heads = new Map((await headsOfType(db, type, numbers)).map((head) => [head.number, head]))
    return Promise.all(
      numbers.map(async (number) => {
        const head = heads.get(number)
        return head && { ...usual(head, type), ...(await saying(head, db)) }
      }),
    )
  }
}

/** What of it a type may say itself. */
type Saying = Partial<Pick<OwnSubject, 'customer' | 'atAnyHour' | 'isStillSo'>>

function usual(head: Head, { titleOf }: Pick<Hosting, 'titleOf'>): OwnSubject {
  const { number, profile, profileVersion, stage, title, parent, requester, representative, assignee, team, state, ended } = head
  return {
    ...{ number, profile, profileVersion, stage, title, requester, representative, assignee, team },
    ...(titleOf && { titleIn: (running) => titleOf(head, running) }),
    type: null,
    priority: null,
    customer: parent === null ? null : { of: parent },
    promises: state.promises,
    isStillSo: () => !ended,
  }
}

import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../../db/schema.ts'
import type { OwnSubject } from '../../../../processes/subject.ts'
import type { LoanState } from '../../workflows/loan/state.ts'

/** What notices tell of loans. */
export async function loanSubjects(db: Kysely<Database>, numbers: readonly string[]): Promise<(OwnSubject | undefined)[]> {
  const { rows } = await sql<Row>`
    select number, profile, profile_version, stage, device, parent, assignee, requester, team, state
    from loans where number = any(${numbers})`.execute(db)
  return numbers.map((number) => {
    const row = rows.find((one) => one.number === number)
    return row && subjectOf(row)
  })
}

interface Row {
  readonly number: string
  readonly profile: string
  readonly profileVersion: number
  readonly stage: string
  readonly device: string
  readonly parent: string | null
  readonly assignee: string | null
  readonly requester: string | null
  readonly team: string
  readonly state: LoanState
}

function subjectOf({ device, parent, state, ...row }: Row): OwnSubject {
  return {
    ...row,
    title: device,
    type: null,
    priority: null,
    // A device that is not back is missing to somebody at night, too.
    atAnyHour: true,
    representative: null,
    customer: parent === null ? null : { of: parent },
    promises: state.promises,
    isStillSo: () => state.stage !== 'closed',
  }
}

import {
  deleteAbsence,
  insertAbsence,
  listAbsences,
  lockAbsence,
  lockDeputies,
  updateAbsence,
  type Absence,
  type RecordedAbsence,
} from '../../db/absences.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { directoryOf } from '../../db/people.ts'
import { century, instantOf, plus, type Instant } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import type { Directory } from '../../domain/people.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { canHandle, handlerError, missingError, staffError, unfitForWork } from '../../workflows/common/assignees.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey } from '../http/headers.ts'
import type { InputError } from '../messages/render.ts'
import { refuseUnknownNames } from './filters.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import * as operations from '../operations/absences.ts'
import { leadRoles } from '../access/roles.ts'
import { reads, writes, type App } from './serving.ts'

/** Who is away and who stands in: recorded, changed, ended and listed (X8). */
export function addAbsences(app: App, context: Context): void {
  const { db, clock, once } = context
  const now = () => instantOf(clock.now().getTime())

  reads(app, operations.listAbsences, async ({ query, answer }) => {
    const absences = await listAbsences(db, now(), query.person)
    if (absences.length === 0) await refuseUnknownNames(db, query)
    return answer({ items: absences.map(absenceView) })
  })

  writes(app, operations.recordAbsence, async ({ c, caller, body, raw, stored }) => {
    const key = requestKey(c)
    mayRecordFor(caller, body.person)
    const { person, from = now(), until = null, deputy = null, note = null } = body
    const absence: Absence = { person, absentFrom: from, absentUntil: until, deputy, note }
    const done = await once({ caller: caller.id, key, route: 'POST /api/absences', ticket: null, body: raw }, (request) =>
      inRowsOnce(db, request, now(), async (trx) => {
        await lockDeputies(trx)
        await refuseFaulty(absence, trx)
        return { status: 201, body: absenceView({ ...absence, id: await insertAbsence(trx, absence) }) }
      }),
    )
    return stored(done)
  })

  writes(app, operations.changeAbsence, async ({ caller, params, body, answer }) => {
    const changed = await db.transaction().execute(async (trx) => {
      await lockDeputies(trx)
      const before = running(await lockAbsence(trx, params.id), caller, params.id)
      const { from = before.absentFrom, until = before.absentUntil, deputy = before.deputy, note = before.note } = body
      const change = { absentFrom: from, absentUntil: until, deputy, note }
      await refuseFaulty({ ...before, ...change }, trx)
      await updateAbsence(trx, params.id, change)
      return { ...before, ...change }
    })
    return answer(absenceView(changed))
  })

  writes(app, operations.endAbsence, async ({ c, caller, params, raw, stored }) => {
    const key = requestKey(c)
    const route = `POST /api/absences/${params.id}/end`
    const done = await once({ caller: caller.id, key, route, ticket: null, body: raw }, (request) =>
      inRowsOnce(db, request, now(), async (trx) => {
        const absence = running(await lockAbsence(trx, params.id), caller, params.id)
        const at = now()
        const begun = absence.absentFrom < at
        if (begun) await updateAbsence(trx, params.id, { absentUntil: at })
        else await deleteAbsence(trx, params.id)
        return { status: 200, body: absenceView({ ...absence, absentUntil: begun ? at : absence.absentFrom }) }
      }),
    )
    return stored(done)
  })

  /** The absence, if there is one that lasts or is to come and the caller may change it. */
  function running(absence: RecordedAbsence | undefined, caller: Caller, id: number): RecordedAbsence {
    if (!absence) throw problem('unknown-absence', { id })
    mayRecordFor(caller, absence.person)
    if (absence.absentUntil !== null && absence.absentUntil <= now()) throw problem('absence-ended', { until: absence.absentUntil })
    return absence
  }

  async function refuseFaulty({ person, deputy, absentFrom, absentUntil }: Absence, rows: typeof db): Promise<void> {
    // Who stands in must be there when it begins, not when it is written down.
    const at: Instant = absentFrom > now() ? absentFrom : now()
    const people = [person, ...(deputy === null ? [] : [deputy])]
    const directory = await directoryOf(rows, { people, teams: [] }, at)
    // Customers and machines are not away, and stand in for nobody.
    const unfit = unfitForWork({ person, deputy }, { people: [...new Set(people)] }, { requester: null, directory })
    const errors: (InputError | undefined)[] = [
      staffError('person', person, directory),
      deputy === null ? undefined : deputyError(person, deputy, directory),
      tooFar('from', absentFrom),
      absentUntil === null ? undefined : tooFar('until', absentUntil),
      absentUntil === null ? undefined : tooEarly(absentUntil, absentFrom),
    ]
    const others = errors.filter((error) => error !== undefined && !unfit.some(({ path }) => path === error.path))
    const found: InputError[] = [...unfit, ...others].filter((error) => error !== undefined)
    if (found.length > 0) throw invalidInput(found)
  }

  /** One that is over stands in no list, and nobody stood in; ending one is an operation of its own, and says when. */
  function tooEarly(until: Instant, from: Instant): InputError | undefined {
    if (until <= from) return { path: 'until', code: 'too-early', params: { given: until, earliest: from } }
    return until > now() ? undefined : { path: 'until', code: 'not-after-now', params: { given: until, now: now() } }
  }

  function tooFar(path: string, given: Instant): InputError | undefined {
    return given > plus(now(), century) ? { path, code: 'too-far', params: { given } } : undefined
  }
}

/** What is assigned to the absent goes to the deputy: whoever stands in for somebody who handles tickets must be able to, and be there. */
function deputyError(person: string, deputy: string, { people, teams }: Directory): FieldError | undefined {
  if (deputy === person) return { path: 'deputy', code: 'own-deputy', params: { person } }
  const absent = own(people, person)
  if (!absent) return missingError('deputy', deputy, { people, teams })
  // With this absence: two who stand in for each other are found here.
  const directory = { people: { ...people, [person]: { ...absent, absence: { deputy } } }, teams }
  return canHandle(absent)
    ? handlerError('deputy', deputy, directory)
    : (staffError('deputy', deputy, directory) ?? missingError('deputy', deputy, directory))
}

function mayRecordFor(caller: Caller, person: string): void {
  if (person === caller.id || leadRoles.some((role) => caller.roles.includes(role))) return
  throw problem('only-for-yourself', { roles: leadRoles })
}

function absenceView({ id, person, absentFrom, absentUntil, deputy, note }: RecordedAbsence) {
  return { id, person, from: absentFrom, until: absentUntil, deputy, note }
}

import { z } from '@hono/zod-openapi'
import { inRowsOnce } from '../../db/effects.ts'
import { directoryOf, insertAbsence, listAbsences, listPeople, listTeams, type Absence } from '../../db/people.ts'
import { century, instantOf, instantSchema, plus } from '../../domain/instant.ts'
import { personIdSchema, roleSchema, teamIdSchema, type Directory, type Role } from '../../domain/people.ts'
import { forbidden, type FieldError } from '../../domain/rejection.ts'
import { handlerError } from '../../workflows/ticket/assignees.ts'
import { shortText } from '../../workflows/ticket/inputs.ts'
import { leadRoles, staffRoles } from '../access.ts'
import type { Caller } from '../auth.ts'
import type { Context } from '../deps.ts'
import { idempotencyKey } from '../headers.ts'
import { none, reads, writes, type App } from '../operation.ts'
import { invalidInput, rejected } from '../problem.ts'
import { instantAnswer, pageOf } from '../views/schemas.ts'
import { own } from '../../domain/own.ts'

const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    roles: z.array(z.string()),
    teams: z.array(z.string()),
    skills: z.array(z.string()),
    absence: z.object({ until: instantAnswer.nullable(), deputy: z.string().nullable() }).nullable(),
  })
  .openapi('Person')

const teamSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    labels: z.record(z.string(), z.string()),
    lead: z.string().nullable(),
    supervisor: z.string().nullable(),
    departmentHead: z.string().nullable(),
    members: z.array(z.string()),
  })
  .openapi('Team')

const absenceSchema = z
  .object({
    id: z.int(),
    person: z.string(),
    from: instantAnswer,
    until: instantAnswer.nullable(),
    deputy: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('Absence')

/** People, teams, and who is away and who stands in (X8). */
export function addPeople(app: App, context: Context): void {
  const { db, clock, once } = context
  const now = () => instantOf(clock.now().getTime())

  reads(
    app,
    {
      path: '/api/people',
      id: 'listPeople',
      tag: 'People',
      summary: 'Active people, with teams, skills and absence',
      roles: staffRoles,
      params: none,
      query: z.strictObject({ role: roleSchema.optional(), team: teamIdSchema.optional() }),
      answer: { status: 200, description: 'The people', schema: pageOf(personSchema) },
    },
    async ({ c, query }) => {
      const [people, absences] = await Promise.all([listPeople(db, definedOf(query)), listAbsences(db, now())])
      const away = new Map(absences.filter(({ absentFrom }) => absentFrom <= now()).map((absence) => [absence.person, absence]))
      const items = people.map(({ id, name, email, roles, teams, skills }) => {
        const absence = away.get(id)
        return { id, name, email, roles, teams, skills, absence: absence ? { until: absence.absentUntil, deputy: absence.deputy } : null }
      })
      return c.json({ items, next: null })
    },
  )

  reads(
    app,
    {
      path: '/api/teams',
      id: 'listTeams',
      tag: 'People',
      summary: 'Teams, their members and whom a breach climbs to',
      roles: staffRoles,
      params: none,
      query: none,
      answer: { status: 200, description: 'The teams', schema: pageOf(teamSchema) },
    },
    async ({ c }) => c.json({ items: (await listTeams(db)).map((team) => ({ ...team, label: team.labels[c.get('locale')] })), next: null }),
  )

  reads(
    app,
    {
      path: '/api/absences',
      id: 'listAbsences',
      tag: 'People',
      summary: 'Who is or will be away, and who stands in',
      roles: staffRoles,
      params: none,
      query: none,
      answer: { status: 200, description: 'Absences that have not ended', schema: pageOf(absenceSchema) },
    },
    async ({ c }) => c.json({ items: (await listAbsences(db, now())).map(absenceView), next: null }),
  )

  writes(
    app,
    {
      method: 'post',
      path: '/api/absences',
      id: 'recordAbsence',
      tag: 'People',
      summary: 'Record an absence and its deputy',
      description:
        "One's own, or as supervisor, department lead or admin anybody's. While it lasts, what is assigned to the person goes to the deputy.",
      roles: staffRoles,
      params: none,
      query: none,
      body: z.strictObject({
        person: personIdSchema,
        from: instantSchema.optional().describe('default: now'),
        until: instantSchema.optional().describe('back from this instant on; absent while nobody knows'),
        deputy: personIdSchema.optional(),
        note: shortText.optional(),
      }),
      answer: { status: 201, description: 'Recorded', schema: absenceSchema },
    },
    async ({ c, caller, body, raw }) => {
      const key = idempotencyKey(c.req.header('idempotency-key'))
      c.header('Idempotency-Key', key)
      mayRecordFor(caller, body.person)
      const at = now()
      const absence: Absence = {
        person: body.person,
        absentFrom: body.from ?? at,
        absentUntil: body.until ?? null,
        deputy: body.deputy ?? null,
        note: body.note ?? null,
      }
      const answer = await once({ caller: caller.id, key, route: 'POST /api/absences', ticket: null, body: raw }, async (request) => {
        const errors = await absenceErrors(absence)
        if (errors.length > 0) throw invalidInput(errors)
        return inRowsOnce(db, request, at, async (trx) => ({
          status: 201,
          body: absenceView({ ...absence, id: await insertAbsence(trx, absence) }),
        }))
      })
      return c.json(answer.body, 201)
    },
  )

  async function absenceErrors({ person, deputy, absentFrom, absentUntil }: Absence): Promise<FieldError[]> {
    const errors: FieldError[] = []
    const { people } = await directoryOf(db, { people: [person, ...(deputy === null ? [] : [deputy])], teams: [] }, now())
    const away = own(people, person)
    if (!away) errors.push({ path: 'person', code: 'unknown-person', params: { person } })
    const standIn = deputy === null ? undefined : deputyError(person, deputy, people)
    if (standIn) errors.push(standIn)
    for (const [path, given] of [
      ['from', absentFrom],
      ['until', absentUntil],
    ] as const)
      if (given !== null && given > plus(now(), century)) errors.push({ path, code: 'too-far', params: { given } })
    if (absentUntil !== null && absentUntil <= absentFrom)
      errors.push({ path: 'until', code: 'too-early', params: { given: absentUntil, earliest: absentFrom } })
    return errors
  }
}

/** What is assigned to the absent goes to the deputy: whoever stands in for somebody who handles tickets must be able to. */
function deputyError(person: string, deputy: string, people: Directory['people']): FieldError | undefined {
  if (deputy === person) return { path: 'deputy', code: 'same-person', params: { person } }
  const directory = { people, teams: [] }
  const handles = handlerError('person', person, directory)?.code !== 'cannot-handle'
  if (handles) return handlerError('deputy', deputy, directory)
  return own(people, deputy) ? undefined : { path: 'deputy', code: 'unknown-person', params: { person: deputy } }
}

function mayRecordFor(caller: Caller, person: string): void {
  if (person === caller.id || leadRoles.some((role) => caller.roles.includes(role))) return
  throw rejected(forbidden('wrong-role', { roles: leadRoles }))
}

function absenceView({ id, person, absentFrom, absentUntil, deputy, note }: Absence & { readonly id: number }) {
  return { id, person, from: absentFrom, until: absentUntil, deputy, note }
}

function definedOf({ role, team }: { readonly role?: Role | undefined; readonly team?: string | undefined }) {
  return { ...(role !== undefined && { role }), ...(team !== undefined && { team }) }
}

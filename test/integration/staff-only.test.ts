import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { chooseForDispatch } from '../../db/dispatch.ts'
import { insertAbsence } from '../../db/absences.ts'
import { directoryOf, putPerson } from '../../db/people.ts'
import { instantOf } from '../../domain/instant.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { form, openOffice, type Office, type Speaker } from '../support/api.ts'
import { english, peopleOf, registered, usualInput, type CommandName, type Input, type People } from '../support/walk.ts'
import { usual } from '../support/tickets.ts'

/** Wherever somebody is named for work, it is somebody who works here; and nobody is given work on a ticket of which they are the customer. */

let office: Office
let people: People
let number: string
/** Registered by somebody who works here and is a customer too. */
let own: string
let both: Speaker
const bothId = 'engineer-both'
const now = () => instantOf(Date.now())

beforeAll(async () => {
  office = await openOffice({ worker: false })
  people = await peopleOf(office)
  const staff = { name: '钱同', email: 'qian@bihuan.example', active: true, skills: ['software'], teams: ['tech-support'] }
  await putPerson(office.db, { id: bothId, ...staff, roles: ['engineer', 'customer'] })
  both = await office.person(bothId)
  number = await registered(people.agent)
  own = await registered(both, { customer: undefined })
})
afterAll(() => office.close())

const department = { department: 'tech-support', contact: 'engineer-chen', need: '请协助排查' }

/** Commands that name people, with an input that names one. */
const naming: readonly [string, (person: string) => Input][] = ticketProcess.commands.flatMap((command) => {
  if (!isUsual(command.name)) return []
  const input = {
    ...usualInput(command.name),
    ...(command.name === 'plan' && { departments: [department] }),
    ...(command.name === 'move-milestone' && { owner: 'engineer-chen' }),
    ...(command.name === 'hand-up' && { team: undefined, supervisor: 'supervisor-sun' }),
  }
  const named = command.mentions(input).people
  return named.length === 0 ? [] : [[command.name, (person) => replaced(input, named, person)] as const]
})

describe('a customer is given no work', () => {
  it('every command that names people is tried', () => {
    expect(naming.map(([name]) => name)).toEqual([
      'assign',
      'reassign',
      'hand-over',
      'plan',
      'add-helper',
      'hand-up',
      'record-coordination',
      'move-milestone',
    ])
  })

  it.each(naming)('by %s', async (command, input) => {
    const heard = await people.admin.post(`/api/tickets/${number}/${command}`, input('customer-he'), english)
    expect([heard.status, heard.errors]).toMatchObject([422, [{ code: 'not-staff', message: expect.stringContaining('何俊') }]])
  })

  it.each(naming)('nor is a machine, by %s', async (command, input) => {
    const heard = await people.admin.post(`/api/tickets/${number}/${command}`, input('service-portal'), english)
    expect([heard.status, heard.errors]).toMatchObject([422, [{ code: 'machine', message: expect.stringContaining('service account') }]])
  })

  it.each(naming)('nor one who works here, on their own ticket, by %s', async (command, input) => {
    const heard = await people.admin.post(`/api/tickets/${own}/${command}`, input(bothId), english)
    expect([heard.status, heard.errors]).toMatchObject([422, [{ code: 'not-staff' }]])
  })

  it('at registration', async () => {
    for (const path of ['assignee', 'representative']) {
      const heard = await people.agent.post('/api/tickets', { ...form, [path]: 'customer-he' })
      expect([heard.status, heard.errors]).toMatchObject([422, [{ path, code: 'cannot-handle' }]])
    }
  })

  it('as deputy, whoever records the absence, nor is one away', async () => {
    for (const [absence, path] of [
      [{ person: 'lead-xu', deputy: 'customer-he' }, 'deputy'],
      [{ person: 'quality-wu', deputy: 'customer-he' }, 'deputy'],
      [{ person: 'customer-he' }, 'person'],
    ] as const) {
      const heard = await people.lead.post('/api/absences', absence)
      expect([heard.status, heard.errors], path).toMatchObject([422, [{ path, code: 'not-staff' }]])
    }
    const machine = await people.lead.post('/api/absences', { person: 'lead-xu', deputy: 'service-portal' })
    expect([machine.status, machine.errors]).toMatchObject([422, [{ path: 'deputy', code: 'machine' }]])
  })

  it('as deputy from before it was refused: they stand in for nobody', async () => {
    const away = { absentFrom: '2020-01-01T00:00:00.000Z', absentUntil: null, note: null }
    await insertAbsence(office.db, { person: 'engineer-liu', deputy: 'customer-he', ...away })
    const { people: known } = await directoryOf(office.db, { people: ['engineer-liu'], teams: [] }, now())
    expect(known['engineer-liu']?.absence).toEqual({ deputy: null })
  })

  it('by automatic dispatch, where somebody who works here is the customer', async () => {
    const assignees = async (of: string) =>
      (await chooseForDispatch(office.db, { number: of, team: 'tech-support', skills: ['software'] }, now())).map(
        ({ assignee }) => assignee,
      )
    expect(await assignees(number)).toContain(bothId)
    expect(await assignees(own)).not.toContain(bothId)
  })
})

function isUsual(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}

function replaced(input: Input, named: readonly string[], person: string): Input {
  const text = named.reduce((sofar, name) => sofar.replaceAll(JSON.stringify(name), JSON.stringify(person)), JSON.stringify(input))
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}

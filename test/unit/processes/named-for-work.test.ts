import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isObject, itemsOf, memberOf } from '../../../domain/document/loose.ts'
import { roles, type Directory, type Role } from '../../../domain/people.ts'
import { processes } from '../../../processes/index.ts'
import { unfitForWork } from '../../../workflows/common/assignees.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { loan } from '../../loan/processes/loan/host.ts'

/** Whoever an input names is looked up, and judged in one place whether work can go to them: no field is forgotten, no machine is named. */

const hosts = [...processes, loan]

/** Fields that name somebody to whom no work goes: who had it until now, whose a loan is, one of those whom scores propose. */
const withoutWork = [
  ...hosts.map(({ process }) => `${process.name} hand-over from`),
  'loan, a new one requester',
  'assessment commend-outstanding person',
  'ticket remove-helper helper',
]

const inputs = hosts.flatMap(({ process }) => [
  ...process.commands
    .filter(isForPeople)
    .map((command) => ({ name: `${process.name} ${command.name}`, schema: command.input, mentions: command.mentions.bind(command) })),
  {
    name: `${process.name}, a new one`,
    schema: process.birth.input,
    mentions: (sent: unknown) => {
      const read = process.birth.read(sent)
      return read.ok ? read.beginning.mentions : { people: [], teams: [] }
    },
  },
])

describe('T17, S9, Q7: whom an input names', () => {
  it.each(inputs)('is looked up by $name', ({ name, schema, mentions }) => {
    const form = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    for (const place of peopleIn(form).filter((path) => !withoutWork.includes(`${name} ${path}`))) {
      const sent = filled(form, place)
      expect(schema.safeParse(sent).error, `a whole input for ${place}`).toBeUndefined()
      expect(mentions(sent).people, place).toContain(somebody)
    }
  })

  it('is somewhere in inputs of every type that has work for people', () => {
    const naming = inputs.filter(({ schema }) => peopleIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).length > 0)
    expect(naming.map(({ name }) => name)).toEqual(expect.arrayContaining(['review add-action', 'assessment nominate', 'ticket plan']))
    expect(naming.length).toBeGreaterThan(12)
  })

  it('is somebody who works here, no machine, and not the customer whose it is', () => {
    const holding = (held: readonly Role[]): Directory => ({ people: { [somebody]: { roles: held, teams: [] } }, teams: [] })
    const named = { owner: somebody, participants: [{ person: somebody }] }
    const judged = (held: readonly Role[], requester: string | null = null) =>
      unfitForWork(named, { people: [somebody] }, { requester, directory: holding(held) }).map(({ path, code }) => `${path} ${code}`)
    const both = (code: string) => [`owner ${code}`, `participants[0].person ${code}`]
    for (const role of roles)
      expect(judged([role]), role).toEqual(role === 'customer' ? both('not-staff') : role === 'service' ? both('machine') : [])
    expect(judged(['customer', 'service'])).toEqual(both('machine'))
    expect(judged(['engineer', 'service', 'customer'])).toEqual([])
    expect(judged(['engineer'], somebody)).toEqual(both('not-staff'))
  })
})

const somebody = 'somebody'

/** Paths of the fields in which people are chosen: `participants.0.person`. */
function peopleIn(form: unknown, path: readonly string[] = []): string[] {
  if (String(memberOf(form, 'x-choices-from')).startsWith('people')) return [path.join('.')]
  const properties = memberOf(form, 'properties')
  const inside = isObject(properties) ? Object.entries(properties).flatMap(([key, one]) => peopleIn(one, [...path, key])) : []
  const items = memberOf(form, 'items')
  return [
    ...inside,
    ...(items === undefined ? [] : peopleIn(items, [...path, '0'])),
    ...formsOf(form).flatMap((one) => peopleIn(one, path)),
  ]
}

/** Something that fits the form: what must be there, and what leads to that place. */
function filled(form: unknown, place: string | undefined): unknown {
  if (place === '') return somebody
  const [first] = formsOf(form)
  if (first !== undefined) return filled(formsOf(form).find((one) => place !== undefined && peopleIn(one).includes(place)) ?? first, place)
  const choices = memberOf(form, 'enum')
  if (Array.isArray(choices)) return choices[0]
  if (memberOf(form, 'const') !== undefined) return memberOf(form, 'const')
  switch (memberOf(form, 'type')) {
    case 'object': {
      const properties = memberOf(form, 'properties')
      const required = memberOf(form, 'required')
      const wanted = (key: string) => (Array.isArray(required) && required.includes(key)) || leadsTo(key, place)
      const members = Object.entries(isObject(properties) ? properties : {}).filter(([key]) => wanted(key))
      return Object.fromEntries(members.map(([key, one]) => [key, filled(one, leadsTo(key, place) ? below(place) : undefined)]))
    }
    case 'array': {
      const count = Math.max(1, Number(memberOf(form, 'minItems') ?? 1))
      return Array.from({ length: count }, () => filled(memberOf(form, 'items'), place === undefined ? undefined : below(place)))
    }
    case 'integer':
    case 'number':
      return Number(memberOf(form, 'minimum') ?? 1)
    case 'boolean':
      return true
    default:
      return examplesOf(form)[0] ?? (memberOf(form, 'format') === 'date-time' ? '2026-11-30T01:00:00.000Z' : 'x')
  }
}

function leadsTo(key: string, place: string | undefined): boolean {
  return place !== undefined && (place === key || place.startsWith(`${key}.`))
}

function below(place: string | undefined): string {
  return (place ?? '').split('.').slice(1).join('.')
}

function formsOf(form: unknown): unknown[] {
  return ['anyOf', 'oneOf'].flatMap((key) => {
    const forms = memberOf(form, key)
    return itemsOf(forms)
  })
}

function examplesOf(form: unknown): unknown[] {
  const examples = memberOf(form, 'examples')
  return Array.isArray(examples) ? examples : []
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { form, openOffice, type Heard, type Office } from '../support/api.ts'
import { commandNamed, techSupport, usual } from '../support/tickets.ts'
import { peopleOf, usualInput, walkedTo, type CommandName, type People } from '../support/walk.ts'

/**
 * Every object answers to names it does not hold. Sent as an id, as a key or as a word of a profile, they are names like any
 * other: nobody's, or somebody's who is really called so.
 */

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'] as const

let office: Office
let people: People
beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
})
afterAll(() => office.close())

describe('names that every object inherits', () => {
  it('are nobody and nothing in every address and every query', async () => {
    const document = openApi.parse((await people.admin.get('/api/openapi.json')).body)
    const reads = Object.entries(document.paths).flatMap(([path, { get }]) => (get ? [{ path, parameters: get.parameters }] : []))
    expect(reads.length).toBeGreaterThan(20)
    for (const name of inherited) {
      for (const { path, parameters } of reads) {
        const address = path.replaceAll(/\{\w+\}/g, name)
        expectTold(await people.admin.get(address), `GET ${address}`)
        for (const { name: parameter } of parameters.filter(({ in: where }) => where === 'query')) {
          const asked = `${address}?${parameter}=${name}`
          expectTold(await people.admin.get(asked), `GET ${asked}`)
        }
        expectTold(await people.admin.get(`${address}?${name}=1`), `GET ${address}?${name}`)
      }
      expectTold(await people.admin.post(`/api/tickets/${name}/claim`), name)
      expectTold(await people.admin.post(`/api/tickets/TS20260302001/${name}`), name)
    }
  })

  it('are refused by name wherever a registration takes an id', async () => {
    for (const name of inherited)
      for (const [what, body] of variants(form, name))
        expectTold(await people.agent.send('POST', '/api/tickets', body, json), `registration, ${what}`)
    for (const member of ['profile', 'type', 'priority', 'channel', 'assignee', 'representative', 'team']) {
      const refused = await people.agent.post('/api/tickets', { ...form, [member]: 'constructor' })
      expect(refused.status, member).toBe(422)
      expect(refused.errors.map(({ path }) => path)).toEqual([member])
    }
  })

  it('are never left out in silence: a field that the type does not have is refused', async () => {
    for (const name of inherited) {
      const refused = await people.agent.send(
        'POST',
        '/api/tickets',
        JSON.stringify(form).replace('"fields":{}', `"fields":{"${name}":"x"}`),
        json,
      )
      expect(refused.status, name).toBe(422)
      expect(refused.errors).toEqual([expect.objectContaining({ path: `fields.${name}`, code: 'unknown-field' })])
    }
  })

  it.each(Object.keys(usual).filter(isCommand))('are names like any other in %s', async (command) => {
    const [stage] = commandNamed(command).stages
    const number = await walkedTo(z.enum(stages).parse(stage), people)
    for (const name of inherited)
      for (const [what, body] of variants(usualInput(command), name))
        expectTold(await people.admin.send('POST', `/api/tickets/${number}/${command}`, body, json), `${command}, ${what}`)
    for (const page of ['', '/events', '/outlook', '/promises', '/clocks', '/notices'])
      expectTold(await people.admin.get(`/api/tickets/${number}${page}`), page)
  })

  it('are nobody where people are named', async () => {
    for (const name of inherited) {
      expectTold(await people.admin.post('/api/absences', { person: name }), name)
      expectTold(await people.admin.post('/api/absences', { person: 'agent-li', deputy: name }), name)
      expectTold(await people.admin.post(`/api/people/${name}/hand-over`, { to: name, reason: '请假' }), name)
    }
    const refused = await people.admin.post('/api/absences', { person: 'constructor' }, { 'Accept-Language': 'en' })
    expect(refused.status).toBe(422)
    expect(refused.errors).toEqual([expect.objectContaining({ path: 'person', message: expect.stringContaining('constructor') })])
  })

  it('are words of a profile that uses them, from its check to what people read', async () => {
    const [type, ...types] = techSupport.types
    const [channel, ...channels] = techSupport.channels
    const [kind, ...planKinds] = techSupport.planKinds
    const resolution = techSupport.clocks.find(({ id }) => id === 'resolution')
    const fields = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'].map((id) => ({ id, label: said(id), kind: 'text' }))
    const profile = {
      ...techSupport,
      id: 'constructor',
      number: { pattern: 'CON{yyyyMMdd}{serial:3}' },
      types: [{ ...type, id: 'constructor', fields }, ...types],
      channels: [{ ...channel, id: 'constructor' }, ...channels],
      planKinds: [{ ...kind, id: 'constructor' }, ...planKinds],
      clocks: [...techSupport.clocks, { ...resolution, id: 'constructor', label: said('constructor') }],
    }
    const installed = await people.admin.send('PUT', '/api/profiles/constructor', JSON.stringify(profile), json)
    expect(installed.status, JSON.stringify(installed.body)).toBe(201)

    const words = { profile: 'constructor', type: 'constructor', channel: 'constructor' }
    const registered = await people.agent.post('/api/tickets', { ...form, ...words, fields: { toString: 'A', valueOf: 'B' } })
    expect(registered.status, JSON.stringify(registered.body)).toBe(201)
    const ticket = await people.agent.get(`/api/tickets/${registered.number}`)
    expect(ticket.body).toMatchObject({ type: 'constructor', fields: { toString: 'A', valueOf: 'B' } })
    for (const page of ['', '/events', '/outlook', '/promises', '/clocks', '/notices'])
      expectTold(await people.admin.get(`/api/tickets/${registered.number}${page}`), page)
  })
})

const stages = ['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const
const json = { 'Content-Type': 'application/json', 'Accept-Language': 'en' }
const openApi = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({ parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]) }).optional(),
    }),
  ),
})

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}

function said(text: string) {
  return { 'zh-CN': text, 'zh-TW': text, en: text }
}

/** Understood or refused, never a fault of ours; and nobody reads the source of a function. */
function expectTold(heard: Heard, what: string): void {
  expect(heard.status, `${what}: ${JSON.stringify(heard.body)}`).toBeLessThan(500)
  expect(JSON.stringify(heard.body), what).not.toMatch(/function \w*\(|\[native code\]|\[object /)
}

/** The input as JSON with the name in place of one text after another, and as one more key of every object. */
function variants(input: object, name: string): [what: string, body: string][] {
  const texts: [string, string][] = []
  const walk = (value: unknown, path: string, put: (inner: string) => string): void => {
    if (typeof value === 'string') texts.push([`${path}=${name}`, put(JSON.stringify(name))])
    else if (Array.isArray(value))
      value.forEach((item: unknown, at) => walk(item, `${path}[${at}]`, (inner) => put(`[${listWith(value, at, inner)}]`)))
    else if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value)
      const whole = members.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`)
      texts.push([`${path}.${name}`, put(`{${[...whole, `${JSON.stringify(name)}:"x"`].join(',')}}`)])
      members.forEach(([key, item], at) =>
        walk(item, `${path}.${key}`, (inner) => put(`{${whole.with(at, `${JSON.stringify(key)}:${inner}`).join(',')}}`)),
      )
    }
  }
  walk(input, '', (inner) => inner)
  return texts
}

function listWith(list: readonly unknown[], at: number, inner: string): string {
  return list
    .map((item) => JSON.stringify(item))
    .with(at, inner)
    .join(',')
}

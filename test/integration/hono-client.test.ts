import { hc } from 'hono/client'
import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest'
import type { Api } from '../../api/api.ts'
import { form, openOffice, type Office } from '../support/api.ts'

/** hono/client, typed by the API's own type: what it sends and reads compiles because the operations say so, and works because they do. */

let office: Office

beforeAll(async () => {
  office = await openOffice({ worker: false })
})
afterAll(() => office.close())

async function clientOf(person: string) {
  const api = office.api()
  return hc<Api>('http://api', {
    headers: { Authorization: `Bearer ${await office.token(person)}` },
    async fetch(input: string | URL | Request, init?: RequestInit) {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input)
      return api.request(pathname + search, init)
    },
  }).api
}

it('registers a ticket, acts on it and reads it, every member by its type', async () => {
  const [agent, engineer] = [await clientOf('agent-li'), await clientOf('engineer-wang')]
  const registered = await (await agent.tickets.$post({ json: form })).json()
  expect(registered).toMatchObject({ stage: 'intake', version: 1 })
  const param = { number: registered.number }

  const reviewed = await (await agent.tickets[':number']['review-intake'].$post({ param, json: { complete: true } })).json()
  expect(reviewed.events.map(({ type }) => type)).toEqual(['intake-reviewed'])

  const { next, names } = await (await engineer.tickets[':number'].outlook.$get({ param })).json()
  const reached = next.flatMap(({ to }) => to.flatMap(({ people }) => people))
  expect(Object.keys(names)).toEqual(expect.arrayContaining(reached))

  const { items } = await (await engineer.tickets[':number'].events.$get({ param, query: { limit: '1' } })).json()
  const [first] = items
  expect(first && 'ticketType' in first && first.ticketType).toBe(form.type)
})

it('has no command that is not defined, and takes no input that the definition does not', async () => {
  const agent = await clientOf('agent-li')
  const param = { number: 'TS1' }
  expectTypeOf(agent.tickets[':number']).toHaveProperty('claim')
  expectTypeOf(agent.tickets[':number']).not.toHaveProperty('clame')
  // @ts-expect-error: a member is misnamed
  const misnamed = await agent.tickets[':number']['review-intake'].$post({ param, json: { completed: true } })
  expect(misnamed.status).toBe(404)
})

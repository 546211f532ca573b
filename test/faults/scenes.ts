import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Answer, At, Person } from './clients.ts'
import type { Point } from './points.ts'
import type { World } from './world.ts'

/** What happens again and again on bad days. */

export const form = {
  profile: 'tech-support',
  type: 'software-fault',
  priority: 'medium',
  channel: 'phone',
  customer: { name: '何俊', phone: '13800138000' },
  title: '订单无法保存',
  description: '点击保存后提示服务器错误',
}

const numbered = z.object({ number: z.string() })

export function numberIn({ body }: Answer): string {
  return numbered.parse(body).number
}

/** A ticket that nobody has looked at yet. */
export async function registered({ people }: World): Promise<string> {
  const answer = await people.li.insist('/api/tickets', form)
  if (answer.status !== 201) throw new Error(`registration refused: ${JSON.stringify(answer.body)}`)
  return numberIn(answer)
}

/** A ticket that waits for somebody to take it. */
export async function waitingForAssignment(world: World): Promise<string> {
  const { li, wang } = world.people
  const number = await registered(world)
  await done(li, number, 'review-intake', { complete: true })
  await done(wang, number, 'diagnose', { summary: '保存时服务器返回 500', module: 'business-functions', reproduced: true })
  return number
}

export function to(number: string, command: string): string {
  return `/api/tickets/${number}/${command}`
}

/** Carries out a command that nothing stands in the way of. */
export async function done(person: Person, number: string, command: string, body: object): Promise<Answer> {
  const answer = await person.insist(to(number, command), body)
  if (answer.status !== 200) throw new Error(`${command} on ${number} refused: ${JSON.stringify(answer.body)}`)
  return answer
}

/** A conversation that is found again among the events by its text. */
export function contact(text: string): object {
  return { channel: 'phone', direction: 'outbound', text }
}

/** Sends a request to an API that dies of it, which is started again; the request's key. */
export async function killedBy(world: World, point: Point, person: Person, path: string, body: object, at: At = 0): Promise<string> {
  const key = randomUUID()
  const api = world.apis[at]
  await api.arm(point)
  const answer = await person.try(path, body, key, at)
  if (answer) throw new Error(`the API lived past ${point.when} ${point.edge}: ${answer.status} ${JSON.stringify(answer.body)}`)
  await api.ended()
  void api.start()
  return key
}

/** What the rows say became of a request. */
export async function statusOf({ db }: World, key: string): Promise<'pending' | 'done' | 'none'> {
  const row = await db.selectFrom('requests').select('status').where('key', '=', key).executeTakeFirst()
  return row?.status ?? 'none'
}

/** Events of a ticket that say this text. */
export async function saying({ db }: World, number: string, text: string): Promise<number> {
  const rows = await db.selectFrom('events').select('data').where('process', '=', number).execute()
  return rows.filter(({ data }) => data['text'] === text).length
}

export async function ticketsWith({ db }: World, title: string): Promise<{ readonly number: string; readonly started: boolean }[]> {
  const rows = await db.selectFrom('tickets').select(['number', 'workflowStartedAt']).where('title', '=', title).execute()
  return rows.map(({ number, workflowStartedAt }) => ({ number, started: workflowStartedAt !== null }))
}

/** What has happened to a ticket, as its rows tell it. */
export async function eventsOf({ db }: World, number: string): Promise<string[]> {
  const rows = await db.selectFrom('events').select('type').where('process', '=', number).orderBy('seq').execute()
  return rows.map(({ type }) => type)
}

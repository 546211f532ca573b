import { expect } from 'vitest'
import type { Heard, Speaker } from './api.ts'
import { does, walkedTo, type Input, type People, type Walkers } from './walk.ts'

/** Reviews as the tests lead them. */

export const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

/** A review that somebody decided. */
export async function openReview(who: Speaker, changes: Input = {}): Promise<string> {
  const heard = await who.post('/api/reviews', { profile: 'tech-support', title: '登录超时反复出现', ...changes })
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 201 })
  return heard.number
}

/** Somebody gives a command, and it is accepted. */
export async function acts(who: Speaker, number: string, command: string, input: Input = {}): Promise<Heard> {
  const heard = await who.post(`/api/reviews/${number}/${command}`, input)
  expect(heard.status, `${command}: ${JSON.stringify(heard.body)}`).toBe(200)
  return heard
}

/** Product and R&D are there. */
export const bothLeads = {
  participants: [
    { person: 'lead-xu', party: 'research' },
    { person: 'manager-gao', party: 'product' },
  ],
}

export const analysis = {
  summary: '连接池上限过低，高峰时段耗尽。',
  causes: [{ kind: 'code-defect', text: '异常分支未归还连接' }],
}

/** A review that has come to its actions. */
export async function reviewWithActions(people: Pick<People, 'supervisor'>, changes: Input = {}): Promise<string> {
  const number = await openReview(people.supervisor, changes)
  await acts(people.supervisor, number, 'invite', bothLeads)
  await acts(people.supervisor, number, 'record-analysis', analysis)
  return number
}

/** An action of it, for Wang Qiang. */
export async function addsAction(who: Speaker, number: string, changes: Input = {}): Promise<number> {
  const heard = await acts(who, number, 'add-action', {
    text: '补齐异常分支的连接归还',
    owner: 'engineer-wang',
    dueAt: inHours(96),
    ...changes,
  })
  return Number(heard.events.at(-1)?.['action'])
}

/** A ticket whose solution was classified. */
export async function classifiedTicket(people: Walkers, classification: Input = defects, form: Input = {}): Promise<string> {
  const number = await walkedTo('handling', people, { form })
  await does(people.engineer, number, 'complete', { classification })
  return number
}

/** How {@link classifiedTicket} is classified, unless a test says otherwise. */
export const defects = { module: 'login', type: 'software-fault', cause: 'code-defect' }

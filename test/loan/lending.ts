import { expect } from 'vitest'
import type { People } from '../support/walk.ts'

/** Loans as the tests lend them. */

export const soon = (ms: number) => new Date(Date.now() + ms).toISOString()

/** A form for a loan that is due in an hour. */
export const form = (changes: object = {}) => ({
  profile: 'tech-support',
  device: '备用笔记本 07 号',
  until: soon(3_600_000),
  team: 'tech-support',
  assignee: 'engineer-wang',
  ...changes,
})

/** Lends a device; the number of the loan. */
export async function lend(people: People, changes: object = {}): Promise<string> {
  const answer = await people.agent.post('/api/loans', form(changes))
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.number
}

/** What a ticket was told of a loan, as its log has it. */
export async function toldOf(people: People, ticket: string, loan: string) {
  return (await people.agent.get(`/api/tickets/${ticket}/events`)).items.filter(
    ({ type, process }) => type === 'related-noted' && process === loan,
  )
}

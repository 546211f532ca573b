import { expect } from 'vitest'
import { z } from 'zod'
import type { Stage } from '../../domain/ticket-stages.ts'
import { form, type Headers, type Heard, type Office, type Speaker } from './api.ts'
import { usual } from './tickets.ts'

/** Tickets walked along the path through the public API, by the demo people. */

export interface People {
  readonly customer: Speaker
  /** Li Na registers and represents. */
  readonly agent: Speaker
  readonly otherAgent: Speaker
  /** Wang Qiang handles. */
  readonly engineer: Speaker
  readonly otherEngineer: Speaker
  readonly supervisor: Speaker
  readonly otherSupervisor: Speaker
  readonly lead: Speaker
  readonly quality: Speaker
  readonly management: Speaker
  readonly admin: Speaker
  readonly service: Speaker
}

export async function peopleOf(office: Office): Promise<People> {
  return {
    customer: await office.person('customer-he'),
    agent: await office.person('agent-li'),
    otherAgent: await office.person('agent-zhao'),
    engineer: await office.person('engineer-wang'),
    otherEngineer: await office.person('engineer-chen'),
    supervisor: await office.person('supervisor-zhang'),
    otherSupervisor: await office.person('supervisor-sun'),
    lead: await office.person('lead-xu'),
    quality: await office.person('quality-wu'),
    management: await office.person('manager-gao'),
    admin: await office.person('admin-lin'),
    service: await office.person('service-portal'),
  }
}

/** Who it takes to walk a ticket. */
export type Walkers = Pick<People, 'agent' | 'engineer' | 'supervisor' | 'quality'>

export type Input = Readonly<Record<string, unknown>>
export type CommandName = keyof typeof usual

export const zh: Headers = { 'Accept-Language': 'zh-CN' }
export const tw: Headers = { 'Accept-Language': 'zh-TW' }
export const english: Headers = { 'Accept-Language': 'en' }

/** An input that each command takes as it stands, in the demo people's names. */
export function usualInput(command: CommandName): Input {
  switch (command) {
    case 'assign':
      return { assignee: 'engineer-wang' }
    case 'reassign':
      return { assignee: 'engineer-chen', reason: '王工负荷过高' }
    case 'add-helper':
    case 'remove-helper':
      return { ...usual[command], helper: 'engineer-chen' }
    case 'hand-up':
      return { ...usual[command], team: 'service-desk' }
    case 'record-coordination':
      return {
        ...usual[command],
        duties: usual[command].duties.map((duty) => ({
          ...duty,
          milestones: duty.milestones.map((milestone) => ({ ...milestone, owner: 'engineer-chen' })),
        })),
      }
    case 'hand-over':
      return { from: 'engineer-wang', to: 'engineer-chen', reason: '请假' }
    default:
      return usual[command]
  }
}

/** Customers say nothing of who they are. */
export async function registered(who: Speaker, changes: Input = {}): Promise<string> {
  const { roles } = z.object({ roles: z.array(z.string()) }).parse((await who.get('/api/me')).body)
  const own = roles.every((role) => role === 'customer') ? { customer: undefined } : {}
  const heard = await who.post('/api/tickets', { ...form, ...changes, ...own })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return heard.number
}

/** Somebody tries a command with the usual input and the changes given. */
export function tries(who: Speaker, number: string, command: CommandName, changes: Input = {}, headers?: Headers): Promise<Heard> {
  return who.post(`/api/tickets/${number}/${command}`, { ...usualInput(command), ...changes }, headers)
}

/** Somebody does it, and it is accepted. */
export async function does(who: Speaker, number: string, command: CommandName, changes: Input = {}): Promise<Heard> {
  const heard = await tries(who, number, command, changes)
  expect(heard.status, `${command}: ${JSON.stringify(heard.body)}`).toBe(200)
  return heard
}

export interface Walk {
  /** How the registration form differs from the usual one. */
  readonly form?: Input
  readonly registrar?: Speaker
  /** Who gets it; default: Wang Qiang, on assignment. */
  readonly handler?: { readonly id: string; readonly speaker: Speaker }
}

const path = ['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const

/** A ticket that went the whole path to a stage. */
export async function walkedTo(stage: Extract<Stage, (typeof path)[number]>, people: Walkers, walk: Walk = {}): Promise<string> {
  const number = await registered(walk.registrar ?? people.agent, walk.form)
  await walksOn(number, 'intake', stage, people, walk)
  return number
}

/** Takes a ticket on from one stage to a later one. */
export async function walksOn(number: string, from: Stage, to: Stage, people: Walkers, { handler }: Walk = {}): Promise<void> {
  const { agent, supervisor, quality } = people
  const who = handler ?? { id: 'engineer-wang', speaker: people.engineer }
  for (const stage of path.slice(path.findIndex((one) => one === from) + 1, path.findIndex((one) => one === to) + 1)) {
    switch (stage) {
      case 'triage':
        await does(agent, number, 'review-intake')
        break
      case 'assignment':
        if ((await does(agent, number, 'diagnose')).body['stage'] === 'triage') await recordsMeeting(supervisor, number)
        break
      case 'handling':
        if ((await ticket(agent, number))['assignee'] !== who.id) await does(supervisor, number, 'assign', { assignee: who.id })
        await does(who.speaker, number, 'accept')
        break
      case 'verification':
        await does(who.speaker, number, 'complete')
        break
      case 'confirmation':
        await does(quality, number, 'verify')
        break
      case 'closing':
        await does(agent, number, 'confirm')
        break
      case 'follow-up':
        await does(who.speaker, number, 'close')
        break
      case 'intake':
        break
    }
  }
}

async function recordsMeeting(supervisor: Speaker, number: string): Promise<void> {
  const { priority } = z.object({ priority: z.string() }).parse(await ticket(supervisor, number))
  await does(supervisor, number, 'record-review-meeting', { priority })
}

/** The ticket as somebody reads it. */
export async function ticket(who: Speaker, number: string, headers?: Headers): Promise<Heard['body']> {
  const heard = await who.get(`/api/tickets/${number}`, headers)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard.body
}

/** The ticket's log as somebody reads it. */
export async function log(who: Speaker, number: string): Promise<Heard['items']> {
  const heard = await who.get(`/api/tickets/${number}/events?limit=200`)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard.items
}

/** What was queued to be sent about a ticket: to whom, of what kind, and what it will say. */
export async function noticesOf(office: Office, number: string) {
  return office.db
    .selectFrom('notices')
    .select(['seq', 'kind', 'recipientKind', 'recipientId', 'params'])
    .where('process', '=', number)
    .orderBy('id')
    .execute()
}

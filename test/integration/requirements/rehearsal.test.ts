import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rehearseProfile } from '../../../api/operations/profiles.ts'
import type { AnswerOf } from '../../../api/openapi/operation.ts'
import { epochMs, plus } from '../../../domain/instant.ts'
import { form as usualForm, type Speaker } from '../../support/api.ts'
import { until } from '../../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { passing } from '../../support/passing.ts'
import { log, noticesOf, peopleOf, registered, tries, usualInput, type CommandName, type Input, type People } from '../../support/walk.ts'

/** X12: a ticket that really lived, on a Temporal whose time is skipped, beside the rehearsal of the same story. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const { passTo, now } = passing(
  () => office,
  () => people.agent,
)

type Rehearsed = AnswerOf<typeof rehearseProfile>

async function rehearsed(asked: Input): Promise<Rehearsed> {
  const heard = await people.supervisor.post('/api/profiles/rehearse', asked)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return rehearseProfile.answer.schema.parse(heard.body)
}

/** Who of the office stands where in a rehearsal. */
const places: Readonly<Record<string, string>> = {
  'agent-li': 'representative',
  'engineer-wang': 'handler',
  'engineer-chen': 'colleague',
  'supervisor-zhang': 'supervisor',
  'quality-wu': 'quality',
}
const placed = (text: string) => Object.entries(places).reduce((told, [id, place]) => told.replaceAll(id, place), text)

const actShape = z.object({ events: z.array(z.object({ at: z.string() })).default([]) })
const outlookShape = z.object({ next: z.array(z.object({ dueAt: z.string() })) })

/** Lets time pass deadline by deadline, as it does where nobody skips it. */
async function livesUntil(number: string, end: string): Promise<void> {
  for (;;) {
    const [next] = outlookShape.parse((await people.agent.get(`/api/tickets/${number}/outlook`)).body).next
    if (next === undefined || next.dueAt > end) break
    const before = (await log(people.agent, number)).length
    await passTo(next.dueAt)
    await until(async () => ((await log(people.agent, number)).length > before ? true : undefined))
  }
  if ((await now()) < end) await passTo(end)
}

const byTime: readonly unknown[] = ['promise-broken', 'promise-lapsed', 'level-reached', 'waiting-ended', 'archived']

/** What is compared: what happened by itself and exactly when, everybody who was told, and in which words. */
async function really(number: string) {
  const events = await log(people.agent, number)
  const rows = await noticesOf(office, number)
  const { items } = await people.admin.get(`/api/notices?ticket=${number}&limit=200`)
  const subjects = new Map<unknown, unknown>()
  for (const { id, seq, kind, recipient } of items) {
    const heard = await people.admin.get(`/api/notices/${String(id)}`)
    expect(heard.status, JSON.stringify(heard.body)).toBe(200)
    const { subject } = heard.body
    subjects.set(JSON.stringify([seq, kind, recipient]), subject)
  }
  const { items: clocks } = await people.agent.get(`/api/tickets/${number}/clocks`)
  return {
    happened: events
      .filter(({ type, actor }) => byTime.includes(type) && actor === 'system')
      .map(({ type, clock, level, occurredAt }) => [type, clock ?? null, level ?? null, occurredAt].join(' ')),
    notices: rows.map(({ seq, kind, recipientKind, recipientId }) => {
      const id = recipientId === null ? '' : placed(recipientId)
      const subject = subjects.get(JSON.stringify([seq, kind, { kind: recipientKind, id: recipientId }]))
      return [seq, kind, recipientKind, id, String(subject).replaceAll(number, 'number')].join(' ')
    }),
    promises: clocks
      .map(({ clock, cycle, startedAt, dueAt, state, stoppedAt }) => [clock, cycle, startedAt, dueAt, state, stoppedAt].join(' '))
      .toSorted(),
  }
}

function told({ timeline, promises, number, end }: Rehearsed, until: string) {
  const happenings = timeline.filter(({ at }) => at <= until)
  expect(end.at <= until || timeline.length > happenings.length).toBe(true)
  return {
    happened: happenings
      .filter(({ kind }) => kind === 'time')
      .flatMap(({ at, events }) => events.map(({ type, clock, level }) => [type, clock?.id ?? null, level, at].join(' '))),
    notices: happenings
      .flatMap(({ mails }) => mails)
      .map(({ seq, kind, recipient, subject }) => {
        const id = recipient.kind === 'role' ? `${recipient.role}@${recipient.team}` : (recipient.id ?? '')
        return [seq, kind, recipient.kind, id, String(subject).replaceAll(number, 'number')].join(' ')
      }),
    promises: promises
      .map(({ clock, cycle, startedAt, dueAt, state, stoppedAt }) => [clock.id, cycle, startedAt, dueAt, state, stoppedAt].join(' '))
      .toSorted(),
  }
}

const imagined = { reach: 'phone', title: usualForm.title, live: true }

describe('X12: a rehearsal and a real ticket', () => {
  it('X12: that is handled, late at times, tell the same instants, notices and promises to the millisecond', async () => {
    const form = { priority: 'urgent', live: true }
    const number = await registered(people.agent, form)
    const [{ at: registeredAt }] = z.tuple([z.object({ at: z.string() })], z.unknown()).parse(await log(people.agent, number))
    const planned = plus(registeredAt, 'PT8H')
    const steps: readonly (readonly [minutes: number, Speaker, string, CommandName, Input?])[] = [
      [4, people.agent, 'representative', 'review-intake'],
      [4, people.agent, 'representative', 'diagnose'],
      [4, people.supervisor, 'supervisor', 'record-review-meeting', { priority: 'urgent' }],
      [4, people.engineer, 'handler', 'claim'],
      [1, people.otherEngineer, 'colleague', 'claim'],
      [10, people.engineer, 'handler', 'accept'],
      [10, people.engineer, 'handler', 'plan', { estimatedFinishAt: planned }],
      // Two cycles of the progress update: the first breaks, and climbs.
      [130, people.engineer, 'handler', 'update-progress'],
      [30, people.engineer, 'handler', 'wait', { for: 'customer', message: '请问何时方便远程？' }],
      [45, people.engineer, 'handler', 'resume'],
      [10, people.engineer, 'handler', 'complete'],
      [5, people.quality, 'quality', 'verify'],
      [20, people.agent, 'representative', 'confirm'],
      [5, people.engineer, 'handler', 'close'],
      [300, people.agent, 'representative', 'callback'],
    ]
    const story: Input[] = []
    for (const [minutes, who, by, command, input] of steps) {
      const at = plus(await now(), `PT${minutes}M`)
      await livesUntil(number, at)
      const heard = await tries(who, number, command, input)
      const [act] = actShape.parse(heard.body).events.slice(-1)
      const given: unknown = JSON.parse(placed(JSON.stringify({ ...usualInput(command), ...input })))
      story.push({ at: act?.at ?? at, by, do: command, with: given })
    }
    const end = plus(await now(), 'P12D')
    await livesUntil(number, end)
    const asked = { profile: 'tech-support', ticket: { type: 'software-fault', priority: 'urgent', at: registeredAt, ...imagined }, story }
    const rehearsal = await rehearsed(asked)
    expect(told(rehearsal, end)).toEqual(await really(number))
    expect(rehearsal.timeline.flatMap(({ refusal }) => refusal?.code ?? [])).toEqual(['already-held'])
    expect(rehearsal.promises.filter(({ state }) => state === 'broken').map(({ clock }) => clock.id)).toEqual(['progress', 'article'])
  })

  it('X12, S7: that is dispatched and left alone tell the same, by working time and over the weekend', async () => {
    const number = await registered(people.agent, {
      ...{ profile: 'standard-ticket', type: 'complaint', priority: 'medium', live: true },
      fields: { subject: 'product', demand: 'explanation' },
    })
    const [, dispatched] = await until(async () => {
      const seen = await log(people.agent, number)
      return seen.some(({ type }) => type === 'assigned') ? seen : undefined
    })
    const [{ at: registeredAt }] = z.tuple([z.object({ at: z.string() })], z.unknown()).parse(await log(people.agent, number))
    const end = plus(registeredAt, 'P14D')
    await livesUntil(number, end)
    const assignee = String(dispatched?.['assignee'])
    const place = assignee === 'agent-li' ? 'representative' : 'handler'
    const candidates = [{ assignee: place, insteadOf: null, skills: 0, inHand: 0 }]
    const rehearsal = await rehearsed({
      profile: 'standard-ticket',
      ticket: { type: 'complaint', priority: 'medium', at: registeredAt, ...imagined },
      // Looked up in the world, the answer comes some milliseconds later.
      story: [{ at: dispatched?.['at'], by: 'system', do: 'dispatch', with: { candidates } }],
    })
    const { notices, ...seen } = await really(number)
    const of = told(rehearsal, end)
    expect(of).toEqual({ ...seen, notices: notices.map((line) => line.replaceAll(assignee, place)) })
    expect(of.happened.length).toBeGreaterThan(5)
    expect(epochMs(rehearsal.end.at)).toBeGreaterThan(epochMs(plus(registeredAt, 'P4D')))
  })
})

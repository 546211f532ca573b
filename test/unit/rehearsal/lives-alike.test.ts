import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarFrom } from '../../../domain/calendar/working-time.ts'
import { plus, type Instant } from '../../../domain/instant.ts'
import { policyFor, type Policy } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import type { Actor } from '../../../domain/people.ts'
import { imaginedSchema, storySchema, type Place } from '../../../rehearsal/asked.ts'
import { rehearse } from '../../../rehearsal/rehearse.ts'
import type { Rehearsal } from '../../../rehearsal/result.ts'
import { concernsAnother } from '../../../workflows/common/other-processes.ts'
import { wakeAtOf } from '../../../workflows/engine.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import {
  chen,
  gu,
  hook,
  lin,
  monday,
  office,
  qian,
  root,
  standardTicket,
  Story,
  system,
  techSupport,
  usual,
  wang,
  zhao,
  zhou,
} from '../../support/tickets.ts'

/** X12: whatever the story, a rehearsal tells the same instants, notices and refusals as a ticket that lived it. */

/** Who of the stories stands for whom of the rehearsal. */
const people: Readonly<Partial<Record<Place, Actor>>> = {
  ...{ representative: lin, handler: wang, colleague: zhao, supervisor: chen, 'department-head': gu, quality: qian, admin: root },
  ...{ service: hook, customer: zhou, system },
}
const placeOf = (id: string) => Object.entries(people).find(([, person]) => person?.id === id)?.[0] ?? id

interface Step {
  readonly gap: number
  readonly by: Place
  readonly do: keyof typeof usual
  readonly with: Readonly<Record<string, unknown>>
}

const at = (by: Place, name: Step['do'], input: Step['with'] = {}) => ({ by, do: name, with: input })
const later = plus(monday, 'P20D')
/** The way of a ticket, of which stories leave out steps and into which they put others. */
const path = [
  at('representative', 'review-intake'),
  at('representative', 'diagnose'),
  at('supervisor', 'record-review-meeting'),
  at('handler', 'claim'),
  at('handler', 'accept'),
  at('handler', 'plan', { estimatedFinishAt: later }),
  at('handler', 'update-progress'),
  at('handler', 'complete'),
  at('colleague', 'verify'),
  at('representative', 'confirm'),
  at('handler', 'close'),
  at('representative', 'callback'),
  at('handler', 'file-article'),
]
const others = [
  at('representative', 'contact', { channel: 'phone' }),
  at('handler', 'wait', { for: 'customer', reason: 'x', message: 'y' }),
  at('handler', 'wait', { for: 'vendor', reason: 'x', until: plus(monday, 'P3D') }),
  at('handler', 'resume'),
  at('customer', 'supplement'),
  at('customer', 'urge'),
  at('representative', 'urge'),
  at('handler', 'defer', { newDueAt: plus(monday, 'P15D') }),
  at('handler', 'defer', { newDueAt: plus(monday, 'P25D'), cause: 'subjective' }),
  at('handler', 'request-priority-change', { priority: 'high', reason: 'x' }),
  at('handler', 'request-priority-change', { priority: 'low', reason: 'x' }),
  at('supervisor', 'decide-priority-change'),
  at('handler', 'confirm-priority'),
  at('supervisor', 'assign'),
  at('supervisor', 'reassign', { assignee: zhao.id, reason: 'x' }),
  at('handler', 'release'),
  at('colleague', 'verify', { passed: false, remark: 'x' }),
  at('representative', 'confirm', { outcome: 'unsolved', remark: 'x' }),
  at('representative', 'review-intake', { complete: false, missing: ['errorText'], message: 'x' }),
  at('handler', 'update-progress', { visibleToCustomer: false, occurredAt: plus(monday, 'PT1H') }),
  at('representative', 'reopen'),
  at('department-head', 'declare-major'),
  at('representative', 'withdraw'),
  at('supervisor', 'record-review-meeting', { dueAt: plus(monday, 'P10D') }),
]

const gaps = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 90 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 4000 }) },
)
const stories = fc
  .array(fc.record({ gap: gaps, skip: fc.nat(9), other: fc.option(fc.nat(others.length - 1), { freq: 3 }) }), { maxLength: 25 })
  .map((picks): Step[] => {
    let next = 0
    return picks.flatMap(({ gap, skip, other }) => {
      const step = other === null ? path[(next += skip === 0 ? 2 : 1) - 1] : others[other]
      return step === undefined ? [] : [{ ...step, gap }]
    })
  })

const conditions = fc.oneof(
  fc.constantFrom('urgent', 'high', 'medium', 'low').map((priority) => ({ priority })),
  fc.constantFrom('phone', 'email').map((channel) => ({ channel })),
  fc.constant({ not: { channel: 'phone' } }),
  fc.constant({ tag: 'vip' }),
)
/** What conditions a profile is given: targets, rungs and whole clocks that hold for some tickets only. */
const rules = fc.array(
  fc.record({
    clock: fc.nat(20),
    what: fc.constantFrom('exception', 'rung', 'when'),
    when: conditions,
    within: fc.constantFrom('PT20M', 'PT3H', 'P2D', 'PT100H'),
  }),
  { maxLength: 5 },
)

function conditional(
  profile: Profile,
  added: readonly (typeof rules extends fc.Arbitrary<infer R> ? (R extends readonly (infer One)[] ? One : never) : never)[],
): Profile {
  const tagged = { id: 'vip', label: { 'zh-CN': 'VIP', 'zh-TW': 'VIP', en: 'VIP' }, accounts: ['vip-001'] }
  return {
    ...profile,
    customerTags: [tagged],
    clocks: profile.clocks.map((clock, place) =>
      added
        .filter((rule) => rule.clock % profile.clocks.length === place)
        .reduce<Profile['clocks'][number]>((changed, { what, when, within }) => {
          if (what === 'exception' && clock.within !== undefined)
            return { ...changed, exceptions: [...(changed.exceptions ?? []), { when, within }] }
          if (what === 'rung') return { ...changed, ladder: changed.ladder.map((rung, nth) => (nth % 2 === 0 ? { ...rung, when } : rung)) }
          return what === 'when' ? { ...changed, when } : changed
        }, clock),
    ),
  }
}

describe('X12: a rehearsal and a ticket that lives the same', () => {
  it('X12: tell the same instants, notices, refusals and promises, whatever the story and the conditions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('tech-support', 'standard-ticket'),
        rules,
        fc.record({
          priority: fc.constantFrom('urgent', 'high', 'medium', 'low'),
          channel: fc.constantFrom('phone', 'email'),
          vip: fc.boolean(),
        }),
        stories,
        async (shipped, added, { priority, channel, vip }, story) => {
          const profile = conditional(shipped === 'tech-support' ? techSupport : standardTicket, added)
          const [type] = profile.types
          if (!type) throw new Error('no type')
          const policy = policyFor(profile, type.id, { version: 1, calendar: calendarFrom(office, monday) })
          if (!policy) throw new Error('no policy')
          const input = inputsOf(policy)
          const tags = vip ? ['vip'] : []
          const acts = storySchema.parse(
            story.map((step) => ({ at: `+PT${step.gap}M`, by: step.by, do: step.do, with: placed(input(step)) })),
          )
          const ticket = imaginedSchema.parse({ type: type.id, priority, channel, tags, at: monday, live: false })
          const rehearsed = await rehearse({ profile, calendar: { version: 1, calendar: office }, ticket, story: acts })
          if (!rehearsed.ok) throw new Error(JSON.stringify(rehearsed.errors))
          const fields = registrationOf(rehearsed.rehearsal, type)
          const lived = live({ policy, priority, channel, fields, tags, story, input, until: rehearsed.rehearsal.end.at })
          expect(seen(rehearsed.rehearsal)).toEqual(lived)
        },
      ),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150) },
    )
  })
})

/** What the rehearsal filled in the form with is no matter of promises. */
function registrationOf({ ticket }: Rehearsal, type: Profile['types'][number]): Readonly<Record<string, unknown>> {
  const kinds = { text: 'x', 'long-text': 'x', date: '2026-03-02', instant: monday, number: 1, boolean: false, choice: '' }
  return Object.fromEntries(
    type.fields
      .filter(({ id }) => ticket.filled.includes(id))
      .map(({ id, kind, choices }) => [id, kind === 'choice' ? choices?.[0]?.id : kinds[kind]]),
  )
}

function inputsOf({ classification, planKinds }: Policy) {
  return (step: Pick<Step, 'do' | 'with'>): Readonly<Record<string, unknown>> => ({
    ...usual[step.do],
    ...(step.do === 'complete' && {
      classification: {
        module: classification.modules[0]?.id,
        type: classification.types[0]?.id,
        cause: classification.causes[0]?.id,
      },
    }),
    ...(step.do === 'plan' && { kind: planKinds[0]?.id }),
    ...(step.do === 'record-review-meeting' && { priority: 'high' }),
    ...(step.do === 'diagnose' && { module: classification.modules[0]?.id }),
    ...step.with,
  })
}

function placed(input: unknown): Readonly<Record<string, unknown>> {
  const told: Readonly<Record<string, unknown>> = JSON.parse(
    JSON.stringify(input).replaceAll(/"(wang|zhao|chen)"/g, (_, id: string) => `"${placeOf(id)}"`),
  )
  return told
}

interface Lived {
  readonly policy: Policy
  readonly priority: string
  readonly channel: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly tags: readonly string[]
  readonly story: readonly Step[]
  readonly input: (step: Step) => Readonly<Record<string, unknown>>
  readonly until: Instant
}

/** The same as a ticket lives it: acts come, the waker wakes it, the world answers. */
function live({ policy, priority, channel, fields, tags, story, input, until }: Lived) {
  const ticket = new Story({ policy, submission: { priority, channel, fields, live: false } })
  const refused: string[] = []
  let asked = 0
  const answered = () => {
    const { events, state, policy: now } = ticket
    const asks =
      asked === 0 ? ticketProcess.asks(null, state, now) : events.slice(asked).flatMap((event) => ticketProcess.asks(event, state, now))
    asked = events.length
    for (const ask of asks.filter((one) => !concernsAnother(one))) {
      const dispatched = { team: state.team, candidates: [{ assignee: wang.id, insteadOf: null, skills: 0, inHand: 0 }] }
      const refusal = ticket.try(system, ask.kind, ask.kind === 'dispatch' ? dispatched : { tags })
      if (refusal === undefined) answered()
    }
  }
  const passTo = (end: Instant, including: boolean) => {
    for (;;) {
      const next = ticket.state.stage === 'archived' ? null : wakeAtOf(ticketProcess, ticket.state, ticket.policy)
      if (next === null || next > end || (next === end && !including)) return
      ticket.at(next).wake()
      answered()
    }
  }
  answered()
  let now = monday
  for (const step of story) {
    now = plus(now, `PT${step.gap}M`)
    passTo(now, false)
    ticket.at(now)
    const holder = { handler: ticket.state.assignee, representative: ticket.state.representative }
    const acting = Object.entries(holder).find(([place]) => place === step.by)?.[1] ?? people[step.by]?.id
    const actor = Object.values(people).find((person) => person?.id === acting) ?? wang
    const refusal = ticket.try(actor, step.do, input(step))
    if (refusal) refused.push(`${now} ${step.do} ${refusal.code}`)
    answered()
  }
  passTo(until, true)
  return told(ticket.events, (event) => ticket.notices(event), refused)
}

function seen({ timeline }: Rehearsal) {
  const events = timeline.flatMap((one) => (one.kind === 'refused' ? [] : one.events))
  const mails = timeline.flatMap((one) => (one.kind === 'refused' ? [] : one.mails))
  const refused = timeline.flatMap((one) => (one.kind === 'refused' ? [`${one.at} ${one.command} ${one.rejection.code}`] : []))
  return told(events, ({ seq }) => mails.filter((mail) => mail.seq === seq), refused)
}

/** What is compared: what happened when and when it was recorded, every promise as it stood after it, and who was told what. */
function told(
  events: readonly RecordedTicketEvent[],
  noticesOf: (event: RecordedTicketEvent) => readonly { readonly kind: string; readonly recipient: object; readonly params: object }[],
  refused: readonly string[],
) {
  const happened = events.map((event) => ({
    ...{ seq: event.seq, type: event.type, at: event.at, occurredAt: event.occurredAt, stage: event.stage, promises: event.promises },
    notices: [...new Set(noticesOf(event).map(({ kind, recipient, params }) => JSON.stringify({ kind, ...recipient, params })))],
  }))
  const written = JSON.stringify({ happened, refused }).replaceAll(/TS20260302001|2026030001/g, 'number')
  const alike: unknown = JSON.parse(written.replaceAll(/\b(lin|wang|zhao|chen|gu|qian|zhou)\b/g, (id) => placeOf(id)))
  return alike
}

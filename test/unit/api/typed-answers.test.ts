import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { everyRole } from '../../../api/access/roles.ts'
import { none, reading, receiving, type AnswerOf } from '../../../api/openapi/operation.ts'
import type { TicketCommandInput } from '../../../api/operations/commands.ts'
import type { readOutlook } from '../../../api/operations/ticket-reads.ts'
import { App, reads, receives } from '../../../api/routes/serving.ts'
import type { eventSchemas } from '../../../api/views/ticket-event-schemas.ts'
import type { shownToCustomers } from '../../../api/views/ticket-for-customer.ts'
import type { Unchanging } from '../../../domain/unchanging.ts'
import { isForPeople } from '../../../workflows/process.ts'
import type { EventData, EventType } from '../../../workflows/ticket/events.ts'
import { peopleCommands, ticketProcess } from '../../../workflows/ticket/process.ts'

/** The compiler reads this file too: a line that expects an error and has none is one. */

const described = { tag: 'Work', summary: '', roles: everyRole, params: none, query: none } as const
const schema = z.object({ name: z.string(), stage: z.enum(['open', 'closed']), note: z.string().optional(), tags: z.array(z.string()) })
const thing = { name: 'a', stage: 'open', tags: [] } as const
const readThing = reading({ ...described, path: '/api/thing', id: 'readThing', answer: { status: 200, description: '', schema } })
const putThing = receiving({
  ...described,
  method: 'put',
  path: '/api/thing',
  id: 'putThing',
  content: { 'application/json': none },
  answer: { status: 200, description: '', schema },
  also: { status: 201, description: '' },
})
const readWritten = reading({
  ...described,
  path: '/api/written',
  id: 'readWritten',
  tagged: true,
  yaml: true,
  answer: { status: 200, description: '', schema },
})

describe('what a handler answers', () => {
  const app = new App()

  it('has every member that its operation describes, as described, and no other', async () => {
    reads(app, readThing, async ({ answer }) => answer(thing))
    reads(app, readThing, async ({ answer }) => answer({ ...thing, note: 'b', tags: ['c'] as readonly string[] }))
    // @ts-expect-error: a member is missing
    reads(app, readThing, async ({ answer }) => answer({ name: 'a', stage: 'open' }))
    // @ts-expect-error: a member is misnamed
    reads(app, readThing, async ({ answer }) => answer({ name: 'a', stages: 'open', tags: [] }))
    // @ts-expect-error: a member that may be absent is misnamed
    reads(app, readThing, async ({ answer }) => answer({ name: 'a', stage: 'open', tags: [], notes: 'b' }))
    // @ts-expect-error: a value is none of those described
    reads(app, readThing, async ({ answer }) => answer({ ...thing, stage: 'ajar' }))
    // @ts-expect-error: null is not described
    reads(app, readThing, async ({ answer }) => answer({ ...thing, name: null }))
    expect(app.operations.map(({ id }) => id)).toContain('readThing')
  })

  it('comes in the statuses and forms that its operation describes', () => {
    receives(app, putThing, async ({ answer }) => answer(thing, 201))
    reads(app, readWritten, async ({ tagged }) => tagged(1, thing))
    reads(app, readWritten, async ({ written }) => written('name: a'))
    // @ts-expect-error: a status that is not described
    reads(app, readThing, async ({ answer }) => answer(thing, 201))
    // @ts-expect-error: no tag is described
    reads(app, readThing, async ({ tagged }) => tagged(1, thing))
    // @ts-expect-error: no YAML is described
    reads(app, readThing, async ({ written }) => written('name: a'))
    // @ts-expect-error: made beside the description
    reads(app, readThing, async ({ c }) => c.json(thing))
    expect(app.operations.map(({ id }) => id)).toContain('putThing')
  })
})

describe('who reads an answer', () => {
  it('knows it by the schema of its operation', () => {
    type Next = AnswerOf<typeof readOutlook>['next'][number]
    expectTypeOf<Next['cancelledBy']>().toEqualTypeOf<string[]>()
    expectTypeOf<Extract<AnswerOf<typeof readThing>, { stage: string }>['note']>().toEqualTypeOf<string | undefined>()
  })
})

describe('events', () => {
  /** What an event says in its row, and in answers: of a contact only the mask, of a calendar only the version. */
  type Said<T extends EventType> = T extends 'corrected'
    ? Omit<EventData[T], 'changes'> & {
        readonly changes: Omit<EventData[T]['changes'], 'contact'> & {
          readonly contact?: Pick<NonNullable<EventData[T]['changes']['contact']>, 'masked'> | undefined
        }
      }
    : Omit<EventData[T], T extends 'calendar-changed' ? 'calendar' : T extends 'reclassified' ? 'terms' : never>
  /** Customers are shown a part of those they see. */
  type Shown<T extends EventType> = T extends keyof typeof shownToCustomers
    ? Pick<Said<T>, (typeof shownToCustomers)[T][number] & keyof Said<T>> | Said<T>
    : Said<T>
  /** One that is forgotten is told where they are described (api/views/ticket-event-schemas.ts), and nowhere else. */
  type Known = Extract<EventType, keyof typeof eventSchemas>
  type Described<T extends Known> = Unchanging<Omit<z.output<(typeof eventSchemas)[T]>, Common>>
  type Common = 'type' | 'seq' | 'at' | 'occurredAt' | 'actor' | 'actingFor' | 'stage' | 'promises'
  /** Types whose description lacks a member, has one too many, or demands what is not said to everybody. */
  type Misfit = { [T in Known]: Shown<T> extends Described<T> ? (keyof Said<T> extends keyof Described<T> ? never : T) : T }[Known]
  type Misnamed = { [T in Known]: z.output<(typeof eventSchemas)[T]>['type'] extends T ? never : T }[Known]

  it('are described as the process records them, and as customers are shown them', () => {
    expectTypeOf<Misfit>().toBeNever()
    expectTypeOf<Misnamed>().toBeNever()
  })
})

describe('commands', () => {
  it('are known by their names, with what is sent to each', () => {
    expectTypeOf<TicketCommandInput<'update-progress'>>().toExtend<{
      readonly text: string
      readonly visibleToCustomer?: boolean | undefined
    }>()
    // @ts-expect-error: there is no such command
    expectTypeOf<TicketCommandInput<'clame'>>()
    expect(peopleCommands.map(({ name }) => name)).toEqual(ticketProcess.commands.filter(isForPeople).map(({ name }) => name))
  })
})

import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Env } from './http/env.ts'
import type { AnswerOf, Operation, StatusOf } from './openapi/operation.ts'
import type * as absences from './operations/absences.ts'
import type * as calendars from './operations/calendars.ts'
import type * as codec from './operations/codec.ts'
import type { Acted, TicketCommandName, TicketCommandInput } from './operations/commands.ts'
import type * as figures from './operations/figures.ts'
import type * as handOver from './operations/hand-over.ts'
import type * as notices from './operations/notices.ts'
import type * as people from './operations/people.ts'
import type * as profiles from './operations/profiles.ts'
import type * as requests from './operations/requests.ts'
import type * as templates from './operations/templates.ts'
import type * as ticketReads from './operations/ticket-reads.ts'
import type * as tickets from './operations/tickets.ts'
import type * as tokens from './operations/tokens.ts'
import type * as milestones from './operations/milestones.ts'
import type * as work from './operations/work.ts'

/**
 * The API as a type, for `hc<Api>(url)` of hono/client: what is sent and answered, by the operations' schemas. Types of processes that
 * an organisation adds are registered while it runs, and no type knows them.
 */
export type Api = Hono<Env, Routes<Operations> & Steps>

type Operations =
  | In<typeof absences>
  | In<typeof calendars>
  | In<typeof codec>
  | In<typeof figures>
  | In<typeof handOver>
  | In<typeof notices>
  | In<typeof people>
  | In<typeof profiles>
  | In<typeof requests>
  | In<typeof templates>
  | In<typeof ticketReads>
  | In<typeof tickets>
  | In<typeof tokens>
  | In<typeof work>
  | In<typeof milestones>
type In<Module> = Extract<Module[keyof Module], Operation>

type Routes<O extends Operation> = {
  [P in O['path'] as Route<P>]: { [One in Extract<O, { readonly path: P }> as `$${One['method']}`]: Endpoint<One> }
}

/** One for each command that people give to tickets. */
type Steps = {
  [N in TicketCommandName as `/api/tickets/:number/${N}`]: {
    $post: {
      input: { param: { number: string }; json: TicketCommandInput<N> }
      output: Acted
      outputFormat: 'json'
      status: 200
    }
  }
}

type Endpoint<O extends Operation> = {
  input: Given<'param', z.input<O['params']>> &
    Given<'query', z.input<O['query']>> &
    (O['content'] extends { readonly 'application/json': infer B extends z.ZodType } ? { json: z.input<B> } : unknown)
  output: AnswerOf<O>
  outputFormat: 'json'
  status: StatusOf<O>
}

type Given<Place extends string, T> = Record<string, never> extends T ? { [P in Place]?: T } : { [P in Place]: T }

/** `/api/tickets/{number}` → `/api/tickets/:number` */
type Route<P extends string> = P extends `${infer Before}{${infer Name}}${infer After}` ? `${Before}:${Name}${Route<After>}` : P

import { z } from 'zod'
import type { Desk, Hosting } from '../../processes/hosting.ts'
import { pascal } from '../openapi/names.ts'
import { instantAnswer, namesSchema, pageOf, personAnswer, processPromiseSchema, wholeList } from './schemas.ts'

/** What the common routes answer of a process, whatever its type. */

export const openedSchema = z
  .object({
    number: z.string().describe('the number of the new process'),
    stage: z.string().describe('where it stands'),
    version: z.int().min(1).describe('sequence number of its last event'),
  })
  .meta({ id: 'OpenedProcess', description: 'A process that was just opened' })

const headShape = {
  number: z.string().describe('its number'),
  process: z.string().describe('its type'),
  processLabel: z.string().describe('what the type is called'),
  parent: z.string().nullable().describe('number of the process that it belongs to; null: none'),
  profile: z.string().describe('id of its profile'),
  profileVersion: z.int().describe('version of its profile'),
  stage: z.string().describe('where it stands'),
  stageLabel: z.string().describe('what the stage is called'),
  open: z.boolean().describe('whether it is still on its way'),
  title: z.string().describe('what it is called in lists'),
  representative: personAnswer('who keeps in touch').nullable(),
  requester: personAnswer('the customer whose it is').nullable(),
  assignee: personAnswer('who has it in hand; null: nobody').nullable(),
  team: z.string().nullable().describe('id of its team; null: not for customers'),
  startedAt: instantAnswer('when it began'),
  nextDueAt: instantAnswer('when the earliest promise owed is or was due; null: none').nullable(),
  version: z.int().min(1).describe('sequence number of its last event'),
}

/** A process in lists. */
export const headSchema = z.object(headShape).meta({ id: 'ProcessHead', description: 'A process of any type, as lists show it' })
export const headPageSchema = pageOf(headSchema, { names: namesSchema }).meta({ id: 'ProcessPage', description: 'One page' })

/** One process of a type, with what it has of its own. */
export function processSchema({ name, labels, stages }: Hosting['process'], desk: Desk) {
  return z
    .object({
      ...headShape,
      stage: z.enum(stages.map(({ id }) => id)).describe('where it stands'),
      ...Object.fromEntries(
        Object.entries(desk.shown).map(([column, schema]) => [column, desk.shownToCustomers.includes(column) ? schema : schema.optional()]),
      ),
      promises: z.array(processPromiseSchema).describe('every cycle of its clocks that it knows of'),
      allowed: z.array(z.string()).describe('commands the caller may give now'),
      names: namesSchema,
    })
    .meta({ id: pascal(name), description: labels.en })
}

const eventSchema = z
  .looseObject({
    seq: z.int().min(1).describe('sequence number'),
    type: z.string().describe('what happened'),
    at: instantAnswer('when it was recorded'),
    occurredAt: instantAnswer('when it really took place'),
    actor: personAnswer('who did it'),
    stage: z.string().describe('where the process stood after it'),
  })
  .meta({ id: 'ProcessEvent', description: 'What happened to a process' })

export const processStepSchema = z
  .object({
    number: z.string().describe('number of the process'),
    version: z.int().min(1).describe('sequence number of its last event'),
    stage: z.string().describe('where it stands'),
    events: z.array(eventSchema).describe('what then happened; empty for a line of the log'),
  })
  .meta({ id: 'ProcessStepAnswer', description: 'What an act made of a process' })

const entrySchema = z
  .looseObject({
    type: z.string().describe('what happened, or the command that wrote the line'),
    at: instantAnswer('when it was recorded'),
    occurredAt: instantAnswer('when it really took place'),
    actor: personAnswer('who did it'),
  })
  .meta({ id: 'ProcessLogEntry', description: 'An event of a process, or a line of its log' })
export const processLogSchema = pageOf(entrySchema, { names: namesSchema }).meta({ id: 'ProcessLog', description: 'One page of the log' })

export const processClocksSchema = wholeList(processPromiseSchema, {}).meta({
  id: 'ProcessClocks',
  description: 'Every cycle of every clock',
})

export const processOutlookSchema = z
  .object({
    number: z.string().describe('number of the process'),
    version: z.int().min(1).describe('sequence number of its last event'),
    stage: z.string().describe('where it stands'),
    stageLabel: z.string().describe('what the stage is called'),
    holder: personAnswer('who has it in hand; null: nobody').nullable(),
    promises: z.array(processPromiseSchema).describe('every cycle of its clocks that it knows of'),
    next: z
      .array(
        z.object({
          clock: z.string().describe('id of the clock'),
          label: z.string().describe('what the clock is called'),
          cycle: z.int().describe('which cycle of it'),
          level: z.string().describe('`due`, `end`, or the level of the ladder'),
          dueAt: instantAnswer('when it happens'),
          cancelledBy: z.array(z.string()).describe('commands that would prevent it'),
        }),
      )
      .describe('what happens if nobody acts, soonest first'),
    names: namesSchema,
  })
  .meta({ id: 'ProcessOutlook', description: 'What happens next to a process' })

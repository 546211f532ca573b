import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { hasCommonRoutes, type MetCommonly, type Registry } from '../../processes/hosting.ts'
import { wordSchema } from '../../workflows/common/inputs.ts'
import { everyRole, staffRoles } from '../access/roles.ts'
import { paging } from '../http/paging.ts'
import { flag } from '../http/query.ts'
import { pascal } from '../openapi/names.ts'
import {
  headPageSchema,
  openedSchema,
  processClocksSchema,
  processLogSchema,
  processOutlookSchema,
  processSchema,
} from '../views/process-schemas.ts'
import { numberParamOf } from '../views/schemas.ts'
import { none, reading, writing, type Group } from '../openapi/operation.ts'

/** The groups of the types that have no routes of their own. */
export function processGroups(processes: Registry): Group[] {
  return processes.filter(hasCommonRoutes).map(({ plural, desk }) => ({ name: pascal(plural), description: desk.about }))
}

/** The operations of a process type that has no routes of its own: opening, finding and reading them. */
export function processOperations({ process, plural, desk, table }: MetCommonly) {
  const tag = pascal(plural)
  const one = pascal(process.name)
  const root = `/api/${plural}`
  const number = numberParamOf(process.labels.en)
  /** Of a confidential type nobody else hears whether there is such a process. */
  const readers = desk.confidential && desk.seenBy
  return {
    open: writing({
      method: 'post',
      path: root,
      id: `open${one}`,
      tag,
      summary: `${process.labels['zh-CN']} · New ${process.labels.en}`,
      description: `${desk.about}. What belongs to another process has the number of that, then \`-${desk.letter}\` and a serial, and runs by its profile; one that stands alone names the profile.`,
      roles: desk.opens,
      params: none,
      query: none,
      body: z.strictObject({
        profile: labelled(
          wordSchema.optional().describe('id of an installed profile; default, and nothing else: that of what it belongs to'),
          said('流程配置', '流程配置', 'Profile'),
          { from: 'profiles' },
        ),
        ...process.birth.input.shape,
      }),
      keyed: true,
      answer: { status: 201, description: 'Opened; `Location` is its address', schema: openedSchema, sends: ['Location', 'ETag'] },
      problems: typeof desk.numbers === 'string' && table.onlyOne === undefined ? [429] : [409, 429],
    }),
    list: reading({
      path: root,
      id: `list${tag}`,
      tag,
      summary: `Find ${plural}`,
      roles: readers ?? everyRole,
      params: none,
      query: z.strictObject({
        stage: z
          .enum(process.stages.map(({ id }) => id))
          .optional()
          .describe('where it stands'),
        open: flag().optional().describe('still on its way'),
        parent: z.string().max(100).optional().describe('number of the process it belongs to'),
        assignee: z.string().max(64).optional().describe('id of a person'),
        team: z.string().max(64).optional().describe('id of a team'),
        ...paging,
      }),
      answer: { status: 200, description: 'One page, newest first', schema: headPageSchema },
      problems: desk.seenBy ? [403] : [],
    }),
    read: reading({
      path: `${root}/{number}`,
      id: `read${one}`,
      tag,
      summary: `One ${process.labels.en}`,
      roles: readers ?? everyRole,
      params: number,
      query: none,
      tagged: true,
      answer: { status: 200, description: 'It; `ETag` begins with its version', schema: processSchema(process, desk) },
      problems: [404],
    }),
    log: reading({
      path: `${root}/{number}/events`,
      id: `list${one}Events`,
      tag,
      summary: 'The log: what happened, in order',
      roles: readers ?? staffRoles,
      params: number,
      query: z.strictObject(paging),
      answer: { status: 200, description: 'One page, oldest first', schema: processLogSchema },
      problems: [404],
    }),
    clocks: reading({
      path: `${root}/{number}/clocks`,
      id: `list${one}Clocks`,
      tag,
      summary: 'Promises kept and broken: every cycle of every clock',
      roles: readers ?? staffRoles,
      params: number,
      query: none,
      answer: { status: 200, description: 'In the order they began', schema: processClocksSchema },
      problems: [404],
    }),
    outlook: reading({
      path: `${root}/{number}/outlook`,
      id: `read${one}Outlook`,
      tag,
      summary: 'What happens next, when, and what would prevent it',
      roles: readers ?? staffRoles,
      params: number,
      query: none,
      tagged: true,
      answer: { status: 200, description: 'The outlook', schema: processOutlookSchema },
      problems: [404],
    }),
  }
}

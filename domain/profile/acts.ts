import { z } from 'zod'
import { uniqueIds } from '../document/checks.ts'
import { stagesThatAre } from '../stages.ts'
import { ticketStages } from '../ticket-stages.ts'
import { fieldsSchema } from './fields.ts'
import { labelShape } from './term.ts'

/**
 * Acts of the organisation's own (X11): what its people do on the way and record, such as having arrived on site or ordered a part. They
 * move no ticket from stage to stage; clocks may start and stop by them.
 */

/** Who may record one: whoever has the ticket in hand, or everybody of a role. */
const actRoles = ['handler', 'agent', 'engineer', 'supervisor', 'department-lead', 'quality', 'admin', 'service'] as const

const stages = [...stagesThatAre(ticketStages, 'open'), ...stagesThatAre(ticketStages, 'settled')]

const actSchema = z
  .strictObject({
    ...labelShape,
    stages: z.array(z.enum(stages)).min(1).describe('in which stages it can be recorded'),
    roles: z
      .array(
        z.enum(actRoles).meta({ id: 'ActRole', description: 'who may record an act: `handler`, who has the ticket in hand, or a role' }),
      )
      .min(1)
      .describe('who may record it'),
    fields: fieldsSchema.default([]).describe('what is asked when it is recorded'),
    visibleToCustomer: z.boolean().default(false).describe('whether the customer sees it, without its internal fields'),
  })
  .meta({ id: 'ProfileAct', description: "an act of the organisation's own; clocks know its moment as `act:` and its id" })

export const actsSchema = uniqueIds(z.array(actSchema))
export type ProfileAct = z.output<typeof actSchema>

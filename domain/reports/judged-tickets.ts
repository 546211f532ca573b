import { z } from 'zod'
import { labelsSchema } from '../labels.ts'

/** Tickets as samples 抽检 judged them, in a report: nothing of who handled them, or who judged. */

export const judgedTicketsShape = {
  total: z.int().min(0).describe('of so many the first are listed'),
  rows: z
    .array(
      z
        .object({
          number: z.string().describe('number of the ticket'),
          title: z.string().describe('its title'),
          sample: labelsSchema.describe('of which kind the sample is'),
          named: z.boolean().describe('whether it was named instead of drawn by chance'),
          at: z.iso.datetime().describe('when it was judged first'),
          met: z.int().min(0).describe('so many criteria are met'),
          of: z.int().min(1).describe('of so many that apply'),
          unmet: z.array(labelsSchema).describe('the others'),
          remark: z.string().nullable().describe('what was said of it, with contacts masked; null: nothing'),
        })
        .meta({ id: 'ReportJudged', description: 'A ticket that was judged' }),
    )
    .describe('the worst first'),
}

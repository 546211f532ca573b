import { z } from 'zod'
import type { SampleTicket } from '../../db/sample-tickets.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ProfileSample } from '../../domain/profile/samples.ts'
import { answerWords, tallyOf } from '../../domain/samples/judgement.ts'
import { instantAnswer, namesSchema, personAnswer, wholeList } from './schemas.ts'

/** What was said of the tickets of a sample, as people are answered it. */

const answerSchema = z
  .object({
    criterion: z.string().describe('id of the criterion in the profile'),
    label: z.string().describe('what it is called'),
    answer: z
      .union([z.enum(answerWords), z.int().min(1).max(5)])
      .describe('`yes` or `no`, or a value from 1 to 5, as its kind is; or `not-applicable`'),
    met: z.boolean().nullable().describe('whether it is met; null: it does not apply'),
  })
  .meta({ id: 'SampleAnswer', description: 'A ticket by one criterion' })

export const sampleTicketsSchema = wholeList(
  z
    .object({
      ticket: z.string().describe('number of the ticket'),
      team: z.string().describe('id of the team whose it was when it was drawn'),
      state: z.enum(['pending', 'judged', 'excused']).describe('whether it is judged, or cannot be'),
      answers: z.array(answerSchema).describe('by each criterion; none while it is not judged'),
      met: z.int().min(0).describe('so many criteria are met'),
      of: z.int().min(0).describe('of so many that apply'),
      remark: z.string().nullable().describe('what there is to say of it'),
      finding: z.string().nullable().describe('what somebody is to see to; null: nothing'),
      by: personAnswer('who judged or excused it last').nullable().describe('who judged or excused it last; null: nobody has'),
      judgedAt: instantAnswer('when it was judged first, in the time of which it counts').nullable(),
      reason: z.string().nullable().describe('why it was corrected or excused last; null: it was not'),
    })
    .meta({ id: 'SampleTicket', description: 'A ticket of a sample' }),
  { names: namesSchema },
).meta({ id: 'SampleTickets', description: 'The tickets of a sample' })

export const drawSchema = z
  .object({
    number: z.string().describe('number of the sample'),
    seed: z.string().describe('by which chance'),
    asOf: instantAnswer('as of when the tickets are known: two minutes before it was opened'),
    without: z.array(z.string()).describe('numbers of the samples whose tickets were left out'),
    frame: z.int().min(0).describe('from so many it is drawn'),
    tickets: z.array(z.string()).describe('numbers of the tickets, in the order in which they are drawn'),
    same: z.boolean().describe('whether these are the tickets of the sample'),
  })
  .meta({ id: 'SampleDraw', description: 'A sample, drawn again' })

export function sampleTicketView({ answers, ...ticket }: SampleTicket, kind: ProfileSample | undefined, locale: Locale) {
  return {
    ...ticket,
    answers: answers.map(({ criterion, answer, met }) => ({
      criterion,
      label: kind?.criteria.find(({ id }) => id === criterion)?.label[locale] ?? criterion,
      answer,
      met,
    })),
    ...tallyOf(answers),
  }
}

import { z } from 'zod'
import { idSchema } from '../../domain/document/checks.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { choiceError, conflict, invalid, invalidIf } from '../../domain/rejection.ts'
import { holding, missingError, receiver, staffError } from '../common/assignees.ts'
import { longText, personSchema, shortText } from '../common/inputs.ts'
import { defineCommand, leading, notLeading } from './command.ts'
import { classificationSchema } from './opening.ts'
import { openReviewStages } from './stages.ts'
import type { Participant } from './state.ts'

/** 原因分析: who leads it, who takes part, and what it came from. */

export const appoint = defineCommand({
  name: 'appoint',
  labels: said('指定负责人', '指定負責人', 'Appoint'),
  summary: 'Says who leads the review.',
  requirements: ['T17'],
  may: leading,
  stages: openReviewStages,
  input: () => z.strictObject({ lead: labelled(personSchema.describe('who leads it'), said('复盘负责人', '檢討負責人', 'Lead')) }),
  mentions: ({ lead }) => ({ people: [lead] }),
  blocked: notLeading,
  decide({ state, act: { directory } }, { lead }) {
    const error = staffError('lead', lead, directory) ?? missingError('lead', lead, directory)
    if (error) return invalid(error)
    const { assignee, insteadOf } = receiver(lead, directory)
    if (assignee === state.assignee) return invalid({ path: 'lead', code: 'same-person', params: holding({ assignee, insteadOf }) })
    return [{ type: 'appointed', lead: assignee, ...(insteadOf !== null && { insteadOf }) }]
  },
})

const mostParticipants = 50

const participantSchema = z.strictObject({
  person: labelled(personSchema.describe('who takes part'), said('参与人', '參與人', 'Participant')),
  party: labelled(
    idSchema.optional().describe('the party of the profile for which they speak, such as `product` or `research`; absent: for none'),
    said('代表', '代表', 'Speaks for'),
  ),
})

export const invite = defineCommand({
  name: 'invite',
  labels: said('邀请参与', '邀請參與', 'Invite'),
  summary:
    'Invites people to take part. Once everybody takes part whom the profile demands, product and R&D leads as a rule, the analysis begins.',
  requirements: ['T17'],
  may: leading,
  stages: openReviewStages,
  input: () =>
    z.strictObject({
      participants: labelled(
        z.array(participantSchema).min(1).max(mostParticipants).describe('who takes part, and for whom they speak'),
        said('参与人', '參與人', 'Participants'),
      ),
    }),
  mentions: ({ participants }) => ({ people: participants.map(({ person }) => person) }),
  blocked: notLeading,
  decide({ state, policy, act: { directory } }, { participants }) {
    const { parties } = policy.reviews
    const errors = participants.flatMap(({ person, party }, at) => [
      staffError(`participants[${at}].person`, person, directory),
      party === undefined ? undefined : choiceError(`participants[${at}].party`, party, parties),
    ])
    const all = joined(state.participants, participants)
    const tooMany =
      all.length > mostParticipants ? ({ path: 'participants', code: 'too-big', params: { limit: mostParticipants } } as const) : undefined
    const complete = parties.every((party) => all.some((one) => one.party === party))
    const invited = participants.map(({ person, party = null }): Participant => ({ person, party }))
    return invalidIf(...errors, tooMany) ?? [{ type: 'invited', participants: invited, complete }]
  },
})

/** Everybody who takes part, each once, as they were named last. */
export function joined(
  before: readonly Participant[],
  more: readonly { readonly person: string; readonly party?: string | null | undefined }[],
): Participant[] {
  const all = new Map(before.map((one) => [one.person, one]))
  for (const { person, party = null } of more) all.set(person, { person, party: party ?? all.get(person)?.party ?? null })
  return [...all.values()]
}

const mostCauses = 20

export const recordAnalysis = defineCommand({
  name: 'record-analysis',
  labels: said('记录原因分析', '記錄原因分析', 'Record analysis'),
  summary: 'Records what it came from: causes, each of a kind that the profile lists. Actions follow.',
  requirements: ['T17'],
  may: leading,
  stages: ['analysis', 'actions'],
  input: () =>
    z.strictObject({
      summary: labelled(longText.describe('what was found, as minutes'), said('分析结论', '分析結論', 'Findings')),
      causes: labelled(
        z
          .array(
            z.strictObject({
              kind: labelled(idSchema.describe('kind of cause: an id of the profile'), said('原因类型', '原因類型', 'Kind of cause')),
              text: labelled(shortText.describe('the cause itself'), said('原因说明', '原因說明', 'Cause')),
            }),
          )
          .min(1)
          .max(mostCauses)
          .describe('root causes'),
        said('根本原因', '根本原因', 'Root causes'),
      ),
      classification: labelled(
        classificationSchema.optional().describe('the tickets by which the effect is looked at; default: those it was opened for'),
        said('对比分类', '對比分類', 'Compared classification'),
      ),
    }),
  blocked: notLeading,
  decide({ policy }, { summary, causes, classification }) {
    const kinds = policy.reviews.causes
    return (
      invalidIf(...causes.map(({ kind }, at) => choiceError(`causes[${at}].kind`, kind, kinds))) ?? [
        { type: 'analysis-recorded', summary, causes, classification: classification ?? null },
      ]
    )
  },
})

/** More tickets of its classification, as the product finds them; `counted`: of how many it knew then, so that none is counted twice. */
export const joinTickets = defineCommand({
  name: 'join-tickets',
  labels: said('并入工单', '併入工單', 'Join tickets'),
  summary: 'Counts more tickets of the classification.',
  requirements: ['T17'],
  may: {},
  tellable: true,
  stages: openReviewStages,
  input: () =>
    z.strictObject({
      tickets: labelled(z.array(z.string()).min(1).max(500), said('工单', '工單', 'Tickets')),
      counted: labelled(z.int().min(0), said('已计数', '已計數', 'Counted')),
    }),
  decide: ({ state }, { tickets, counted }) =>
    counted === state.tickets ? [{ type: 'tickets-joined', tickets }] : conflict('done-already', { command: 'join-tickets' }),
})

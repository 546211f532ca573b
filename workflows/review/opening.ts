import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { plus } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import { isSystem, type Directory } from '../../domain/people.ts'
import { isColleagueIn, missingError, receiver, staffError, teamError } from '../common/assignees.ts'
import { defineBirth } from '../common/birth.ts'
import { lineUpTo, longText, numberSchema, personSchema, teamSchema } from '../common/inputs.ts'
import type { Opened, ReviewEvent } from './events.ts'
import type { Classification, ReviewPolicy, ReviewState } from './state.ts'

/** How a review begins: by a classification that came too often, for a major incident, or because somebody decided it. */

export const classificationSchema = z.strictObject({
  module: labelled(lineUpTo(80).describe('module, as tickets are classified'), said('所属模块', '所屬模組', 'Module'), {
    from: 'profile.classification.modules',
  }),
  type: labelled(lineUpTo(80).describe('type, as tickets are classified'), said('问题类型', '問題類型', 'Type'), { from: 'profile.types' }),
  cause: labelled(lineUpTo(80).describe('kind of cause, as tickets are classified'), said('原因类别', '原因類別', 'Kind of cause'), {
    from: 'profile.classification.causes',
  }),
})

const openingSchema = z.strictObject({
  title: labelled(lineUpTo(200).describe('what it is about, in a line'), said('主题', '主題', 'Subject')),
  reason: labelled(longText.optional().describe('why it is reviewed'), said('复盘原因', '檢討原因', 'Reason')),
  classification: labelled(
    classificationSchema
      .optional()
      .describe(
        'module, type and cause of the tickets it is about; of one there is one open review at a time. Ids, or the free words of tickets',
      ),
    said('问题分类', '問題分類', 'Classification'),
  ),
  parent: labelled(numberSchema.optional().describe('number of the ticket it is about'), said('相关工单', '相關工單', 'About ticket')),
  lead: labelled(personSchema.optional().describe('who leads it; default: whoever opens it'), said('复盘负责人', '檢討負責人', 'Lead')),
  team: teamSchema.optional().describe('whose review it is; default: the team of the type, or the one that the profile names'),
})
export type Opening = z.output<typeof openingSchema>

export const birth = defineBirth<ReviewState, ReviewEvent, ReviewPolicy, Opening>({
  input: openingSchema,
  mentions: ({ lead, team }) => ({ people: [lead], teams: [team] }),
  parent: { path: 'parent', of: ({ parent }) => parent },
  check({ act: { actor, directory } }, { lead, team }) {
    // What opens by itself opens, whoever is away by now. A ticket that has ended may still be reviewed.
    const led =
      isSystem(actor) || lead === undefined ? undefined : (staffError('lead', lead, directory) ?? missingError('lead', lead, directory))
    return [led, team === undefined ? undefined : teamError('team', team, directory)]
  },
  initial: (number, openedAt) => ({
    version: 0,
    number,
    stage: 'opened',
    promises: [],
    because: 'decision',
    parent: null,
    classification: null,
    compared: null,
    openedAt,
    participants: [],
    tickets: 0,
    actions: [],
    causes: [],
    round: 1,
    since: null,
    checkAt: null,
    outcome: null,
    requester: null,
    assignee: null,
    team: '',
    refusals: 0,
  }),
  first({ policy, act, parent }, { title, reason, classification, lead, team }) {
    const bySystem = isSystem(act.actor)
    return {
      type: 'opened',
      because: bySystem ? (parent ? 'major' : 'frequency') : 'decision',
      title,
      reason: reason ?? null,
      classification: classification ?? null,
      parent: parent?.number ?? null,
      team: team ?? parent?.team ?? teamFor(policy, classification),
      ...(lead === undefined ? { lead: bySystem ? null : act.actor.id } : leadBy(lead, act.directory)),
      analyseBy: plus(act.at, policy.reviews.analysisWithin),
    }
  },
})

/** Who was named, or stands in for them; nobody where no such person works here any more. */
function leadBy(named: string, directory: Directory): Pick<Opened, 'lead' | 'insteadOf'> {
  if (!isColleagueIn(named, directory)) return { lead: null }
  const { assignee, insteadOf } = receiver(named, directory)
  return { lead: assignee, ...(insteadOf !== null && { insteadOf }) }
}

function teamFor({ reviews: { teams, team } }: ReviewPolicy, classification: Classification | undefined): string {
  return (classification && own(teams, classification.type)) ?? team
}

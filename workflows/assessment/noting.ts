import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { checksumSchema } from '../common/inputs.ts'
import { defineCommand, dueIn } from './command.ts'
import { openCommendations } from './state.ts'

/** What the world answers an assessment. */

const scoredSchema = z.strictObject({
  kind: labelled(z.enum(['person', 'team']), said('类别', '類別', 'Kind'), {
    of: { person: said('个人', '個人', 'Person'), team: said('团队', '團隊', 'Team') },
  }),
  id: labelled(z.string(), said('编号', '編號', 'Id')),
  teams: labelled(z.array(z.string()), said('所属团队', '所屬團隊', 'Teams')),
  leads: labelled(z.boolean(), said('部门负责人或管理层', '部門負責人或管理層', 'Leads a department')),
  speaker: labelled(z.string().nullable(), said('可提出异议者', '可提出異議者', 'Who may object')),
})

/** What was counted is kept. */
export const noteReckoned = defineCommand({
  name: 'note-reckoned',
  labels: said('记录统计结果', '記錄統計結果', 'Note reckoned'),
  summary: 'Notes that the assessment is reckoned, what was counted is kept, and who is scored.',
  requirements: [],
  may: {},
  stages: ['reckoning'],
  input: () =>
    z.strictObject({
      sha256: checksumSchema,
      subjects: labelled(z.array(scoredSchema), said('考核对象', '考核對象', 'Who is scored')),
    }),
  decide: (context, { sha256, subjects }) =>
    subjects.length === 0
      ? [{ type: 'reckoned', sha256, subjects, by: null }, { type: 'finalised' }]
      : [{ type: 'reckoned', sha256, subjects, by: dueIn(context, 'confirmWithin') }],
})

/** Whom the final scores propose. */
export const noteProposed = defineCommand({
  name: 'note-proposed',
  labels: said('记录优秀个人候选', '記錄優秀個人候選', 'Note proposed'),
  summary: 'Notes whom the final scores propose as outstanding. With nothing to commend, the assessment is closed.',
  requirements: [],
  may: {},
  stages: ['final'],
  input: () => z.strictObject({ people: labelled(z.array(z.string()), said('候选人', '候選人', 'People')) }),
  decide(context, { people }) {
    const isAny = people.length + openCommendations(context.state) > 0
    return isAny
      ? [{ type: 'outstanding-proposed', people, by: dueIn(context, 'decideWithin') }]
      : [{ type: 'outstanding-proposed', people, by: null }, { type: 'closed' }]
  },
})

import type { Figure } from '../../db/figures/figure.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import type { Profile } from '../../domain/profile/schema.ts'

/** What criteria are called and what they mean, as it is kept with what was reckoned by them. */

type Criterion = ProfileAssessment['criteria'][number]

export function criteriaOf({ criteria }: ProfileAssessment, profile: Profile, figures: readonly Figure[]): AssessmentModel['criteria'] {
  return criteria.map((criterion) => {
    const figure = figures.find(({ id }) => id === criterion.figure)
    if (!figure) throw new Error(`there is no figure ${criterion.figure}, but profile ${profile.id} scores by it`)
    const clock = profile.clocks.find(({ id }) => id === criterion.clock)
    return {
      id: criterion.id,
      label: criterion.label ?? clock?.label ?? figure.label,
      definition: joined(figure.definition, charging[criterion.figure]),
    }
  })
}

/** For whom something counts, printed after what is counted. */
const charging: Readonly<Record<Criterion['figure'], Labels>> = {
  attainment: said(
    '到期前先提醒客服代表的，责任人为客服代表，其余为处理人。按时完成的，计给完成时的责任人；超时的，计给到期时的责任人，但其担任时间不足时限一半的，只计给团队。当时没有责任人的计给团队；因优先级变更而即刻超时的，不计给任何人。超时之后由本人补录为按时完成的，须经他人确认。',
    '到期前先提醒客服代表的，負責人為客服代表，其餘為處理人。按時完成的，計給完成時的負責人；逾時的，計給到期時的負責人，但其擔任時間不足時限一半的，只計給團隊。當時沒有負責人的計給團隊；因優先等級變更而即刻逾時的，不計給任何人。逾時之後由本人補錄為按時完成的，須經他人確認。',
    'The representative owes it where they are the first to be reminded, else the handler. One that was kept counts for whoever owed it then; one that was broken for whoever owed it when it was due, if they had for at least half of the time, else for the team alone. What nobody owed counts for the team, and what another priority broke at once for nobody. Where somebody recorded after the deadline that they had kept it, another person has to confirm that.',
  ),
  'resolution-rate': said(
    '评分时，仍在处理且没有承诺超时的工单不计入，另行列出；有承诺超时的留在分母中。计给记录解决方案时的处理人；客户尚未答复的，计给统计期结束时的处理人。工单没有处理人时计给团队。',
    '評分時，仍在處理且沒有承諾逾時的工單不計入，另行列出；有承諾逾時的留在分母中。計給記錄解決方案時的處理人；客戶尚未答覆的，計給統計期結束時的處理人。工單沒有處理人時計給團隊。',
    'In a score those still running are not counted unless a promise of theirs is broken; they are told apart. A ticket counts for whoever had it when its solution was recorded; without an answer, for whoever had it when the period ended. What nobody had counts for the team.',
  ),
  satisfaction: said(
    '计给记录解决方案时的处理人。工单没有处理人时计给团队。',
    '計給記錄解決方案時的處理人。工單沒有處理人時計給團隊。',
    'An answer counts for whoever had the ticket when the solution was recorded. What nobody had counts for the team.',
  ),
}

function joined(one: Labels, other: Labels): Labels {
  return said(`${one['zh-CN']}${other['zh-CN']}`, `${one['zh-TW']}${other['zh-TW']}`, `${one.en} ${other.en}`)
}

import { said, type Labels, type Locale } from '../labels.ts'
import { fill } from '../template.ts'
import { actOfMoment, isPlain, waitIn, type Moment, type PlainMoment } from './moments.ts'

/** Of a profile, what its moments are named after. */
interface Named {
  readonly acts?: readonly Term[] | undefined
  readonly waitingFor: readonly Term[]
}

interface Term {
  readonly id: string
  readonly label: Labels
}

/** What a moment of a ticket's life is called by people; that of an act, and what is waited for, as the profile calls them. */
export function momentLabel(moment: Moment, { acts = [], waitingFor }: Named, locale: Locale): string {
  if (isPlain(moment)) return momentLabels[moment][locale]
  const called = (terms: readonly Term[], id: string) => terms.find((term) => term.id === id)?.label[locale] ?? id
  const wait = waitIn(moment)
  if (wait) return fill(ofReason[locale], { moment: momentLabels[wait.phase][locale], reason: called(waitingFor, wait.reason) })
  return called(acts, actOfMoment(moment) ?? moment)
}

const ofReason = said('{moment}（{reason}）', '{moment}（{reason}）', '{moment} ({reason})')

const momentLabels: Readonly<Record<PlainMoment, Labels>> = {
  submitted: said('提交', '提交', 'submitted'),
  contacted: said('与客户通话', '與客戶通話', 'the customer was spoken with'),
  'department-contacted': said('责任部门与客户通话', '負責部門與客戶通話', 'the responsible department spoke with the customer'),
  'waiting-started': said('开始等待', '開始等待', 'the ticket waits'),
  'waiting-ended': said('结束等待', '結束等待', 'it waits no longer'),
  'customer-asked': said('请客户补充', '請客戶補充', 'the customer was asked for more'),
  'customer-answered': said('客户已补充', '客戶已補充', 'the customer has answered'),
  'review-called': said('需要紧急评审', '需要緊急評審', 'an emergency review is needed'),
  'review-recorded': said('评审已记录', '評審已記錄', 'the review is recorded'),
  received: said('有人接手', '有人接手', 'somebody has got it'),
  'priority-reviewed': said('优先级已复核', '優先等級已複核', 'the priority was checked'),
  'priority-changed': said('优先级变更', '優先等級變更', 'the priority changes'),
  'plan-needed': said('需要方案', '需要方案', 'a plan is needed'),
  accepted: said('接单', '接單', 'accepted'),
  planned: said('提交方案', '提交方案', 'a plan is filed'),
  updated: said('更新进度', '更新進度', 'news was given'),
  'deadline-agreed': said('约定期限', '約定期限', 'a deadline was agreed'),
  deferred: said('延期', '延期', 'deferred'),
  queried: said('疑问退回', '疑問退回', 'the service desk was asked'),
  'query-answered': said('疑问已答复', '疑問已答覆', 'the service desk has answered'),
  'query-dropped': said('疑问已撤销', '疑問已撤銷', 'the question is asked no more'),
  'handed-up': said('升级处理', '升級處理', 'handed up'),
  intervened: said('介入调查', '介入調查', 'a superior looks into it'),
  'intervention-closed': said('介入结束', '介入結束', 'the intervention is closed'),
  coordinated: said('召开协调会', '召開協調會', 'departments have met'),
  'milestone-set': said('设定里程碑', '設定里程碑', 'a milestone is set'),
  'milestone-reached': said('完成里程碑', '完成里程碑', 'a milestone is reached'),
  'milestone-dropped': said('取消里程碑', '取消里程碑', 'a milestone is dropped'),
  released: said('无人处理', '無人處理', 'nobody has it in hand'),
  completed: said('处理完毕', '處理完畢', 'completed'),
  returned: said('退回处理', '退回處理', 'back to handling'),
  'confirmation-asked': said('请客户确认', '請客戶確認', 'the customer was asked to confirm'),
  confirmed: said('客户答复', '客戶答覆', 'the customer has confirmed or not'),
  resolved: said('已解决', '已解決', 'solved'),
  dissatisfied: said('客户不满意', '客戶不滿意', 'the customer is not satisfied'),
  closed: said('结案', '結案', 'closed'),
  'called-back': said('已回访', '已回訪', 'called back'),
  'article-filed': said('知识已入库', '知識已入庫', 'the article is filed'),
  reopened: said('重新打开', '重新開啟', 'reopened'),
}

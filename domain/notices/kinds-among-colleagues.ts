import { said } from '../labels.ts'
import { inDigests, may, must, mutable, staff, type NoticeKindDefinition } from './definition.ts'

const number = must('text')
const reason = must('text')

/** What those who work on a ticket together tell each other: helping, asking, handing up, coordinating, looking into it. */
export const kindsAmongColleagues = {
  'help-asked': staff(said('请协助处理', '請協助處理', 'Help asked for'), {
    number,
    duty: must('text'),
    by: must('person'),
    insteadOf: may('person'),
    dueAt: may('instant'),
  }),
  'help-goes-on': mutable(said('主负责人变更', '主負責人變更', 'Somebody else has it'), {
    number,
    to: must('person'),
    by: must('person'),
    reason: may('text'),
  }),
  'help-ended': mutable(said('协助结束', '協助結束', 'Help ended'), {
    number,
    helper: must('person'),
    by: must('person'),
    reason: may('text'),
  }),
  'query-asked': staff(said('疑问待答复', '疑問待答覆', 'A question to answer'), { number, question: must('text'), by: must('person') }),
  'query-answered': staff(said('疑问已答复', '疑問已答覆', 'The question is answered'), {
    number,
    answer: must('text'),
    by: must('person'),
  }),
  'handed-up': staff(said('升级处理', '升級處理', 'Handed up'), {
    number,
    problem: must('text'),
    tried: must('text'),
    by: must('person'),
    dueAt: may('instant'),
  }),
  'intervention-opened': staff(said('介入调查', '介入調查', 'A superior looks into it'), {
    number,
    cause: must('intervention'),
    reason,
    by: must('person'),
  }),
  'intervention-closed': staff(said('介入结束', '介入結束', 'Intervention closed'), { number, outcome: must('text'), by: must('person') }),
  'handed-off': inDigests(
    mutable(said('移交工单定期查看', '移交工單定期查看', 'Handed-off tickets'), {
      number,
      holder: must('person'),
      silentSince: must('instant'),
      silence: may('duration'),
      dueAt: may('instant'),
    }),
  ),
  'coordination-recorded': staff(said('协调会纪要', '協調會紀錄', 'A coordination meeting'), {
    number,
    duty: must('text'),
    minutes: must('text'),
    by: must('person'),
    dueAt: may('instant'),
  }),
  'milestone-given': staff(said('里程碑待完成', '里程碑待完成', 'A milestone to reach'), {
    number,
    what: must('text'),
    until: must('instant'),
    by: must('person'),
    insteadOf: may('person'),
  }),
  'milestone-moved': staff(said('里程碑已调整', '里程碑已調整', 'A milestone was moved'), {
    number,
    what: must('text'),
    owner: must('person'),
    until: must('instant'),
    reason,
    by: must('person'),
    insteadOf: may('person'),
  }),
  'milestone-dropped': staff(said('里程碑已取消', '里程碑已取消', 'A milestone was dropped'), {
    number,
    what: must('text'),
    reason,
    by: must('person'),
  }),
  'milestone-reached': mutable(said('里程碑已完成', '里程碑已完成', 'A milestone is reached'), {
    number,
    what: must('text'),
    result: must('text'),
    by: must('person'),
  }),
} as const satisfies Readonly<Record<string, NoticeKindDefinition>>

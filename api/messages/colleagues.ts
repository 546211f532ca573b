import type { Locale } from '../../domain/labels.ts'
import type { Catalogue } from './catalogue.ts'

/** What is refused of what colleagues do together on a ticket: helping, asking the service desk, looking into it, explaining a delay. */
export const colleagueProblems = {
  'zh-CN': {
    'delay-unexplained': { title: '尚未说明超时原因', detail: '已超过解决期限。请先执行“延期”，说明原因和预计完成时间，再执行{command}。' },
    'nobody-has-it': { title: '{process}没有处理人', detail: '{process}当前没有处理人。请先认领或分派。' },
    'helpers-full': { title: '协助人过多', detail: '每个{process}最多 {limit} 名协助人。请先移除不再协助的人。' },
    'no-helper': { title: '没有协助人', detail: '此{process}没有协助人，无需移除。' },
    'query-open': { title: '疑问待答复', detail: '{since} 提出的疑问尚未答复。请先执行“答复疑问”，再继续处理。' },
    'no-query': { title: '没有待答复的疑问', detail: '此{process}没有待答复的疑问。请重新读取{process}。' },
    'intervention-open': { title: '已在介入调查', detail: '{person}自 {since} 起已介入调查。请先结束该次介入。' },
    'no-intervention': { title: '没有介入调查', detail: '此{process}没有进行中的介入调查。请重新读取{process}。' },
    'milestones-full': { title: '里程碑过多', detail: '每个{process}最多 {limit} 个里程碑。请合并，或调整已有的里程碑。' },
    'departments-full': { title: '部门过多', detail: '每个{process}最多 {limit} 个部门承担职责。请由已有的部门承担。' },
    'no-milestone': { title: '没有待完成的里程碑', detail: '此{process}没有待完成的里程碑。请重新读取{process}。' },
  },
  'zh-TW': {
    'delay-unexplained': {
      title: '尚未說明逾時原因',
      detail: '已超過解決期限。請先執行「延期」，說明原因與預計完成時間，再執行{command}。',
    },
    'nobody-has-it': { title: '{process}沒有處理人', detail: '{process}目前沒有處理人。請先認領或分派。' },
    'helpers-full': { title: '協助人過多', detail: '每個{process}最多 {limit} 名協助人。請先移除不再協助的人。' },
    'no-helper': { title: '沒有協助人', detail: '此{process}沒有協助人，無需移除。' },
    'query-open': { title: '疑問待答覆', detail: '{since} 提出的疑問尚未答覆。請先執行「答覆疑問」，再繼續處理。' },
    'no-query': { title: '沒有待答覆的疑問', detail: '此{process}沒有待答覆的疑問。請重新讀取{process}。' },
    'intervention-open': { title: '已在介入調查', detail: '{person}自 {since} 起已介入調查。請先結束該次介入。' },
    'no-intervention': { title: '沒有介入調查', detail: '此{process}沒有進行中的介入調查。請重新讀取{process}。' },
    'milestones-full': { title: '里程碑過多', detail: '每個{process}最多 {limit} 個里程碑。請合併，或調整既有的里程碑。' },
    'departments-full': { title: '部門過多', detail: '每個{process}最多 {limit} 個部門負責。請由既有的部門負責。' },
    'no-milestone': { title: '沒有待完成的里程碑', detail: '此{process}沒有待完成的里程碑。請重新讀取{process}。' },
  },
  en: {
    'delay-unexplained': {
      title: 'The delay is not explained',
      detail: 'The solution is overdue. State the cause of the delay and the estimated finish first (“Defer”); then {command} is possible.',
    },
    'nobody-has-it': {
      title: 'Nobody has the {process}',
      detail: 'Nobody has the {process} in hand. Have it claimed or assigned first.',
    },
    'helpers-full': {
      title: 'Too many helpers',
      detail: 'At most {limit} people help with one {process}. Remove somebody who helps no more.',
    },
    'no-helper': { title: 'Nobody helps', detail: 'Nobody helps with this {process}, so there is nobody to remove.' },
    'query-open': {
      title: 'A question waits for its answer',
      detail: 'The service desk was asked at {since} and has not answered. Answer the question (“Answer query”); then the work goes on.',
    },
    'no-query': { title: 'Nothing was asked', detail: 'No question waits for an answer here. Read the {process} again.' },
    'intervention-open': {
      title: 'Somebody looks into it already',
      detail: '{person} has been looking into this {process} since {since}. Close that intervention first.',
    },
    'no-intervention': { title: 'Nobody looks into it', detail: 'No intervention is open here. Read the {process} again.' },
    'milestones-full': {
      title: 'Too many milestones',
      detail: 'A {process} has at most {limit} milestones. Put some together, or move those that there are.',
    },
    'departments-full': {
      title: 'Too many departments',
      detail: 'At most {limit} departments have a duty in one {process}. Give it to one that has a part already.',
    },
    'no-milestone': { title: 'No milestone is open', detail: 'No milestone is open here. Read the {process} again.' },
  },
} as const satisfies Readonly<Record<Locale, Partial<Catalogue['problems']>>>

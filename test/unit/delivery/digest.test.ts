import { expect, it } from 'vitest'
import { digestLetter } from '../../../delivery/digest.ts'

it('a digest has a heading for each priority, and one for what knows none', () => {
  const entry = (number: string, priority: string | null) => ({
    ticket: { number, priority },
    letter: { language: 'zh-CN' as const, subject: `${number} 已超时`, text: '', remarks: [], quoted: false },
  })
  const { subject, text } = digestLetter([entry('TS1', '紧急'), entry('LN1', null), entry('LN2', null)], '王强', 'zh-CN')
  expect(subject).toBe('【通知汇总】3 条通知，涉及 3 个工单')
  expect(text.split('\n\n').slice(1)).toEqual(['紧急（1 条）\n· TS1 已超时', '其他（2 条）\n· LN1 已超时\n· LN2 已超时'])
})

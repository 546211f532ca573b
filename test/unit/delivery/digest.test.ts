import { describe, expect, it } from 'vitest'
import { digestLetter } from '../../../delivery/digest.ts'
import type { Locale } from '../../../domain/labels.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { loanProcess } from '../../loan/workflows/loan/process.ts'

const entry = (number: string, priority: string | null, language: Locale = 'zh-CN', isAwaited = false) => ({
  subject: { number, priority, isAwaited, words: { ...(number.startsWith('LN') ? loanProcess : ticketProcess) } },
  letter: { language, subject: `${number} 已超时`, text: '', remarks: [], quoted: false },
})

describe('a digest', () => {
  it('has a heading for each priority, and one for what knows none', () => {
    const { text } = digestLetter([entry('TS1', '紧急'), entry('LN1', null), entry('LN2', null)], '王强', 'zh-CN')
    expect(text.split('\n\n').slice(1)).toEqual(['紧急（1 条）\n· TS1 已超时', '其他（2 条）\n· LN1 已超时\n· LN2 已超时'])
  })

  it.each([
    ['zh-CN', '待您签署或决定（1 条）', '，待您签署或决定的在最前，紧急工单在前。'],
    ['zh-TW', '待您簽署或決定（1 則）', '，待您簽署或決定的列在最前，緊急工單列在前面。'],
    ['en', 'To be signed or decided by you (1)', ', those to be signed or decided by you first, the most urgent tickets first.'],
  ] as const)('has in front what waits for the reader, in %s', (language, heading, order) => {
    const { text } = digestLetter([entry('TS1', '紧急', language), entry('LN1', null, language, true)], '王强', language)
    expect(text).toContain(order)
    expect(text.split('\n\n')[1]).toBe(`${heading}\n· LN1 已超时`)
    expect(text.match(/LN1/g)).toHaveLength(1)
  })

  it.each([
    ['zh-CN', '涉及 2 个工单', '，紧急工单在前。'],
    ['zh-TW', '涉及 2 張工單', '，緊急工單列在前面。'],
    ['en', 'on 2 tickets', ', the most urgent tickets first.'],
  ] as const)('of tickets counts tickets, in %s', (language, counted, order) => {
    const { subject, text } = digestLetter([entry('TS1', '紧急'), entry('TS2', '高'), entry('TS2', '高')], '王强', language)
    expect(subject).toContain(counted)
    expect(text).toContain(order)
  })

  it.each([
    ['zh-CN', '【通知汇总】3 条通知，涉及 1 个工单、2 次设备借用', '紧急工单在前'],
    ['zh-TW', '【通知彙整】3 則通知，涉及 1 張工單、2 次設備借用', '緊急工單列在前面'],
    ['en', 'Digest: 3 notices on 1 tickets and 2 loans', 'the most urgent tickets first'],
  ] as const)('of several types counts each, in %s', (language, counted, order) => {
    const { subject, text } = digestLetter([entry('TS1', '紧急'), entry('LN1', null), entry('LN2', null)], '王强', language)
    expect(subject).toBe(counted)
    expect(text).toContain(order)
  })

  it.each(['zh-CN', 'zh-TW', 'en'] as const)('of loans alone speaks of no tickets, in %s', (language) => {
    const { subject, text } = digestLetter([entry('LN1', null), entry('LN2', null)], '王强', language)
    expect(`${subject}\n${text}`).not.toMatch(/工单|工單|ticket|紧急|緊急|urgent/i)
  })
})

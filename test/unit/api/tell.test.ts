import { describe, expect, it } from 'vitest'
import { tellSentence } from '../../../api/registration/tell.ts'
import { durationText } from '../../../domain/duration-text.ts'
import type { Locale } from '../../../domain/labels.ts'

const told = { number: 'TS20260302001', startBy: '2026-03-02T03:00:00.000Z', zone: 'Asia/Shanghai' }

describe('T3: what the customer is told at registration', () => {
  it.each<[Locale, string]>([
    ['zh-CN', '工单已创建，工单编号：TS20260302001。我们将在 2 小时内开始处理，最迟不晚于 2026-03-02 11:00。'],
    ['zh-TW', '工單已建立，工單編號：TS20260302001。我們將在 2 小時內開始處理，最遲不晚於 2026-03-02 11:00。'],
    ['en', 'Your ticket number is TS20260302001. We will start working on it within 2 hours, by 2026-03-02 11:00 at the latest.'],
  ])('the number and within how many hours work starts, in %s', (locale, sentence) => {
    expect(tellSentence({ ...told, startWithin: { within: 'PT2H', timeBase: 'elapsed' }, locale })).toBe(sentence)
  })

  it('says that working hours are meant, and no instant while it depends on the customer', () => {
    const within = { within: 'PT8H', timeBase: 'working' } as const
    expect(tellSentence({ ...told, startBy: '2026-03-02T10:00:00.000Z', startWithin: within, locale: 'zh-CN' })).toBe(
      '工单已创建，工单编号：TS20260302001。我们将在 8 小时（工作时间）内开始处理，最迟不晚于 2026-03-02 18:00。',
    )
    expect(tellSentence({ ...told, startBy: undefined, startWithin: within, locale: 'zh-CN' })).toBe(
      '工单已创建，工单编号：TS20260302001。我们将在 8 小时（工作时间）内开始处理。',
    )
  })

  it('tells the number alone where the profile promises no start', () => {
    expect(tellSentence({ ...told, startWithin: null, locale: 'en' })).toBe('Your ticket number is TS20260302001.')
  })

  it.each<[string, 'elapsed' | 'working', string]>([
    ['PT15M', 'elapsed', '15 minutes'],
    ['PT1H30M', 'elapsed', '1 hour 30 minutes'],
    ['P1D', 'elapsed', '1 day'],
    ['P1D', 'working', '1 working day'],
    ['P1W', 'working', '7 working days'],
    ['P5D', 'working', '5 working days'],
    ['PT8H', 'working', '8 hours of working time'],
  ])('%s of %s time is %s', (within, timeBase, text) => {
    expect(durationText(within, timeBase, 'en')).toBe(text)
  })
})

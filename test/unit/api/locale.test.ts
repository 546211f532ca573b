import { describe, expect, it } from 'vitest'
import { localeOf } from '../../../api/http/locale.ts'

describe('X6: the language of an answer', () => {
  it.each([
    // nothing asked for, or nothing we speak
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'en'],
    ['fr-FR, de;q=0.5', 'en'],
    ['*', 'en'],
    // Chinese by script, then by region
    ['zh', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-TW', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-CN', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['ZH-mo', 'zh-TW'],
    ['yue-Hant-HK', 'zh-TW'],
    // as systems spell their own
    ['zh_TW', 'zh-TW'],
    ['zh_TW.UTF-8', 'zh-TW'],
    ['zh_Hant_HK', 'zh-TW'],
    ['zh-CHT', 'zh-TW'],
    ['zh-chs', 'zh-CN'],
    ['zh_CN.GB18030', 'zh-CN'],
    ['en_US.UTF-8, zh-TW;q=0.5', 'en'],
    // by weight, not by place
    ['en-GB', 'en'],
    ['en;q=0.3, zh-TW;q=0.9', 'zh-TW'],
    ['zh-TW;q=0.3, en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['fr, zh-TW;q=0.2', 'zh-TW'],
    ['fr;q=0.9, *;q=0.1', 'en'],
    ['en, zh-CN', 'en'],
    // refused ones
    ['en;q=0, *', 'zh-CN'],
    ['zh-CN;q=0, en;q=0, *', 'zh-TW'],
    // what a browser never sends
    [';;q=,,,', 'en'],
    ['zh-CN;q=abc', 'zh-CN'],
    ['zh-CN ; Q = 0.5 , en ; q=0.6', 'en'],
  ])('%j → %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })

  it('reads a hostile header in no time', () => {
    expect(localeOf(`${'x;q=0.1,'.repeat(100_000)}zh-TW`)).toBe('en')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskedExcerpt } from '../../../domain/contact/masked-text.ts'
import { containsWord } from '../../../domain/contains-word.ts'

describe('a text speaks of something', () => {
  it.each([
    ['等了很久才回电', '很久'],
    ['等了很 久', '很久'],
    ['ＶＰＮ 客户端连不上', 'vpn客户端'],
    ['vpn客户端', 'VPN 客户端'],
    ['Slowly, but well', 'slow'],
    ['the APP crashed', 'app'],
    ['更新App后', 'app'],
    ['no call back', 'call back'],
    ['第3次了', '3次'],
    ['v2.10', 'v2'],
  ])('%s speaks of %s', (text, word) => expect(containsWord(text, word)).toBe(true))

  it.each([
    ['I am happy', 'app'],
    ['whatsapp', 'app'],
    ['13次', '3次'],
    ['snow', 'now'],
    ['', '很久'],
    ['很', '很久'],
    ['anything', ' '],
  ])('%s does not speak of %s', (text, word) => expect(containsWord(text, word)).toBe(false))

  it('finds a word of ideographs wherever it stands, whatever is around it', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => containsWord(`${before}沟通${after}`, '沟通')))
  })
})

describe('a text without contact data', () => {
  it.each([
    ['请打 13812345678 找我', '请打 138****5678 找我'],
    ['我的邮箱 zhang@example.com', '我的邮箱 zh***@example.com'],
    ['身份证 11010519491231002X 已发', '身份证 ****002X 已发'],
    ['卡号 6222 0200 1234 5678 901', '卡号 ****8901'],
    ['身份证号１１０１０５１９４９１２３１００２Ｘ', '身份证号****002X'],
    ['身分證 A123456789', '身分證 ****6789'],
    ['卡号 6222.0212.3456.7890', '卡号 ****7890'],
    ['请写 zhang[at]example.com', '请写 zh***@example.com'],
    ['请写 zhang (AT) example [dot] com。', '请写 zh***@example.com。'],
    ['on the way (at home)', 'on the way (at home)'],
    ['工单 TS20261101001、20231001000123 都没解决', '工单 TS20261101001、20231001000123 都没解决'],
    ['12 天，3 次', '12 天，3 次'],
    ['（已致电１３８１２３４５６７８）：客户说“稍等”！', '（已致电138****5678）：客户说“稍等”！'],
    ['身份证：11010519491231002X；约 30㎡，①号楼？', '身份证：****002X；约 30㎡，①号楼？'],
  ])('%s', (text, masked) => expect(maskedExcerpt(text, 100)).toBe(masked))

  it('is cut without a half of a number left that would be taken for none', () => {
    for (let most = 1; most <= 40; most += 1) {
      const cut = maskedExcerpt('一二三四五六七八九十请打电话 13812345678 或者写信给 zhang.wei@example.com，谢谢，再见', most)
      expect(cut).not.toMatch(/1381234|zhang\.wei/)
      expect([...cut].length).toBeLessThanOrEqual(most + 1)
    }
    expect(maskedExcerpt('短', 10)).toBe('短')
    expect(maskedExcerpt('比较长的一段话', 3)).toBe('比较长…')
  })

  it('takes longer only as the text is longer, whatever it is', () => {
    const spent = (sign: string, length: number) => {
      const begun = process.cpuUsage().user
      maskedExcerpt(sign.repeat(length), 300)
      return process.cpuUsage().user - begun
    }
    // Eight times as long: sixty-four times the work, if each sign were looked at with each other. Below some milliseconds chance measures.
    for (const sign of ['@', '1', '1 ', 'a@', '一', '138', '"', '1-'])
      expect(spent(sign, 80_000), sign).toBeLessThan(30 * Math.max(spent(sign, 10_000), 10_000))
  })
})

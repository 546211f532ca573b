import { describe, expect, it } from 'vitest'
import { locales } from '../../../domain/labels.ts'
import { mailText } from '../../../reports/mail.ts'
import { sampleKinds, sampleReport } from '../../support/sample-reports.ts'

const link = 'https://support.example.com/reports/report:tech-support:monthly:2026-10'

describe('the mail about a report', () => {
  it('says of which time it is, what matters most, until when that was known, and where the rest is', () => {
    const model = sampleReport('monthly')
    expect(mailText(model, link, 'zh-CN')).toEqual({
      subject: '技术支持问题分析报告（2026年10月）',
      text: [
        '您好！技术支持问题分析报告（2026年10月）已生成，要点如下：',
        '',
        ...model.highlights.map((sentence) => sentence['zh-CN']),
        '',
        '统计期间：2026年10月1日（周四）00:00 至 2026年11月1日（周日）00:00',
        '数据截至：2026年11月2日（周一）09:00 北京时间',
        '',
        '查看全文、图表与口径，下载 PDF 和表格：',
        link,
      ].join('\n'),
    })
  })

  it.each(locales)('is short, and ends with the link, in %s', (locale) => {
    for (const kind of sampleKinds) {
      const { subject, text } = mailText(sampleReport(kind), link, locale)
      expect(subject).not.toContain('\n')
      expect(text.split('\n').length).toBeLessThanOrEqual(12)
      expect(text.endsWith(`\n${link}`)).toBe(true)
      expect(`${subject}${text}`).not.toMatch(/[{}]|undefined/)
    }
  })

  it('says that the period was quiet', () => {
    expect(mailText(sampleReport('quiet'), link, 'zh-CN').text).toContain('本期无业务发生')
  })
})

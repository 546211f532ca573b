import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locales } from '../../../domain/labels.ts'
import { documentOf } from '../../../reports/make.ts'
import { dataOf } from '../../../reports/pdf/data.ts'
import { pdf } from '../../../reports/pdf/pdf.ts'
import { settable } from '../../../reports/pdf/settable.ts'
import { resolvePdfTools } from '../../../runtime/pdf-tools.ts'
import { hostileReport } from '../../support/hostile-report.ts'
import { pdfToolsAreHere } from '../../support/pdf-tools.ts'
import { sampleKinds, sampleReport, sampleSigned, unsigned } from '../../support/sample-reports.ts'

const areHere = await pdfToolsAreHere()

describe.skipIf(!areHere)('a report as a PDF', () => {
  it.each(sampleKinds.map((kind, at) => ({ kind, locale: locales[at % locales.length] ?? 'en' })))(
    'is made of a $kind report, in $locale',
    async ({ kind, locale }) => {
      const model = sampleReport(kind)
      const made = await pdf(
        model,
        kind === 'monthly' ? sampleSigned(model) : { ...unsigned, standing: kind === 'weekly' ? 'unreviewed' : 'draft' },
        locale,
      )
      expect(textOf(made).slice(0, 5)).toBe('%PDF-')
      expect(made.length).toBeGreaterThan(10_000)
    },
  )

  it('is the same to the byte when it is made again, and says that it was made when it was reckoned', async () => {
    const model = sampleReport('weekly')
    const once = await pdf(model, unsigned, 'zh-CN')
    expect(Buffer.compare(await pdf(model, unsigned, 'zh-CN'), once)).toBe(0)
    expect(Buffer.compare(await pdf(sampleReport('weekly', 2), unsigned, 'zh-CN'), once)).not.toBe(0)
    expect(textOf(once)).toContain('2026-11-30T01:00:00')
  })

  it('takes whatever people wrote as text: no markup, no file, no formula', async () => {
    const made = await pdf(hostileReport(), { ...unsigned, texts: { box: '#read("/etc/passwd")\n*bold* $x$' } }, 'en')
    expect(textOf(made).slice(0, 5)).toBe('%PDF-')
  })
})

describe('what a PDF is set from', () => {
  it('is data, in which markup is text', () => {
    const data = dataOf(documentOf(hostileReport(), unsigned, 'en'), 'en')
    expect(data.replaceAll('\u200B', '')).toContain(
      JSON.stringify('#import "@preview/evil:0.1.0": *; #read("/etc/passwd") *bold* _it_ $x^2$ `raw` @ref <label>').slice(1, -1),
    )
    expect(data).not.toMatch(/\p{Emoji_Presentation}|\uFE0F|\u200D/u)
  })

  it('has a square for each emoji, since the font has none', () => {
    expect(settable('打印机 🖨️ 坏了 😭')).toBe('打印机 □ 坏了 □')
    expect(settable('👨‍👩‍👧‍👦🇨🇳1️⃣')).toBe('□')
    expect(settable('№ 5 ①㎡✓ © ™ 繁體')).toBe('№ 5 ①㎡✓ © ™ 繁體')
  })

  it('may break a word that is longer than any column, and no other', () => {
    expect(settable('W'.repeat(300))).toBe([...'W'.repeat(300)].join('\u200B'))
    expect(settable('TS20261100730 internationalisation 长长长长长长长长长长长长长长长长长长长长长长长长长')).not.toContain('\u200B')
  })
})

describe('what PDFs are set with', () => {
  it('says, where it cannot be had, which ways were tried and what to do', async () => {
    const home = mkdtempSync(join(tmpdir(), 'bihuan-no-tools-'))
    const tools = {
      pins: new URL('../../../reports/pdf/tools', import.meta.url).pathname,
      fonts: { package: 'none', kept: [] },
      compiler: 'none',
      works: () => Promise.resolve(),
    }
    const env = { HOME: home, npm_execpath: join(home, 'npm-cli.js') }
    const refused = await resolvePdfTools(tools, { env }).catch((error: unknown) => String(error))
    expect(refused).toMatch(
      /What PDFs are set with cannot be had; none of 2 ways worked:\n {2}1\. the copy in .*: is not there\n {2}2\. the npm registry: /,
    )
    expect(refused).toContain('or copy ')
    rmSync(home, { recursive: true })
  })
})

function textOf(made: Uint8Array): string {
  return Buffer.from(made).toString('latin1')
}

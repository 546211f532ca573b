import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { locales, said } from '../../../domain/labels.ts'
import type { ReportModel } from '../../../domain/reports/model.ts'
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

  it('R13: holds each word as it was written, for whoever searches or copies it: what breaks a long one is no letter', async () => {
    const long = 'https://example.com/a/very/long/path/that/goes/on/and/on/for/ever/index.html?query=one&other=two'
    const made = await pdf(withHighlight(`${long} 𠮷`), unsigned, 'en')
    const maps = textOf(made).match(/begincmap[^]*?endcmap/g) ?? []
    expect(maps.length).toBeGreaterThan(0)
    expect(maps.filter((map) => /<200B>/i.test(map))).toEqual([])
    const words = await wordsOf(made)
    // Where no reader of PDFs is, the maps of letters must do.
    if (words === undefined) return
    expect(words.replaceAll('\n', '')).toContain(long)
    expect(words).toContain('U+20BB7')
  })

  it('takes whatever people wrote as text: no markup, no file, no formula', async () => {
    const made = await pdf(hostileReport(), { ...unsigned, texts: { box: '#read("/etc/passwd")\n*bold* $x$' } }, 'en')
    expect(textOf(made).slice(0, 5)).toBe('%PDF-')
  })
})

describe('what a PDF is set from', () => {
  it('is data, in which markup is text', () => {
    const data = dataOf(documentOf(hostileReport(), unsigned, 'en'), 'en')
    expect(data).toContain(
      JSON.stringify('#import "@preview/evil:0.1.0": *; #read("/etc/passwd") *bold* _it_ $x^2$ `raw` @ref <label>').slice(1, -1),
    )
    expect(data).not.toMatch(/\p{Emoji_Presentation}|\uFE0F|\u200D/u)
  })

  it('has a square for each emoji, since the font has none', () => {
    expect(settable('打印机 🖨️ 坏了 😭')).toBe('打印机 □ 坏了 □')
    expect(settable('👨‍👩‍👧‍👦🇨🇳1️⃣')).toBe('□')
    expect(settable('№ 5 ①㎡✓ © ™ 繁體')).toBe('№ 5 ①㎡✓ © ™ 繁體')
  })

  it('R13: says which letters the font lacks, each once, and has a square for each', () => {
    const name = '𠮷田 한국 ไทย Zoe\u0301'
    const has = (codePoint: number) => codePoint < 0xac00 || (codePoint >= 0xff00 && codePoint <= 0xffff) || codePoint === 0xff0c
    const { title, lacking } = dataSchema.parse(
      JSON.parse(dataOf({ ...documentOf(sampleReport('quiet'), unsigned, 'en'), title: name }, 'en', has)),
    )
    expect([title, lacking]).toEqual([
      '□田 □□ ไทย Zoé',
      'Characters that a PDF cannot show here stand as □ (3): U+20BB7, U+D55C, U+AD6D. The page and the workbook have them.',
    ])
    const plain = dataSchema.parse(JSON.parse(dataOf(documentOf(sampleReport('monthly'), unsigned, 'zh-CN'), 'zh-CN', has)))
    expect(plain.lacking).toBeNull()
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

const dataSchema = z.object({ title: z.string(), lacking: z.string().nullable() })

function withHighlight(sentence: string): ReportModel {
  const model = sampleReport('quiet')
  return {
    ...model,
    record: { number: 'TS-QR-017', version: 'A/0' },
    highlights: [said(sentence, sentence, sentence), ...model.highlights],
  }
}

/** What a reader finds in it; undefined where none is installed. */
async function wordsOf(made: Uint8Array): Promise<string | undefined> {
  const file = join(mkdtempSync(join(tmpdir(), 'bihuan-pdf-')), 'report.pdf')
  writeFileSync(file, made)
  return promisify(execFile)('pdftotext', [file, '-']).then(
    ({ stdout }) => stdout,
    () => undefined,
  )
}

function textOf(made: Uint8Array): string {
  return Buffer.from(made).toString('latin1')
}

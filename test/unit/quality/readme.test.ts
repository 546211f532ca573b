import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogues } from '../../../api/messages/catalogues.ts'
import { faultLines } from '../../../cli/document-report.ts'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { memberOf } from '../../../domain/document/loose.ts'
import { own } from '../../../domain/own.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { productVersion } from '../../../runtime/version.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'

/** What the two READMEs quote is what the product says: they are what people read first, and believe. */

const pages = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh-CN'],
] as const

describe.each(pages)('%s', (file, locale) => {
  const page = readFileSync(file, 'utf8')
  const catalogue = catalogues[locale]
  const ofTickets = (template: unknown) => String(template).replaceAll('{process}', ticketProcess.labels[locale])

  it('quotes problems in the words of the product', () => {
    const quoted = quotedProblems(page)
    expect(quoted.length).toBeGreaterThan(1)
    for (const { code, title, detail } of quoted) {
      const said = memberOf(catalogue.problems, code)
      expect(title).toBe(ofTickets(memberOf(said, 'title')))
      if (detail !== undefined) expect(detail).toMatch(wordsOf(ofTickets(memberOf(said, 'detail'))))
    }
  })

  it('quotes what is wrong with fields in the words of the product', () => {
    const quoted = [...page.matchAll(/"code":"([a-z-]+)",\s*"message":"([^"]+)"/g)]
    expect(quoted.length).toBeGreaterThan(0)
    for (const [, code = '', message] of quoted) expect(message).toMatch(wordsOf(own<string>(catalogue.fields, code) ?? code))
  })

  it('quotes what the customer is told in the words of the product', () => {
    const [, tell] = /"tell":"([^"]+)"/.exec(page) ?? []
    expect(tell).toMatch(wordsOf(catalogues['zh-CN'].tell.start))
  })

  it('quotes what is said of the profile that it changes', () => {
    const [, written = ''] = /cat > acme\.yaml <<'END'\n([\s\S]*?)\nEND\n/.exec(page) ?? []
    const bases = basesIn(['base', 'tech-support'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') })))
    const result = parseProfile(written, { bases })
    const lines = result.ok ? [] : faultLines('acme.yaml', result.errors)
    expect(lines).toHaveLength(1)
    expect(parseProfile(written.replace('PT48h', 'PT48H'), { bases })).toMatchObject({ ok: true })
    expect(page).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
  })

  it('names the version that there is', () => {
    const named = [.../(?:Version|版本) (\d+\.\d+)/g[Symbol.matchAll](page)].map(([, version]) => version)
    expect(named).toEqual([productVersion.split('.').slice(0, 2).join('.')])
  })
})

interface Quoted {
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
}

/** The problem documents of a page; what a quotation leaves out, it marks by `…`. */
function quotedProblems(page: string): Quoted[] {
  return [...page.matchAll(/\{[^\n]*"type":"\/problems\/([a-z-]+)"[\s\S]*?\n```/g)].map(([whole, code = '']) => ({
    code,
    title: /"title":"([^"]+)"/.exec(whole)?.[1] ?? '',
    detail: /"detail":"([^"]+)"/.exec(whole)?.[1],
  }))
}

/** What a template can say. */
function wordsOf(template: string): RegExp {
  const escaped = template.replaceAll(/[.*+?^$()|\\]/g, String.raw`\$&`)
  const pattern = escaped
    .replaceAll('[', '(?:')
    .replaceAll(']', ')?')
    .replaceAll(/ ?\{\w+\} ?/g, '.+?')
  return new RegExp(`^${pattern}$`, 'u')
}

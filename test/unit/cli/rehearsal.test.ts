import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { rehearsalView } from '../../../api/views/rehearsal.ts'
import type { RehearseAsked } from '../../../cli/commands/rehearse.ts'
import { showRehearsal } from '../../../cli/rehearsal/page.ts'
import { printRehearsal } from '../../../cli/rehearsal/run.ts'
import { columns } from '../../../cli/terminal-text.ts'
import { readDocument } from '../../../domain/document/read.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { imaginedSchema, storySchema } from '../../../rehearsal/asked.ts'
import { rehearse } from '../../../rehearsal/rehearse.ts'
import { office, techSupport } from '../../support/tickets.ts'

/** X12: the page of a rehearsal, and what the command says where something is wrong. */

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'))
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function page(locale: Locale, width: number, mails: boolean): Promise<string> {
  const story = readDocument(readFileSync('docs/examples/story.yaml', 'utf8'), storySchema)
  if (!story.ok) throw new Error(JSON.stringify(story.errors))
  const ticket = imaginedSchema.parse({ type: 'software-fault', priority: 'urgent', at: '2026-12-01T09:00' })
  const calendar = { version: 1, calendar: office }
  const rehearsed = await rehearse({ profile: techSupport, calendar, ticket, story: story.value, language: locale })
  if (!rehearsed.ok) throw new Error(JSON.stringify(rehearsed.errors))
  let text = ''
  const terminal = { write: (part: string) => (text += part), colour: false, width }
  showRehearsal(
    rehearsalView(rehearsed.rehearsal, { profile: techSupport, locale }),
    { locale, mails, lineOf: (act) => `acts.yaml:${act}` },
    terminal,
  )
  return text
}

describe('X12: the page', () => {
  it.each(locales.flatMap((locale) => [80, 120].map((width) => [locale, width] as const)))(
    'X12: in %s fits into %i columns, mails included',
    async (locale, width) => {
      for (const mails of [false, true]) {
        const lines = (await page(locale, width, mails)).split('\n')
        expect(lines.filter((line) => columns(line) > width)).toEqual([])
        expect(lines.filter((line) => /undefined|\[object|\{\w+\}|\s$/.test(line))).toEqual([])
      }
    },
  )

  it('X12: says what is promised, what happens, what the customer hears and what becomes of it', async () => {
    const text = await page('zh-CN', 100, false)
    for (const said of [
      '进度更新    12-01 09:51 → 12-01 10:51  超时，12-01 12:11 才完成',
      '10:51  ■ 进度更新 · 超时',
      '✗ 同事 · 认领：工单已被认领',
      '步骤 acts.yaml:4',
      '客户听到的',
      '已归档，不再有任何操作。',
      '1 项承诺超时。',
    ])
      expect(text).toContain(said)
  })
})

describe('X12: bihuan profile rehearse', () => {
  const usual: RehearseAsked = {
    type: 'software-fault',
    at: '2026-12-01T09:00',
    field: {},
    tag: [],
    mails: false,
    json: true,
    encoding: 'utf-8',
  }

  async function said(asked: Partial<RehearseAsked>, story?: string): Promise<readonly string[]> {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
    const path = join(folder, 'acts.yaml')
    if (story !== undefined) writeFileSync(path, story)
    await printRehearsal('tech-support', { ...usual, ...asked, ...(story !== undefined && { story: path }) })
    vi.restoreAllMocks()
    return lines.map((line) => line.replaceAll(folder, ''))
  }

  it("X12: finds the profile's calendar beside its file, and takes digits for text where the field is one", async () => {
    const lines: string[] = []
    const stdout = { write: (text: string) => void lines.push(text), colour: false, width: 110 }
    const night = { type: 'request', priority: 'medium', channel: 'email', at: '2026-12-01T22:50', json: false, lang: 'en' as const }
    await printRehearsal('docs/examples/hotel.yaml', { ...usual, ...night, field: { room: '1208' } }, stdout)
    expect(lines.join('')).toContain('First response  12-01 22:50 → 12-02 07:05')
    expect(lines.join('')).not.toContain('filled in: room')
    writeFileSync(join(folder, 'inn.yaml'), readFileSync('docs/examples/hotel.yaml', 'utf8'))
    await expect(printRehearsal(join(folder, 'inn.yaml'), { ...usual, ...night }, stdout)).rejects.toThrow(
      'a shipped calendar "hotel-shifts"',
    )
  })

  it('X12: prints as JSON what the API answers', async () => {
    const [json = ''] = await said({ lang: 'en' })
    expect(JSON.parse(json)).toMatchObject({ profile: 'tech-support', language: 'en', end: { because: 'nothing-ahead' } })
    expect(process.exitCode).toBeUndefined()
  })

  it.each([
    [{ type: 'software' }, undefined, ['--type: is not one of the possible values']],
    [{ field: { extent: '3' } }, undefined, ['--field extent: ']],
    [{ at: 'noon' }, undefined, ['--at: ']],
    [{}, '- { at: +PT1M, by: handler, do: claim }\n- { at: 2026-11-01T00:00, by: handler, do: accept }', ['/acts.yaml:2: 2.at: ']],
    [{}, '- { at: +PT1M, by: handler, do: clam }', ['/acts.yaml:1: 1.do: ']],
    [{}, 'acts: 3', ['/acts.yaml']],
  ])('X12: ends with 1 and says where and why: %o', async (asked, story, starts) => {
    const lines = await said({ lang: 'en', ...asked }, story)
    expect(process.exitCode).toBe(1)
    starts.forEach((start, nth) => expect(lines[nth]).toContain(start))
  })
})

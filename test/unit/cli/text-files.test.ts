import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerLines } from '../../../cli/calendar/answering.ts'
import { namedCalendar } from '../../../cli/calendar/calendar-file.ts'
import { dueBy } from '../../../cli/calendar/questions.ts'
import { readTextFile, writeTextFile } from '../../../cli/text-file.ts'
import { fileTransport } from '../../../delivery/files.ts'
import type { Mail } from '../../../delivery/mail.ts'
import { builtCli } from '../../support/launcher.ts'

/** What the command reads and writes is text that it understood, or nothing. */

/** Starting the command takes a second, and several on a busy machine. */
const patience = { timeout: 60_000 }
/** `春节` in GBK. */
const gbk = Buffer.from([0xb4, 0xba, 0xbd, 0xda])

const shipped = readFileSync('profiles/calendars/cn-office.yaml', 'utf8')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-texts-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function written(name: string, content: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function run(...words: readonly string[]) {
  return execa(process.execPath, [builtCli, ...words], { reject: false })
}

describe('a file that cannot be read', () => {
  it.each([
    ['that is not there', 'none.yaml', 'there is no such file. Check the name'],
    ['that is a folder', '', 'this is a folder. Give the path of a file in it.'],
    ['in what is no folder', 'week.yaml/none.yaml', 'there is no such file. Check the name: what stands before a "/" must be a folder.'],
  ])('%s is told with its path and a remedy', async (_, name, remedy) => {
    written('week.yaml', Buffer.from('id: x'))
    const path = join(folder, name)
    await expect(readTextFile(path)).rejects.toThrow(`${path}: ${remedy}`)
    if (name !== '') await expect(namedCalendar(path)).rejects.toThrow(/There is neither a file|must be a folder/)
    await expect(writeTextFile(join(path, 'x', 'y'), '')).rejects.toThrow('there is no such file')
  })

  it('is told so by each command that takes one', patience, async () => {
    for (const words of [
      ['people', 'install'],
      ['profile', 'check'],
      ['calendar', 'check'],
    ])
      expect(await run(...words, join(folder, 'none.yaml'))).toMatchObject({
        exitCode: 1,
        stderr: `${join(folder, 'none.yaml')}: there is no such file. Check the name, and in which folder you are.`,
      })
  })
})

describe('a file in GBK', () => {
  const calendar = () =>
    written('office.yaml', Buffer.concat([Buffer.from(shipped.replaceAll(/#.*/g, '')), Buffer.from('# '), gbk, Buffer.from('\n')]))

  it('is not what a calendar is merged into, and stays as it was', patience, async () => {
    const path = calendar()
    const before = readFileSync(path)
    const merged = await run('calendar', 'import', '--year', '2025', '--into', path)
    expect(merged.exitCode).toBe(1)
    expect(merged.stderr).toMatch(/office\.yaml:\d+: this is not UTF-8; it may be GBK\. Save it as UTF-8: iconv -f GB18030 -t UTF-8 /)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('is refused with its line by each check, and read when told', patience, async () => {
    const path = calendar()
    const refused = await run('calendar', 'check', path)
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/:\d+: this is not UTF-8.*--encoding gb18030/) })
    const profile = written('profile.yaml', Buffer.concat([Buffer.from('id: x\n# '), gbk]))
    expect((await run('profile', 'check', profile)).stderr).toContain('profile.yaml:2: this is not UTF-8')
    expect((await run('profile', 'check', '--encoding', 'gb18030', profile)).stderr).toContain('version: is missing')
    const people = written('people.yaml', Buffer.concat([Buffer.from('people:\n  - name: '), gbk]))
    expect((await run('people', 'install', people)).stderr).toContain('people.yaml:2: this is not UTF-8')
  })
})

describe('a file with a byte order mark', () => {
  it('is read, and has it still when it is written back', patience, async () => {
    const mark = Buffer.from([0xef, 0xbb, 0xbf])
    const source = shipped
      .replaceAll(/^.*2026-.*\n/gm, '')
      .replace('days:\n', 'days:\n  "2025-01-01": []\n')
      .concat("coveredThrough: '2025-12-31'\n")
    const path = written('marked.yaml', Buffer.concat([mark, Buffer.from(source)]))
    expect((await run('calendar', 'check', path)).exitCode).toBe(0)
    const merged = await run('calendar', 'import', '--year', '2026', '--into', path)
    expect(merged.exitCode, merged.stderr).toBe(0)
    expect(readFileSync(path).subarray(0, 4)).toEqual(Buffer.concat([mark, Buffer.from(source.slice(0, 1))]))
    expect((await run('calendar', 'check', path)).exitCode).toBe(0)
  })
})

describe('questions from a stream', () => {
  it('that are not UTF-8 are refused in their place', async () => {
    const { calendar } = await namedCalendar('cn-office')
    const lines: string[] = []
    const answers = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) })
    await answerLines(Readable.from([Buffer.concat([Buffer.from('{"from": "'), gbk, Buffer.from('"}\n')])]), answers, dueBy(calendar))
    expect(lines.join('')).toBe('{"error":"the line is not UTF-8; send it as UTF-8"}\n')
  })
})

const mail: Mail = {
  from: { name: '', address: 'bihuan@example.com' },
  to: [{ name: '王强', address: 'wang@example.com' }],
  subject: '提醒',
  text: '请接单',
  html: '<p>请接单</p>',
  messageId: '<TS1-4@bihuan>',
  references: '<TS1@bihuan>',
  headers: {},
  date: new Date(),
  name: 'TS1-4',
}

describe('the mail folder', () => {
  it('is swept of what killed workers left, and of nothing else', async () => {
    const mails = mkdtempSync(join(folder, 'mails-'))
    const old = new Date(Date.now() - 3_600_000)
    for (const name of ['.TS1-2.0123456789ab', 'TS1-1.eml', '.keep', '.TS1-3.fedcba987654']) {
      writeFileSync(join(mails, name), 'half a mail')
      if (name !== '.TS1-3.fedcba987654') utimesSync(join(mails, name), old, old)
    }
    await fileTransport(mails).send(mail, new AbortController().signal)
    expect(readdirSync(mails).toSorted()).toEqual(['.TS1-3.fedcba987654', '.keep', 'TS1-1.eml', 'TS1-4.eml'])
  })
})

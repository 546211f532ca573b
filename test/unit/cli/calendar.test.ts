import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { answerLines } from '../../../cli/calendar/answering.ts'
import { namedCalendar } from '../../../cli/calendar/calendar-file.ts'
import { daysAsYaml, mergeDays } from '../../../cli/calendar/merge-days.ts'
import { dueBy, elapsedBy, type Respond } from '../../../cli/calendar/questions.ts'
import { knownThrough, makeUpSpans, statutoryDays } from '../../../cli/calendar/statutory-days.ts'
import { builtCli } from '../../support/launcher.ts'

const { calendar: office, source } = await namedCalendar('cn-office')
const makeUp = makeUpSpans(office)
const daysSchema = z.object({ days: z.record(z.string(), z.array(z.string())) })

/** Starting the command takes a second, and several on a busy machine. */
const patience = { timeout: 60_000 }

describe('X2: questions from a stream', () => {
  it('X2: each line is answered in its place; a bad one says which field, and the others are still answered', async () => {
    const heard = await answered(dueBy(office), [
      '{"from": "2026-09-29T10:00:00+08:00", "working": "P5D"}',
      '{"from": "2026-09-29T10:00:00+08:00", "working": "8h"}',
      '{"from": "2026-09-29T10:00:00", "working": "PT8H"}',
      '{"working": "PT8H"}',
      '{"from": "2026-09-29T10:00:00Z", "working": "P99999999D"}',
      '{"from": ',
      '7',
      '',
      '{"from": "2026-07-06T15:00:00+08:00", "working": "PT8H"}',
    ])
    expect(heard.lines).toEqual([
      { due: '2026-10-12T10:00:00.000Z' },
      { error: expect.stringMatching(/^working: must be .*PT15M/) },
      { error: expect.stringMatching(/^from: must be .*offset or Z/) },
      { error: expect.stringMatching(/^from: is required/) },
      { error: expect.stringMatching(/^working: lies too far away/) },
      { error: expect.stringContaining('not JSON (column 9)') },
      { error: expect.stringContaining('must be an object') },
      { due: '2026-07-07T07:00:00.000Z' },
    ])
    expect(heard).toMatchObject({ refused: 6, over: { from: '2026-07-06T07:00:00.000Z', to: '2026-10-12T10:00:00.000Z' } })
  })

  it('X2: working time between two instants', async () => {
    const heard = await answered(elapsedBy(office), [
      '{"from": "2026-09-30T17:30:00+08:00", "to": "2026-10-08T12:30:00+08:00"}',
      '{"from": "2026-10-08T12:30:00+08:00", "to": "2026-09-30T17:30:00+08:00"}',
      '{"from": "2026-09-30T17:30:00+08:00"}',
    ])
    expect(heard.lines).toEqual([
      { working: 'PT3H30M' },
      { error: expect.stringMatching(/^to: does not lie after `from`/) },
      { error: expect.stringMatching(/^to: is required/) },
    ])
  })
})

async function answered(respond: Respond, lines: readonly string[]) {
  const written: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk))
      done()
    },
  })
  const came = await answerLines(Readable.from([lines.join('\n')]), sink, respond)
  return {
    ...came,
    lines: written
      .join('')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  }
}

describe('X2: the statutory days of mainland China', () => {
  it('X2: of 2026 are those the shipped calendar has', () => {
    const days = statutoryDays(2026)
    expect(Object.fromEntries(days.map(({ date, works }) => [date, works ? makeUp : []]))).toEqual(office.days)
    expect(parse(daysAsYaml(2026, days, makeUp))).toEqual({ days: office.days, coveredThrough: office.coveredThrough })
    expect(daysAsYaml(2026, days, makeUp)).toContain(
      '"2026-10-10": ["09:00-12:00", "13:00-18:00"] # 国庆节 National Day, make-up workday 调休\n',
    )
  })

  it.each([2003, 2027, 2126])('X2: of %d are refused, not taken for a year without holidays', (year) => {
    expect(() => statutoryDays(year)).toThrow(`The holidays of ${year} are not known here`)
  })

  it('X2: change nothing in a file that has them', () => {
    const merged = mergeDays(source, 2026, statutoryDays(2026), makeUp)
    expect(merged).toMatchObject({ text: source, added: [], changed: [], own: [], coveredThrough: { was: '2026-12-31', is: '2026-12-31' } })
    expect(merged.unchanged).toHaveLength(39)
  })

  it('X2: are merged in; comments, order and own days stay', () => {
    const text = source
      .replace('  "2026-05-01": []\n', '')
      .replace('  "2026-01-01": []\n', '')
      .replace('"2026-02-14": ["09:00-12:00", "13:00-18:00"]', '"2026-02-14": [] # 年会')
      .replace(
        '"2026-10-10": ["09:00-12:00", "13:00-18:00"]',
        '"2026-10-10": ["09:00-12:00", "13:00-18:00"]\n  "2026-12-25": ["09:00-12:00"] # 半天',
      )
    const merged = mergeDays(text, 2026, statutoryDays(2026), makeUp)
    expect(merged.added.map(({ date }) => date)).toEqual(['2026-01-01', '2026-05-01'])
    expect(merged.changed).toMatchObject([{ date: '2026-02-14', was: '[]', spans: '["09:00-12:00", "13:00-18:00"]' }])
    expect(merged.own).toEqual(['2026-12-25'])
    expect(merged.unchanged).toHaveLength(36)
    expect(merged.text).toBe(
      text
        .replace('  "2026-01-02"', `  "2026-01-01": [] # 元旦 New Year's Day\n  "2026-01-02"`)
        .replace('"2026-02-14": [] # 年会', '"2026-02-14": ["09:00-12:00", "13:00-18:00"] # 年会')
        .replace('  "2026-05-02"', '  "2026-05-01": [] # 劳动节 Labour Day\n  "2026-05-02"'),
    )
  })

  it('X2: move coveredThrough on, and never back', () => {
    const older = source
      .replace('coveredThrough: "2026-12-31"', 'coveredThrough: "2025-12-31"')
      .replace(/^days:\n[^]*^covered/m, 'days: {}\ncovered')
    const merged = mergeDays(older, 2026, statutoryDays(2026), makeUp)
    expect(merged.coveredThrough).toEqual({ was: '2025-12-31', is: '2026-12-31' })
    expect(parse(merged.text)).toEqual({ ...office, id: 'cn-office' })
    const earlier = mergeDays(source, 2025, statutoryDays(2025), makeUp)
    expect(earlier).toMatchObject({ coveredThrough: { is: '2026-12-31' }, added: { length: 33 } })
    expect(earlier.text).toContain('  # 元旦 New Year\n  "2026-01-01"')
  })

  it('X2: leave no year between unknown that would pass for known', () => {
    const old = source.replace(/^days:\n[^]*/m, 'days: {}\ncoveredThrough: "2024-12-31"\n')
    expect(() => mergeDays(old, 2026, statutoryDays(2026), makeUp)).toThrow('Import 2025 first')
  })

  it.each([
    [2008, { '2007-12-29': makeUp, '2007-12-30': [], '2007-12-31': [] }],
    [2012, { '2011-12-31': makeUp }],
    [2019, { '2018-12-29': makeUp, '2018-12-30': [], '2018-12-31': [] }],
    [2023, { '2022-12-31': [] }],
  ])('X2: of %d bring along the days of the December before that its announcement changed', (year, december) => {
    const old = source.replace(/^days:\n[^]*/m, `days: {}\ncoveredThrough: "${year - 1}-12-31"\n`)
    const { days } = daysSchema.parse(parse(mergeDays(old, year, statutoryDays(year), makeUp).text))
    expect(Object.fromEntries(Object.entries(days).filter(([date]) => date < `${year}-01-01`))).toEqual(december)
  })

  it('X2: year by year, a file never claims to know a day that the next announcement changes, and in the end it has them all', () => {
    let text = source.replace(/^days:\n[^]*/m, 'days: {}\ncoveredThrough: "2003-12-31"\n')
    const years = Array.from({ length: 23 }, (_, at) => 2004 + at)
    const every = years.flatMap(statutoryDays)
    for (const year of years) {
      // As it was before the next announcement.
      const known = statutoryDays(year).filter(({ date, holiday }) => !(date.startsWith(`${year}-12-`) && holiday === '元旦'))
      text = mergeDays(text, year, known, makeUp).text
      const { days } = daysSchema.parse(parse(text))
      const certain = knownThrough(year, false)
      expect(every.filter(({ date }) => date <= certain && !Object.hasOwn(days, date))).toEqual([])
      expect(certain >= `${year}-12-28`).toBe(true)
    }
    const { days } = daysSchema.parse(parse(text))
    expect(days).toEqual(Object.fromEntries(every.map(({ date, works }) => [date, works ? makeUp : []])))
  })

  it('X2: the last days of a year are certain once the next is announced, or its New Year moves none of them', () => {
    expect([2018, 2022, 2026].map((year) => knownThrough(year, true))).toEqual(['2018-12-31', '2022-12-31', '2026-12-31'])
    expect([2018, 2022, 2023, 2026].map((year) => knownThrough(year, false))).toEqual([
      '2018-12-28',
      '2022-12-28',
      '2023-12-28',
      '2026-12-31',
    ])
  })

  it('X2: what is certain through the 28th of December is no gap', () => {
    const old = source.replace(/^days:\n[^]*/m, 'days: {}\ncoveredThrough: "2018-12-28"\n')
    expect(mergeDays(old, 2019, statutoryDays(2019), makeUp).coveredThrough).toEqual({ was: '2018-12-28', is: '2019-12-31' })
    expect(() => mergeDays(old, 2020, statutoryDays(2020), makeUp)).toThrow('Import 2019 first')
  })

  it('X2: keep how a file is written: line ends, blanks in lists', () => {
    const windows = source.replace('  "2026-05-01": []\n', '').replaceAll('["', '[ "').replaceAll('"]', '" ]').replaceAll('\n', '\r\n')
    expect(mergeDays(windows, 2026, statutoryDays(2026), makeUp).text).toBe(
      windows.replace('  "2026-05-02"', '  "2026-05-01": [] # 劳动节 Labour Day\r\n  "2026-05-02"'),
    )
  })

  it('X2: a make-up workday is worked like the first day of the week that is', () => {
    expect(makeUpSpans({ ...office, week: { ...office.week, mon: [], tue: ['10:00-16:00'] } })).toEqual(['10:00-16:00'])
  })
})

describe('X2: bihuan calendar', patience, () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bihuan-calendar-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('X2: due and elapsed: a file or a shipped calendar, options or lines, and 1 at the end when any line was bad', async () => {
    const question = '{"from": "2026-12-30T10:00:00+08:00", "working": "P2D"}'
    const [lines, option, between, lacking, unknown] = await Promise.all([
      calendar(['due', '--calendar', 'profiles/calendars/cn-office.yaml', '-'], `${question}\n{"from": 1}\n${question}\n`),
      calendar(['due', '--calendar', 'cn-office', '--from', '2026-09-29T10:00:00+08:00', '--working', 'P5D']),
      calendar(['elapsed', '--calendar', 'cn-office', '-'], '{"from": "2026-09-30T17:30:00+08:00", "to": "2026-10-08T12:30:00+08:00"}'),
      calendar(['due', '--calendar', 'cn-office', '--from', '2026-09-29T10:00:00+08:00']),
      calendar(['due', '--calendar', 'us-office', '--from', '2026-09-29T10:00:00+08:00', '--working', 'PT1H']),
    ])
    expect(lines.stdout.split('\n')).toEqual([
      '{"due":"2027-01-01T10:00:00.000Z"}',
      expect.stringMatching(/^\{"error":"from: .*working: is required/),
      '{"due":"2027-01-01T10:00:00.000Z"}',
    ])
    expect(lines).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('known through 2026-12-31 only') })
    expect(option).toMatchObject({ exitCode: 0, stdout: '{"due":"2026-10-12T10:00:00.000Z"}', stderr: '' })
    expect(between).toMatchObject({ exitCode: 0, stdout: '{"working":"PT3H30M"}', stderr: '' })
    expect(lacking).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('working: is required') })
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('one of: cn-office') })
  })

  it('X2: check says what is wrong, with line, path and reason', async () => {
    const bad = join(folder, 'bad.yaml')
    writeFileSync(bad, source.replace('timezone: Asia/Shanghai', 'timezone: Asia/Beijing'))
    const [good, faulty, used] = await Promise.all([
      calendar(['check', 'profiles/calendars/cn-office.yaml']),
      calendar(['check', bad]),
      calendar(['elapsed', '--calendar', bad, '-'], ''),
    ])
    expect(good).toMatchObject({ exitCode: 0, stdout: 'profiles/calendars/cn-office.yaml: good.' })
    expect(faulty).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`${bad}:5: timezone: there is no zone "Asia/Beijing"`) })
    expect(used).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`${bad}:5: timezone: `) })
  })

  it.each(['America/New_York', 'Asia/Shanghai'])('X2: import takes over a year, wherever the machine stands: %s', async (TZ) => {
    const file = join(folder, `${TZ.replace('/', '-')}.yaml`)
    writeFileSync(file, source.replace('  "2026-01-04": ["09:00-12:00", "13:00-18:00"]\n', ''))
    const [printed, merged, unknown] = await Promise.all([
      calendar(['import', '--year', '2026'], '', TZ),
      calendar(['import', '--year', '2026', '--into', file], '', TZ),
      calendar(['import', '--year', '2027', '--into', file], '', TZ),
    ])
    expect(parse(printed.stdout)).toEqual({ days: office.days, coveredThrough: '2026-12-31' })
    expect(merged.exitCode).toBe(0)
    expect(merged.stderr).toContain('added     2026-01-04 ["09:00-12:00", "13:00-18:00"]  元旦')
    expect(merged.stderr).toContain('unchanged 38 of 39 days')
    expect(parse(readFileSync(file, 'utf8'))).toEqual(office)
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The holidays of 2027 are not known here') })
  })
})

function calendar(args: readonly string[], input = '', TZ = 'UTC') {
  return execa(process.execPath, [builtCli, 'calendar', ...args], { input, env: { TZ }, reject: false })
}

import { readXlsx, type CellValue, type Workbook } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { locales, said } from '../../../domain/labels.ts'
import { workbook, type FigureRows } from '../../../reports/workbook/workbook.ts'
import { hostileReport, hostileTexts } from '../../support/hostile-report.ts'
import { sampleKinds, sampleReport, sampleSigned, unsigned } from '../../support/sample-reports.ts'

const monthly = sampleReport('monthly')
const columns: FigureRows['columns'] = [
  { label: said('工单编号', '工單編號', 'Ticket'), form: 'text' },
  { label: said('提交时间', '提交時間', 'Submitted'), form: 'instant' },
  { label: said('时长', '時長', 'Time'), form: 'duration' },
]

describe('a report as a workbook', () => {
  it.each(locales)('has a sheet of figures and one of each section, of every kind of report, in %s', async (locale) => {
    for (const kind of sampleKinds) {
      const model = sampleReport(kind)
      const { sheets } = await read(workbook(model, [], locale, { signed: unsigned }))
      expect(sheets).toHaveLength(2 + model.sections.length)
      expect(sheets[0]?.rows[0]?.[0]).toBe(model.report.label[locale])
      model.sections.forEach(({ heading }, at) => expect(sheets[at + 2]?.rows[0]?.[0]).toBe(heading[locale]))
    }
  })

  it('has the numbers of the model as numbers', async () => {
    const { sheets } = await read(workbook(monthly, [], 'zh-CN', { signed: sampleSigned(monthly) }))
    const figures = sheets.find(({ name }) => name === '指标汇总')?.rows ?? []
    for (const { figure, now } of monthly.sections.flatMap((section) => (section.kind === 'figures' ? section.lines : []))) {
      const label = monthly.figures[figure]?.label['zh-CN']
      const line = figures.find((row) => row[0] === label && row[2] === '本期' && row[3] === now.n)
      expect(line).toBeDefined()
      if (now.hits !== null) expect(line?.[5]).toBeCloseTo(now.hits / now.n, 12)
      if (now.elapsed) expect(daysOf(line?.[6])).toBeCloseTo(now.elapsed.median / 86_400_000, 9)
    }
    // What was never recorded is no number.
    expect(figures.find((row) => row[0] === '满意率' && row[2] === '去年同期')?.[3]).toBe('未统计')
  })

  it('bears on each sheet, and on each printed page, that it is no record yet (R14, Q8)', async () => {
    const { sheets } = await read(workbook(monthly, [], 'zh-CN', { signed: { ...unsigned, standing: 'written' } }))
    expect(sheets[0]?.rows.map(([cell]) => cell)).toContain('草稿 · 待审核')
    for (const { name, rows } of sheets.slice(2)) expect(rows[0]?.[0], name).toBe('草稿 · 待审核')
    for (const { headerFooter } of sheets) expect(headerFooter?.oddHeader).toMatch(/^&C.*草稿 · 待审核$/)
  })

  it('has changes as numbers, and instants as dates with their year', async () => {
    const { sheets } = await read(workbook(sampleReport('daily'), [], 'zh-CN', { signed: unsigned }))
    const key = sheets[2]?.rows ?? []
    const heads = key.findIndex((row) => row.includes('变化'))
    const change = key[heads]?.indexOf('变化') ?? -1
    const changes = key
      .slice(heads + 1)
      .flatMap((row) => (row[change] === null || row[change] === undefined || row[change] === '—' ? [] : [row[change]]))
    expect(changes.length).toBeGreaterThan(4)
    for (const cell of changes) expect(typeof cell).toBe('number')
    const overdue = sheets.find(({ name }) => name === '已超时、尚未完成')?.rows ?? []
    const head = overdue.findIndex((row) => row.includes('到期时间'))
    const due = overdue[head]?.indexOf('到期时间') ?? -1
    for (const row of overdue.slice(head + 1).filter(([cell]) => cell !== null && cell !== undefined)) expect(row[due]).toBeInstanceOf(Date)
  })

  it('names sheets between words, and each once', async () => {
    const heading = (en: string) => said(en, en, en)
    const names = [
      'First-contact resolution that lasted seven days: by team',
      'First-contact resolution that lasted two days',
      'Tickets received and solved: by module',
      '按模块：' + '很长的名字'.repeat(9),
    ]
    const sections = names.map((name, at) => ({ id: `s${at}`, heading: heading(name), kind: 'suggestions' as const, items: [] }))
    const { sheets } = await read(workbook({ ...monthly, sections }, [], 'en', { signed: unsigned }))
    expect(sheets.slice(2).map(({ name }) => name)).toEqual([
      'First-contact resolution…',
      'First-contact resolution… (2)',
      'Tickets received and solved…',
      '按模块：很长的名字很长的名字很长的名字很长的名字很长的名字很…',
    ])
  })

  it('has what was counted, in wall time of the zone of the report', async () => {
    const rows: FigureRows = {
      figure: 'submitted',
      columns,
      rows: [
        ['TS1', '2026-10-31T16:30:00.000Z', 5_400_000],
        ['TS2', null, null],
      ],
    }
    const { sheets } = await read(workbook(monthly, [rows], 'zh-CN', { signed: unsigned }))
    const last = sheets.at(-1)
    expect(last?.name).toBe('明细 受理量')
    expect(last?.rows[0]).toEqual(['工单编号', '提交时间', '时长'])
    // Half past midnight in Shanghai, the next day and the next month.
    expect(last?.rows[1]?.[1]).toEqual(new Date('2026-11-01T00:30:00.000Z'))
    expect(daysOf(last?.rows[1]?.[2])).toBeCloseTo(1.5 / 24, 9)
    expect(last?.rows[2]?.[0]).toBe('TS2')
  })

  it('leaves as text whatever people wrote, formulas too', async () => {
    const rows: FigureRows = { figure: 'submitted', columns: columns.slice(0, 1), rows: hostileTexts.map((text) => [text]) }
    const { sheets } = await read(workbook(hostileReport(), [rows], 'en', { signed: unsigned }))
    const shown = (sheets.at(-1)?.rows ?? []).slice(1).map(([cell]) => cell)
    for (const formula of ["=cmd|'/c calc'!A1", '+1+1', '-2+3', '@SUM(A1:A9)', '<script>alert(1)</script>'])
      expect(shown).toContain(formula)
    expect(shown).toHaveLength(hostileTexts.length)
    for (const sheet of sheets) for (const cell of sheet.cells?.values() ?? []) expect(cell.formula).toBeUndefined()
    for (const { name } of sheets) expect(name.length).toBeLessThanOrEqual(31)
    expect(new Set(sheets.map(({ name }) => name.toLowerCase())).size).toBe(sheets.length)
  })

  it('goes on in another sheet where one is full, with its header again', async () => {
    const rows: FigureRows = { figure: 'submitted', columns: columns.slice(0, 1), rows: Array.from({ length: 25 }, (_, at) => [`TS${at}`]) }
    const { sheets } = await read(workbook(sampleReport('quiet'), [rows], 'en', { signed: unsigned, mostRows: 11 }))
    const [first, second, third] = sheets.slice(-3)
    expect([first?.name, second?.name, third?.name]).toEqual([
      'Rows Tickets received',
      'Rows Tickets received (2)',
      'Rows Tickets received (3)',
    ])
    expect([first, second, third].map((sheet) => sheet?.rows.length)).toEqual([11, 11, 6])
    expect(third?.rows[0]).toEqual(['Ticket'])
    expect(third?.rows[5]).toEqual(['TS24'])
  })

  it('takes rows no faster than they are read, and stops asking when nobody reads on', async () => {
    let asked = 0
    let isClosed = false
    async function* endless() {
      try {
        for (;;) {
          asked += 1
          yield [`TS${asked} ${String(Math.sin(asked)).repeat(20)}`]
        }
      } finally {
        isClosed = true
      }
    }
    const pieces = workbook(sampleReport('quiet'), [{ figure: 'submitted', columns: columns.slice(0, 1), rows: endless() }], 'en', {
      signed: unsigned,
    })
    for (let taken = 0; taken < 60; taken += 1) await pieces.next()
    await pieces.return(undefined)
    expect(asked).toBeLessThan(50_000)
    await expect.poll(() => isClosed).toBe(true)
  })

  it('fails as its rows fail', async () => {
    async function* failing() {
      yield ['TS1']
      throw new Error('the database went away')
    }
    const made = read(
      workbook(monthly, [{ figure: 'submitted', columns: columns.slice(0, 1), rows: failing() }], 'en', { signed: unsigned }),
    )
    await expect(made).rejects.toThrow('the database went away')
  })

  it('is the same to the byte when it is made again', async () => {
    const once = await bytes(workbook(monthly, [], 'en', { signed: unsigned }))
    expect(Buffer.compare(await bytes(workbook(monthly, [], 'en', { signed: unsigned })), once)).toBe(0)
  })
})

async function bytes(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<Workbook> {
  return readXlsx(await bytes(pieces), { dateSystem: '1900' })
}

/** Times come back as instants after the day on which such programs begin to count, the last of 1899, or as they were written. */
function daysOf(value: CellValue | undefined): number {
  if (value instanceof Date) return (value.getTime() - Date.UTC(1899, 11, 31)) / 86_400_000
  return typeof value === 'number' ? value : NaN
}

import { expect, it } from 'vitest'
import { writeLedger } from '../../../cli/assignments.ts'
import { listAssignments } from '../../../api/operations/work.ts'

const line = (seq: number, reason: string | null) => ({
  ticket: 'GD202612010001',
  seq,
  at: '2026-12-01T01:00:00.000Z',
  manner: 'reassigned',
  assignee: 'engineer-wang',
  team: 'tech-support',
  previous: null,
  reason,
  by: 'supervisor-sun',
})
const names = { 'engineer-wang': '王强', 'tech-support': '技术支持组', 'supervisor-sun': '孙磊' }

/** Two pages of a ledger; notes what was asked. */
function ledger(asked: unknown[]): Parameters<typeof writeLedger>[0] {
  const pages = [
    { items: [line(2, '=HYPERLINK("x")')], names, next: 'more' },
    { items: [line(1, '负荷过高，\n改派')], names, next: null },
  ]
  return async (query) => {
    asked.push(query)
    return listAssignments.answer.schema.parse(pages[asked.length - 1])
  }
}

it('R6: the whole ledger goes into a file page by page, each by its names, and no cell is taken for a formula', async () => {
  const asked: unknown[] = []
  let text = ''
  await writeLedger(ledger(asked), { lang: 'zh-CN', csv: true, person: 'engineer-wang', from: '2026-12-01T00:00:00+08:00' }, (part) => {
    text += part
  })
  expect(asked).toEqual([
    { limit: '200', assignee: 'engineer-wang', from: '2026-12-01T00:00:00+08:00' },
    { limit: '200', assignee: 'engineer-wang', from: '2026-12-01T00:00:00+08:00', cursor: 'more' },
  ])
  expect(text.split('\r\n')).toEqual([
    '\uFEFF"时间","工单","方式","部门","接收人","原处理人","操作人","原因"',
    `"2026-12-01T01:00:00.000Z","GD202612010001","改派","技术支持组","王强","","孙磊","'=HYPERLINK(""x"")"`,
    '"2026-12-01T01:00:00.000Z","GD202612010001","改派","技术支持组","王强","","孙磊","负荷过高，\n改派"',
    '',
  ])
  expect(listAssignments.roles).not.toContain('customer')
})

it('R6: on a terminal each line of it is a line', async () => {
  let text = ''
  await writeLedger(ledger([]), { lang: 'en' }, (part) => {
    text += part
  })
  expect(text.split('\n')).toHaveLength(4)
  expect(text).toContain('reassigned\t技术支持组\t王强\t\t孙磊\t负荷过高， 改派')
})

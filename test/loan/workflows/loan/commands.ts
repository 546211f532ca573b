import { z } from 'zod'
import { storedCalendarSchema } from '../../../../domain/calendar/schema.ts'
import { instantSchema } from '../../../../domain/instant.ts'
import { labelled } from '../../../../domain/labelled.ts'
import { said } from '../../../../domain/labels.ts'
import { conflict, invalidIf } from '../../../../domain/rejection.ts'
import { aheadError } from '../../../../workflows/common/ahead.ts'
import { staffError } from '../../../../workflows/common/assignees.ts'
import { calendarNewsName } from '../../../../workflows/common/calendar-news.ts'
import { defineCommandOf, type Definition } from '../../../../workflows/common/command.ts'
import { defineHandOver } from '../../../../workflows/common/hand-over.ts'
import { longText, personSchema, reasonSchema, wordSchema } from '../../../../workflows/common/inputs.ts'
import type { Command } from '../../../../workflows/process.ts'
import type { LoanEvent } from './events.ts'
import { deviceLabel, untilLabel } from './lending.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** What people, and the product, do with a loan. */

type LoanCommand = Command<LoanState, LoanEvent, LoanPolicy>

function defineCommand<Given>(definition: Definition<LoanState, LoanEvent, LoanPolicy, Given>): LoanCommand {
  return defineCommandOf(definition, beganAt)
}

function beganAt({ lentAt }: LoanState): string {
  return lentAt
}

const out = ['lent', 'overdue'] as const

const confirmReceipt = defineCommand({
  name: 'confirm-receipt',
  labels: said('确认收到', '確認收到', 'Confirm receipt'),
  summary: 'The customer says that the device has come.',
  requirements: [],
  may: { customer: 'own' },
  stages: out,
  input: () => z.strictObject({}),
  blocked: ({ state }) => (state.received ? conflict('done-already', { command: 'confirm-receipt' }) : undefined),
  decide: () => [{ type: 'received' }],
})

const extend = defineCommand({
  name: 'extend',
  labels: said('续借', '續借', 'Extend'),
  summary: 'Lends the device for longer.',
  requirements: [],
  may: { supervisor: 'any', admin: 'any' },
  stages: out,
  input: () => z.strictObject({ until: labelled(instantSchema, untilLabel), reason: reasonSchema }),
  decide: (context, { until, reason }) => invalidIf(aheadError('until', until, context)) ?? [{ type: 'extended', until, reason }],
})

const giveBack = defineCommand({
  name: 'give-back',
  labels: said('归还', '歸還', 'Give back'),
  summary: 'The device is back. What the loan belongs to hears of it.',
  requirements: [],
  may: { agent: 'any', engineer: 'own', supervisor: 'any' },
  stages: out,
  input: () => z.strictObject({ condition: labelled(wordSchema.describe('in what condition'), said('归还状况', '歸還狀況', 'Condition')) }),
  decide: (_, { condition }) => [{ type: 'returned', condition }],
})

const replace = defineCommand({
  name: 'replace',
  labels: said('换借', '換借', 'Replace'),
  summary: 'Lends another device in its place, by a loan of its own.',
  requirements: [],
  may: { agent: 'own', supervisor: 'any' },
  stages: out,
  input: () =>
    z.strictObject({
      device: labelled(wordSchema.describe('what is lent instead'), deviceLabel),
      until: labelled(instantSchema, untilLabel),
    }),
  decide(context, { device, until }) {
    const { number, replacements } = context.state
    return (
      invalidIf(aheadError('until', until, context)) ?? [
        // Of a letter of its own: by the common route `-L1` is what belongs to this one.
        { type: 'replaced', device, until, number: `${number}-R${replacements + 1}` },
        { type: 'returned', condition: 'replaced' },
      ]
    )
  },
})

/** By which everything that somebody has is given to another. */
export const handOver = defineHandOver<LoanState, LoanEvent, LoanPolicy>(
  {
    summary: 'Has somebody else see that the device comes back.',
    requirements: [],
    may: { supervisor: 'any', 'department-lead': 'any', admin: 'any' },
    stages: [...out, 'returned'],
    moved({ state }, { from, assignee, insteadOf, reason }) {
      if (state.assignee !== from) return []
      return [{ type: 'handed-over', from, to: assignee, reason, ...(insteadOf !== null && { insteadOf }) }]
    },
  },
  beganAt,
)

const inspect = defineCommand({
  name: 'inspect',
  labels: said('验收', '驗收', 'Inspect'),
  summary: 'Looks the device over, and ends the loan.',
  requirements: [],
  may: { engineer: 'any', agent: 'own' },
  stages: ['returned'],
  input: () => z.strictObject({ ok: labelled(z.boolean().describe('whether it is as it was'), said('是否完好', '是否完好', 'Intact')) }),
  decide: (_, { ok }) => [{ type: 'inspected', ok }],
})

const remarked = z.strictObject({
  text: labelled(longText.describe('what is remarked'), said('备注内容', '備註內容', 'Remark')),
  concerns: labelled(personSchema.optional().describe('the colleague whom it concerns'), said('相关人员', '相關人員', 'Concerns')),
  phone: labelled(wordSchema.optional().describe('under which the borrower is reached; masked in the log'), said('电话', '電話', 'Phone')),
})

const remark = defineCommand<z.output<typeof remarked>>({
  name: 'remark',
  labels: said('备注', '備註', 'Remark'),
  summary: 'Adds a line to the log.',
  requirements: [],
  may: { agent: 'any', engineer: 'own' },
  stages: [...out, 'returned'],
  kind: 'log',
  input: () => remarked,
  // The phone as a mask.
  sealedInput: () => remarked,
  mentions: ({ concerns }) => ({ people: [concerns] }),
  entry: ({ text, concerns, phone }) => [text, concerns, phone].filter((part) => part !== undefined).join(' · '),
  decide({ act }, { concerns }) {
    return invalidIf(concerns === undefined ? undefined : staffError('concerns', concerns, act.directory)) ?? []
  },
})

const noteRefusal = defineCommand({
  name: 'note-refusal',
  labels: said('记录拒绝', '記錄拒絕', 'Note refusal'),
  summary: 'Notes that another process refused what this one told it.',
  requirements: [],
  may: {},
  stages: [...out, 'returned'],
  input: () =>
    z.strictObject({
      to: labelled(z.string(), said('对方编号', '對方編號', 'Told process')),
      command: labelled(z.string(), said('步骤', '步驟', 'Command')),
      code: labelled(z.string(), said('拒绝代码', '拒絕代碼', 'Refusal code')),
    }),
  decide: (_, refusal) => [{ type: 'refusal-noted', ...refusal }],
})

const changeCalendar = defineCommand({
  name: calendarNewsName,
  labels: said('更新工作日历', '更新工作日曆', 'Change calendar'),
  summary: 'Counts by a new version of the working calendar.',
  requirements: [],
  may: {},
  stages: [...out, 'returned'],
  input: () =>
    z.strictObject({
      version: labelled(z.int().min(1), said('版本', '版本', 'Version')),
      calendar: labelled(storedCalendarSchema, said('工作日历', '工作日曆', 'Working calendar')),
    }),
  decide: ({ state }, { version, calendar }) =>
    version <= state.calendar.version
      ? conflict('calendar-old', { version: state.calendar.version })
      : [{ type: 'calendar-changed', version, calendar, moved: 0 }],
})

export const commands: readonly LoanCommand[] = [
  confirmReceipt,
  extend,
  giveBack,
  replace,
  handOver,
  inspect,
  remark,
  noteRefusal,
  changeCalendar,
]

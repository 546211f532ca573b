import { z } from 'zod'
import { instantSchema } from '../../../../domain/instant.ts'
import { labelled } from '../../../../domain/labelled.ts'
import { said } from '../../../../domain/labels.ts'
import { conflict, invalidIf } from '../../../../domain/rejection.ts'
import { aheadError } from '../../../../workflows/common/ahead.ts'
import { staffError } from '../../../../workflows/common/assignees.ts'
import { changeCalendarOf } from '../../../../workflows/common/calendar-news.ts'
import { defineCommandOf, type Definition } from '../../../../workflows/common/command.ts'
import { defineHandOver } from '../../../../workflows/common/hand-over.ts'
import { longText, personSchema, reasonSchema, wordSchema } from '../../../../workflows/common/inputs.ts'
import { noteRefusalOf } from '../../../../workflows/common/refusals.ts'
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
const alive = [...out, 'returned'] as const

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
    stages: alive,
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
  stages: alive,
  kind: 'log',
  input: () => remarked,
  // The phone as a mask.
  preparedInput: () => remarked,
  mentions: ({ concerns }) => ({ people: [concerns] }),
  entry: ({ text, concerns, phone }) => [text, concerns, phone].filter((part) => part !== undefined).join(' · '),
  decide({ act }, { concerns }) {
    return invalidIf(concerns === undefined ? undefined : staffError('concerns', concerns, act.directory)) ?? []
  },
})

export const commands: readonly LoanCommand[] = [
  confirmReceipt,
  extend,
  giveBack,
  replace,
  handOver,
  inspect,
  remark,
  noteRefusalOf({ stages: alive }, beganAt),
  changeCalendarOf({ stages: alive }, beganAt),
]

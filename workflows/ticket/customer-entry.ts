import { z } from 'zod'
import { entryIdSchema } from '../../domain/customers/entry.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { invalidIf } from '../../domain/rejection.ts'
import { reasonSchema } from '../common/inputs.ts'
import { openStages, serviceDesk } from './availability.ts'
import { defineCommand } from './command.ts'
import type { Transitions } from './transitions.ts'

/** 客户档案: whose ticket it is in the directory of customers, where somebody says so. What is found by itself stands in the rows alone (S4). */

const linking = z.strictObject({
  entry: labelled(
    entryIdSchema
      .nullable()
      .describe('id of the entry whose ticket it is; null: of none that came into question, or not of the one it was'),
    said('客户档案', '客戶檔案', 'Customer entry'),
    { from: 'customers' },
  ),
  reason: reasonSchema.optional().describe('why; needed where it is nobody’s'),
})

/** With what the rows say: whose it was, and whether somebody said so. */
const found = linking.extend({ previous: z.string().nullable().optional(), saidSo: z.boolean().optional() })

export const linkCustomer = defineCommand<z.output<typeof found>, 'link-customer', z.input<typeof linking>>({
  name: 'link-customer',
  labels: { 'zh-CN': '关联客户档案', 'zh-TW': '關聯客戶檔案', en: 'Link customer' },
  summary:
    'Says whose ticket it is in the directory of customers, or that it is not theirs. What is found by itself never changes that again.',
  requirements: ['S4'],
  may: { ...serviceDesk, engineer: 'own' },
  stages: openStages,
  input: () => linking,
  preparedInput: () => found,
  decide: (_, { entry, previous, saidSo, reason }) =>
    invalidIf(
      saidSo && entry === previous ? { path: 'entry', code: 'nothing-to-change' } : undefined,
      entry === null && reason === undefined ? { path: 'reason', code: 'required' } : undefined,
    ) ?? [{ type: 'customer-linked', entry, previous: previous ?? null, reason: reason ?? null }],
})

export const transitions: Transitions<'customer-linked'> = { 'customer-linked': () => ({}) }

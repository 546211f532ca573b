import { z } from 'zod'
import { entryIdSchema } from '../../domain/customers/entry.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { invalid } from '../../domain/rejection.ts'
import { reasonSchema } from '../common/inputs.ts'
import { openStages, serviceDesk } from './availability.ts'
import { defineCommand } from './command.ts'
import type { Transitions } from './transitions.ts'

/** 客户档案: whose ticket it is in the directory of customers, where somebody says so. What is found by itself stands in the rows alone (S4). */

const may = { ...serviceDesk, engineer: 'own' } as const

const linking = z.strictObject({
  entry: labelled(entryIdSchema, said('客户档案', '客戶檔案', 'Customer entry'), { from: 'customers' }),
  reason: reasonSchema.optional(),
})
/** Whose it was, as the rows have it, and whether somebody said so. */
const found = { previous: z.string().nullable(), saidSo: z.boolean() }
const linkingFound = linking.extend(found)

export const linkCustomer = defineCommand<z.output<typeof linkingFound>, 'link-customer', z.input<typeof linking>>({
  name: 'link-customer',
  labels: { 'zh-CN': '关联客户档案', 'zh-TW': '關聯客戶檔案', en: 'Link customer' },
  summary: 'Says whose ticket it is in the directory of customers. What was looked up by itself never changes that again.',
  requirements: ['S4'],
  may,
  stages: openStages,
  input: () => linking,
  preparedInput: () => linkingFound,
  decide(_, { entry, previous, saidSo, reason }) {
    if (entry === previous && saidSo) return invalid({ path: 'entry', code: 'nothing-to-change' })
    return [{ type: 'customer-linked', entry, previous, reason: reason ?? null }]
  },
})

const unlinking = z.strictObject({ reason: reasonSchema })
const unlinkingFound = unlinking.extend(found)

export const unlinkCustomer = defineCommand<z.output<typeof unlinkingFound>, 'unlink-customer', z.input<typeof unlinking>>({
  name: 'unlink-customer',
  labels: { 'zh-CN': '取消客户关联', 'zh-TW': '取消客戶關聯', en: 'Unlink customer' },
  summary: 'Takes the ticket off the entry of a customer whose it is not; it then is of nobody in the directory, until somebody links it.',
  requirements: ['S4'],
  may,
  stages: openStages,
  input: () => unlinking,
  preparedInput: () => unlinkingFound,
  decide: (_, { previous, reason }) =>
    previous === null ? invalid({ path: 'reason', code: 'nothing-to-change' }) : [{ type: 'customer-unlinked', previous, reason }],
})

/** Whether a command says whose ticket it is: what it is given is looked up in the directory first. */
export function isAboutEntry(command: string): boolean {
  return command === linkCustomer.name || command === unlinkCustomer.name
}

export const transitions: Transitions<'customer-linked' | 'customer-unlinked'> = {
  'customer-linked': () => ({}),
  'customer-unlinked': () => ({}),
}

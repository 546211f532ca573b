import { z } from 'zod'
import { customerSchema } from '../../domain/customer.ts'
import { customerLabels } from '../../domain/customer-labels.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { longText, personSchema, teamSchema, wordSchema } from '../../workflows/common/inputs.ts'
import { languageSchema, titleSchema } from '../../workflows/ticket/inputs.ts'

/** The registration form (S2, S3, S5, S7, T2). What the profile lists is checked against the profile. */
export const registrationSchema = z.strictObject({
  profile: labelled(wordSchema.describe('id of an installed profile'), said('流程配置', '流程配置', 'Profile'), { from: 'profiles' }),
  type: labelled(wordSchema.describe('type of the profile; brings its own fields'), said('工单类型', '工單類型', 'Type'), {
    from: 'profile.types',
  }),
  priority: labelled(wordSchema.describe('priority of the profile, by its written criterion'), said('优先级', '優先等級', 'Priority'), {
    from: 'profile.priorities',
  }),
  channel: labelled(wordSchema.describe('how the request came in'), said('受理渠道', '受理管道', 'Channel'), { from: 'profile.channels' }),
  customer: labelled(
    customerSchema
      .optional()
      .describe('whose ticket it is; customers leave it out: theirs are in the name and to the address under which they are known here'),
    customerLabels.customer,
  ),
  language: languageSchema.optional(),
  title: titleSchema,
  description: labelled(longText.describe('what the customer reports'), said('问题描述', '問題描述', 'Description')),
  fields: labelled(
    z.record(z.string(), z.unknown()).default({}).describe("the type's fields, by id"),
    said('登记信息', '登記資訊', 'Form fields'),
    { from: 'profile.types.fields' },
  ),
  keywords: labelled(z.array(wordSchema).max(20).default([]).describe('words to find the ticket by'), said('关键词', '關鍵字', 'Keywords')),
  live: labelled(
    z.boolean().default(false).describe('the customer is on the line'),
    said('客户在线', '客戶在線上', 'Customer on the line'),
  ),
  representative: labelled(
    personSchema.optional().describe('who keeps in touch with the customer; default: who registers'),
    said('客服代表', '客服代表', 'Representative'),
    { from: 'people.handlers' },
  ),
  assignee: labelled(
    personSchema.optional().describe('who gets it at once; default: the queue of the type'),
    said('处理人', '處理人', 'Handler'),
    { from: 'people.handlers' },
  ),
  team: teamSchema.optional().describe("whose queue it joins; default: the type's team"),
})
export type Registration = z.output<typeof registrationSchema>

import { z } from 'zod'
import type { Actor } from '../../domain/people.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { choiceError, invalid } from '../../domain/rejection.ts'
import { defineCommand } from './command.ts'
import { listedWord, longText, occurredAtSchema, wordSchema } from '../common/inputs.ts'
import { leads, openStages, staff } from './availability.ts'
import type { Transitions } from './transitions.ts'

/** 沟通记录: what was said with the customer, and what colleagues tell each other. */

export const contact = defineCommand({
  name: 'contact',
  labels: { 'zh-CN': '客户沟通', 'zh-TW': '客戶溝通', en: 'Contact' },
  summary: 'Records a conversation with the customer: channel, direction, what was said, and when it took place.',
  requirements: ['T3', 'S13', 'X8'],
  may: { ...staff, ...leads, service: 'any' },
  stages: openStages,
  input: () =>
    z.strictObject({
      channel: listedWord.describe('id of a channel of the profile'),
      direction: z.enum(['outbound', 'inbound']).describe('who spoke first: we (`outbound`) or the customer'),
      text: longText.describe('what was said'),
      template: wordSchema.optional().describe('script template used'),
      occurredAt: occurredAtSchema,
    }),
  decide({ policy, act }, { channel, direction, text, template }) {
    const unlisted = choiceError('channel', channel, policy.channels)
    if (unlisted) return invalid(unlisted)
    const live = direction === 'outbound' && isLive(act.actor, channel, policy)
    return [{ type: 'contacted', channel, direction, text, template: template ?? null, live }]
  },
})

/** Whether a person of ours speaks with the customer by a channel where one speaks at once; machines never do. */
export function isLive({ roles }: Actor, channel: string, { liveChannels }: Policy): boolean {
  return roles.some((role) => role !== 'service' && role !== 'customer') && liveChannels.includes(channel)
}

export const note = defineCommand({
  name: 'note',
  labels: { 'zh-CN': '内部备注', 'zh-TW': '內部備註', en: 'Note' },
  summary: "Adds an internal note to the ticket's log. It moves no clock and the customer never sees it.",
  requirements: ['T2'],
  may: { ...staff, ...leads, quality: 'any', service: 'any' },
  stages: openStages,
  kind: 'log',
  input: () => z.strictObject({ text: longText.describe('the note') }),
  entry: ({ text }) => text,
  decide: () => [],
})

export const transitions: Transitions<'contacted'> = {
  contacted: (state) => ({ counts: { ...state.counts, contacts: state.counts.contacts + 1 } }),
}

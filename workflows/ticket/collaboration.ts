import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Actor } from '../../domain/people.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { choiceError, invalid } from '../../domain/rejection.ts'
import { defineCommand } from './command.ts'
import { listedWord, longText, occurredAtSchema, wordSchema } from '../common/inputs.ts'
import { leads, openStages, staff } from './availability.ts'
import type { ByDepartment } from './events.ts'
import type { TicketState } from './state.ts'
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
      channel: listedWord('profile.channels', said('沟通渠道', '溝通管道', 'Channel')).describe('id of a channel of the profile'),
      direction: labelled(
        z.enum(['outbound', 'inbound']).describe('who spoke first: we (`outbound`) or the customer'),
        said('发起方', '發起方', 'Who spoke first'),
        { of: { outbound: said('我方', '我方', 'We did'), inbound: said('客户', '客戶', 'The customer') } },
      ),
      text: labelled(longText.describe('what was said'), said('沟通内容', '溝通內容', 'What was said')),
      template: labelled(wordSchema.optional().describe('script template used'), said('使用的话术', '使用的話術', 'Script used'), {
        from: 'templates',
      }),
      occurredAt: occurredAtSchema,
    }),
  decide({ state, policy, act }, { channel, direction, text, template }) {
    const unlisted = choiceError('channel', channel, policy.channels)
    if (unlisted) return invalid(unlisted)
    const live = direction === 'outbound' && isLive(act.actor, channel, policy)
    return [{ type: 'contacted', channel, direction, text, template: template ?? null, live, ...byDepartment(act.actor, state, live) }]
  },
})

/** Whether a person of ours speaks with the customer by a channel where one speaks at once; machines never do. */
export function isLive({ roles }: Actor, channel: string, { liveChannels }: Policy): boolean {
  return roles.some((role) => role !== 'service' && role !== 'customer') && liveChannels.includes(channel)
}

/** Whether somebody speaks for the department that has the ticket: who has it or helps with it, in whosever place, or belongs to its team (Q9). */
export function byDepartment(
  { id, teams, standsInFor = [] }: Actor,
  { team, assignee, helpers = [] }: Pick<TicketState, 'team' | 'assignee' | 'helpers'>,
  live: boolean,
): ByDepartment {
  const own = [id, ...standsInFor]
  const takesPart = own.some((one) => one === assignee || helpers.some(({ person }) => person === one))
  return live && (takesPart || teams.includes(team)) ? { byDepartment: true } : {}
}

export const note = defineCommand({
  name: 'note',
  labels: { 'zh-CN': '内部备注', 'zh-TW': '內部備註', en: 'Note' },
  summary: "Adds an internal note to the ticket's log. It moves no clock and the customer never sees it.",
  requirements: ['T2'],
  may: { ...staff, ...leads, quality: 'any', service: 'any' },
  stages: openStages,
  kind: 'log',
  input: () => z.strictObject({ text: labelled(longText.describe('the note'), said('备注内容', '備註內容', 'Note')) }),
  entry: ({ text }) => text,
  decide: () => [],
})

export const transitions: Transitions<'contacted'> = {
  contacted: (state) => ({ counts: { ...state.counts, contacts: state.counts.contacts + 1 } }),
}

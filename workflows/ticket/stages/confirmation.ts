import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { choiceError, conflict, invalid, invalidIf } from '../../../domain/rejection.ts'
import { closure } from './closing.ts'
import { byDepartment, isLive } from '../collaboration.ts'
import { defineCommand } from '../command.ts'
import type { TicketEvent } from '../events.ts'
import { factsOf } from '../../common/facts.ts'
import { listedWord, longText, occurredAtSchema, satisfactionSchema, shortText } from '../../common/inputs.ts'
import { serviceDesk } from '../availability.ts'
import { isLeftOut } from '../path.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

/** 客户确认: led by the service representative, the customer says solved, partly, or not. */

export const confirm = defineCommand({
  name: 'confirm',
  labels: { 'zh-CN': '客户确认', 'zh-TW': '客戶確認', en: 'Confirm' },
  summary:
    "Records the customer's answer: solved 解决满意, partly 基本解决仍有疑问 (the open question becomes a task), unsolved 未解决 (back to handling).",
  requirements: ['T10', 'T12'],
  may: { ...serviceDesk, customer: 'own' },
  stages: ['confirmation'],
  input: () =>
    z.strictObject({
      outcome: labelled(
        z.enum(['solved', 'partly', 'unsolved']).describe("the customer's answer: whether the problem is solved"),
        said('确认结果', '確認結果', 'Outcome'),
        {
          of: {
            solved: said('解决满意', '解決滿意', 'Solved'),
            partly: said('基本解决，仍有疑问', '大致解決，仍有疑問', 'Partly solved, with an open question'),
            unsolved: said('未解决', '未解決', 'Not solved'),
          },
        },
      ),
      channel: listedWord('profile.channels', said('确认渠道', '確認管道', 'Channel')).describe(
        'how the customer answered: a channel of the profile',
      ),
      remark: labelled(
        shortText.optional().describe("the customer's words; required for `partly`"),
        said('客户意见', '客戶意見', "Customer's words"),
      ),
      satisfaction: satisfactionSchema.optional(),
      proof: labelled(
        shortText.optional().describe('where the proof is: a screenshot, a record of the answer'),
        said('确认凭证', '確認憑證', 'Proof'),
      ),
      occurredAt: occurredAtSchema,
    }),
  notBefore: (state) => state.confirmationAskedAt ?? state.submittedAt,
  decide({ state, policy, act, occurredAt }, { outcome, channel, remark, satisfaction, proof }) {
    const unfit = invalidIf(
      choiceError('channel', channel, policy.channels),
      outcome === 'partly' && remark === undefined ? { path: 'remark', code: 'required-for-outcome', params: { outcome } } : undefined,
    )
    if (unfit) return unfit
    const live = isLive(act.actor, channel, policy)
    const confirmed: TicketEvent<'confirmed'> = {
      type: 'confirmed',
      outcome,
      live,
      ...byDepartment(act.actor, state, live),
      channel,
      remark: remark ?? null,
      satisfaction: satisfaction ?? null,
      proof: proof ?? null,
    }
    const question: TicketEvent[] =
      outcome === 'partly' && remark !== undefined
        ? [{ type: 'task-opened', kind: 'open-question', text: remark, owner: state.representative }]
        : []
    const before = endOfWaiting(state)
    // Where the profile leaves out the closing report, a positive answer closes the ticket.
    const closes = isLeftOut('closing', policy, factsOf(state)) && outcome !== 'unsolved'
    const confirmation = { seq: state.version + before.length + 1, at: occurredAt, outcome, satisfaction: confirmed.satisfaction }
    const closed = closes ? [closure({ ...state, resolvedAt: occurredAt, confirmation }, policy, act.at, confirmed)] : []
    return [...before, confirmed, ...question, ...closed]
  },
})

export const finishTask = defineCommand({
  name: 'finish-task',
  labels: { 'zh-CN': '完成待办', 'zh-TW': '完成待辦', en: 'Finish task' },
  summary: 'Settles a task of the ticket, such as the question a partly satisfied customer left open.',
  requirements: ['T10'],
  may: { ...serviceDesk, engineer: 'own' },
  stages: ['closing', 'follow-up'],
  input: () =>
    z.strictObject({
      task: labelled(
        z.int().min(1).max(999_999_999).describe('id of the task, as the ticket lists it'),
        said('待办事项', '待辦事項', 'Task'),
        { from: 'ticket.tasks' },
      ),
      result: labelled(longText.describe('what came of it'), said('处理结果', '處理結果', 'Result')),
    }),
  blocked: ({ state }) => (state.tasks.length === 0 ? conflict('no-task') : undefined),
  decide({ state }, { task, result }) {
    const unlisted = choiceError(
      'task',
      String(task),
      state.tasks.map(({ id }) => String(id)),
    )
    if (unlisted) return invalid(unlisted)
    return [{ type: 'task-finished', task, result }]
  },
})

export const transitions: Transitions<'confirmed' | 'task-opened' | 'task-finished'> = {
  confirmed(state, event) {
    if (event.outcome === 'unsolved') {
      return {
        stage: 'handling',
        completion: null,
        replan: true,
        agreedDueAt: null,
        counts: { ...state.counts, unsolved: state.counts.unsolved + 1 },
      }
    }
    return {
      stage: 'closing',
      confirmation: { seq: event.seq, at: event.occurredAt, outcome: event.outcome, satisfaction: event.satisfaction },
      resolvedAt: event.occurredAt,
      callbackAttempts: 0,
      priorityChange: null,
    }
  },
  'task-opened': (state, event) => ({
    tasks: [...state.tasks, { id: event.seq, kind: event.kind, text: event.text, owner: event.owner, openedAt: event.at }],
  }),
  'task-finished': (state, event) => ({ settledAt: event.at, tasks: state.tasks.filter(({ id }) => id !== event.task) }),
}

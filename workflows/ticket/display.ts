import { localTime } from '../../domain/calendar/local-time.ts'
import type { Locale } from '../../domain/labels.ts'
import { noticeKinds } from '../../domain/notices/kinds.ts'
import { isWarning } from '../../domain/profile/clocks.ts'
import type { Labelled, Policy } from '../../domain/profile/policy.ts'
import { stageLabel } from '../../domain/stages.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import { deadlineLabels, levelLabels } from '../../domain/terms.ts'
import { withinBytes } from '../../domain/text.ts'
import type { Deadline, Doing, Notice } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { endOfTime } from '../common/reckoning.ts'
import { clockOf } from '../common/terms.ts'
import type { TicketCommand } from './command.ts'
import { rungOf } from '../common/deadlines.ts'
import { displayWords } from '../common/display-words.ts'
import type { TicketState } from './state.ts'
import { own } from '../../domain/own.ts'

/**
 * What people read of a ticket in the Temporal UI, in the language and zone of its profile: its title, where it stands, and
 * what its timers and activities are for. Staff and teams by id; nothing of the customer, and no text that somebody wrote.
 * Instants, never "time left": a page that stands still counts nothing down.
 */

type Commands = readonly Pick<TicketCommand, 'name' | 'labels'>[]

/** `TS20231001001 · 软件功能异常 · 紧急`, the priority as it is then. */
export function titleOf({ number, priority }: TicketState, { type, priorities }: Policy): string {
  return withinBytes([number, type.label, labelOf(priorities, priority)].join(' · '), mostBytes)
}

/** What a timer or an activity is for: `首次响应：提醒 → 主管`. */
export function summaryOf(doing: Doing, policy: Policy, commands: Commands): string {
  const { language } = policy
  switch (doing.kind) {
    case 'write':
      return displayWords[language].writing
    case 'show':
      return displayWords[language].showing
    case 'ask':
      return commandLabel(doing.ask.kind, commands, language)
    case 'sleep':
      return withinBytes([whatHappens(doing.until, policy), ...recipients(doing.until, language)].join(' → '), mostBytes)
  }
}

/** Where the ticket stands, what was promised, and what comes next (`next`, soonest first), as Markdown. */
export function detailsOf(state: TicketState, policy: Policy, next: readonly Deadline[], commands: Commands): string {
  const { language, zone } = policy
  const say = displayWords[language]
  const at = (instant: string) => (instant === endOfTime ? say.never : localTime(zone, instant))
  const nextShown = next.slice(0, mostNext)
  return [
    `### ${plain(titleOf(state, policy))}`,
    '',
    ...facts(state, policy, at).map(([name, value]) => `- ${name}${say.colon}**${plain(value)}**`),
    ...(state.promises.length > 0 ? ['', `#### ${say.promises(zone)}`, ...table(say.promiseColumns, promiseRows(state, policy, at))] : []),
    '',
    `#### ${next.length > 0 ? say.next(zone) : say.nothingNext}`,
    ...(next.length > 0 ? table(say.nextColumns, nextRows(nextShown, policy, commands, at)) : []),
    ...(next.length > nextShown.length ? ['', say.andMore(next.length - nextShown.length)] : []),
  ].join('\n')
}

/** Temporal's limit for the summary of a workflow, in UTF-8; timers' are shown on one line too. */
const mostBytes = 200
/** What comes after these is days ahead, and changes before. */
const mostNext = 6

function facts(state: TicketState, policy: Policy, at: (instant: string) => string): [string, string][] {
  const { language } = policy
  const say = displayWords[language]
  const { waiting, plan, priorityChange } = state
  return [
    [say.stage, stageLabel(ticketStages, state.stage, language)],
    ...(waiting ? [row(say.waitingFor, labelOf(policy.waitingFor, waiting.for))] : []),
    [say.holder, state.assignee ?? say.inQueue],
    [say.team, state.team],
    [say.representative, state.representative ?? say.nobody],
    ...(priorityChange ? [row(say.priorityChange, labelOf(policy.priorities, priorityChange.priority))] : []),
    ...(waiting?.until ? [row(say.waitsUntil, at(waiting.until))] : []),
    ...(plan ? [row(say.plannedFinish, at(plan.estimatedFinishAt))] : []),
    ...(state.counts.deferrals > 0 ? [row(say.deferrals, String(state.counts.deferrals))] : []),
    [say.submitted, at(state.submittedAt)],
  ]
}

function row(name: string, value: string): [string, string] {
  return [name, value]
}

/** What is still owed first, what is due first of it; then what is over. */
function promiseRows({ promises }: TicketState, policy: Policy, at: (instant: string) => string): string[][] {
  const order = ({ stoppedAt, dueAt }: PromiseState) => `${stoppedAt === null ? 0 : 1} ${dueAt}`
  return promises
    .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
    .map((promise) => [
      `${clockLabel(promise.clock, policy)}${promise.cycle > 1 ? ` (${promise.cycle})` : ''}`,
      promise.state === 'paused' ? displayWords[policy.language].resting : at(promise.dueAt),
      promiseText(promise, policy.language),
    ])
}

function promiseText({ state, stoppedAt, recordedLate }: PromiseState, language: Locale): string {
  const { states } = displayWords[language]
  if (state === 'broken') return stoppedAt === null ? `**${states.brokenAndOwed}**` : states.broken
  return state === 'kept' && recordedLate ? states.keptRecordedLate : states[state]
}

function nextRows(next: readonly Deadline[], policy: Policy, commands: Commands, at: (instant: string) => string): string[][] {
  const { language } = policy
  return next.map((deadline) => [
    at(deadline.dueAt),
    whatHappens(deadline, policy),
    recipients(deadline, language).join('') || '—',
    deadline.cancelledBy.map((name) => commandLabel(name, commands, language)).join(displayWords[language].comma),
  ])
}

/** `首次响应：超时`. */
function whatHappens({ clock: id, level }: Deadline, policy: Policy): string {
  const { language } = policy
  const say = displayWords[language]
  const clock = clockOf(policy, id)
  if (!clock) return own(deadlineLabels, id)?.[language] ?? id
  const rung = rungOf(clock, level)
  if (!rung) return `${clock.label}${say.colon}${say.whenDue[clock.whenDue]}`
  const usual = isWarning(rung) ? say.reminder : say.told[clock.whenDue]
  return `${clock.label}${say.colon}${rung.notice === undefined ? usual : noticeKinds[rung.notice].label[language]}`
}

/** To whom, as one text; none where nobody is told. */
function recipients({ to }: Deadline, language: Locale): string[] {
  const told = to.map((recipient) => recipientText(recipient, language))
  return told.length > 0 ? [told.join(displayWords[language].comma)] : []
}

function recipientText(recipient: Notice['recipient'], language: Locale): string {
  switch (recipient.kind) {
    case 'customer':
      return displayWords[language].customer
    case 'person':
      return recipient.id
    case 'team':
      return `${levelLabels['team']?.[language] ?? 'team'} ${recipient.id}`
    case 'role':
      return levelLabels[recipient.role]?.[language] ?? recipient.role
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return ['', line(spaced(head)), line(head.map(() => '---')), ...rows.map((cells) => line(spaced(cells.map(cell))))]
}

/** The Temporal UI sets tables without any space between their columns. */
function spaced(cells: readonly string[]): string[] {
  return cells.map((text, at) => (at < cells.length - 1 ? `${text}\u2003` : text))
}

/** A label of a profile may hold what Markdown takes for its own. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function plain(text: string): string {
  return text.replaceAll(/[*_\n]/g, (sign) => (sign === '\n' ? ' ' : `\\${sign}`))
}

function clockLabel(id: string, policy: Policy): string {
  return clockOf(policy, id)?.label ?? id
}

function commandLabel(name: string, commands: Commands, language: Locale): string {
  return commands.find((command) => command.name === name)?.labels[language] ?? name
}

function labelOf(list: readonly Labelled[], id: string): string {
  return list.find((item) => item.id === id)?.label ?? id
}

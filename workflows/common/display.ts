import { localTime } from '../../domain/calendar/local-time.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { isNoticeKind, noticeKinds } from '../../domain/notices/kinds.ts'
import { own } from '../../domain/own.ts'
import { isWarning } from '../../domain/profile/clocks.ts'
import type { Policy, PolicyClock, PolicyWords } from '../../domain/profile/policy.ts'
import { stageLabel } from '../../domain/stages.ts'
import { levelLabels } from '../../domain/terms.ts'
import { withinBytes } from '../../domain/text.ts'
import { inOrder } from '../deadline-order.ts'
import type { Ask, Deadline, Draft, Notice, Process } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { rungOf } from './deadlines.ts'
import type { Staffed } from './places.ts'
import { displayWords } from './display-words.ts'
import { openKind, tellKind } from './other-processes.ts'
import { endOfTime } from './reckoning.ts'
import { clockOf } from './terms.ts'

/**
 * What people read of a process in the Temporal UI, whatever its type, in the language and zone of its profile: its title, where it stands,
 * what was promised and what comes next, and what its timers and activities are for. Staff and teams by id; nothing of the customer, and no
 * text that somebody wrote. Instants, never "time left": a page that stands still counts nothing down.
 */

/** What of it is a type's own; everything may be left out. */
export interface Display<S, P> {
  /** What stands behind the number in the title, by itself or by its profile; absent: what the type is called. No text that somebody wrote. */
  title?(state: S, policy: P): readonly string[]
  /** What belongs to the stage: for what it waits. */
  standing?(state: S, policy: P): readonly Fact[]
  /** What else there is to know. */
  facts?(state: S, policy: P, at: ShownAt): readonly Fact[]
  /** What it means that nobody has it. */
  readonly unheld?: Labels
}

/** What is told, and what it is. */
export type Fact = readonly [label: Labels, value: string]

/** An instant on the clocks of the profile's zone. */
export type ShownAt = (instant: string) => string

/** What the policy of a type must say so that its processes can be shown. */
export interface DisplayPolicy {
  readonly language: Locale
  readonly zone: string
  /** As the profile calls them. */
  readonly clocks: readonly PolicyClock[]
  /** What its own kinds of notices are called. */
  readonly customNotices?: Policy['customNotices']
  /** What it calls stages, roles and places that have a word of its own; absent: none. */
  readonly words?: PolicyWords
}

export interface Displayable extends Staffed {
  readonly number: string
}

type Shown = 'title' | 'details' | 'summary'

/** A process that is shown as all are, with what is its own. */
export function displayed<S extends Displayable, E extends Draft, P extends DisplayPolicy, Given>(
  display: Display<S, P>,
  process: Omit<Process<S, E, P, Given>, Shown>,
): Process<S, E, P, Given> {
  const titleOf = (state: S, policy: P) =>
    withinBytes([state.number, ...(display.title?.(state, policy) ?? [process.labels[policy.language]])].join(' · '), mostBytes)
  return {
    ...process,
    title: titleOf,
    details(state, policy) {
      const { language, zone } = policy
      const say = displayWords[language]
      const at: ShownAt = (instant) => (instant === endOfTime ? say.never : localTime(zone, instant))
      const lines: readonly (readonly [string, string])[] = [
        [say.stage, own(policy.words?.stages ?? {}, state.stage) ?? stageLabel(process.stages, state.stage, language)],
        ...inLanguage(display.standing?.(state, policy), language),
        [policy.words?.roles?.['handler'] ?? say.holder, process.holder(state) ?? display.unheld?.[language] ?? say.nobody],
        [policy.words?.roles?.['team'] ?? say.team, state.team],
        ...inLanguage(display.facts?.(state, policy, at), language),
      ]
      return [
        `### ${plain(titleOf(state, policy))}`,
        '',
        ...lines.map(([name, value]) => `- ${name}${say.colon}**${plain(value)}**`),
        ...promised(state.promises, policy, process, at),
        '',
        ...ahead(inOrder(process.deadlines(state, policy)), policy, process, at),
      ].join('\n')
    },
    summary(doing, policy) {
      const say = displayWords[policy.language]
      switch (doing.kind) {
        case 'write':
          return say.writing(process.labels[policy.language])
        case 'show':
          return say.showing
        case 'ask':
          return askText(doing.ask, policy.language, process)
        case 'sleep':
          return withinBytes([whatHappens(doing.until, policy, process), ...recipients(doing.until, policy)].join(' → '), mostBytes)
      }
    },
  }
}

/** Temporal's limit for the summary of a workflow, in UTF-8; timers' are shown on one line too. */
const mostBytes = 200
/** What comes after these is days ahead, and changes before. */
const mostNext = 6

/** What the type calls its commands and clocks. */
type Names = Pick<Process<never, never, never>, 'clocks'> & {
  readonly commands: readonly { readonly name: string; readonly labels: Labels }[]
}

function inLanguage(facts: readonly Fact[] = [], language: Locale): (readonly [string, string])[] {
  return facts.map(([label, value]) => [label[language], value])
}

function promised(promises: readonly PromiseState[], policy: DisplayPolicy, names: Names, at: ShownAt): string[] {
  if (promises.length === 0) return []
  const say = displayWords[policy.language]
  return ['', `#### ${say.promises(policy.zone)}`, ...table(say.promiseColumns, promiseRows(promises, policy, names, at))]
}

/** What is still owed first, what is due first of it; then what is over. */
function promiseRows(promises: readonly PromiseState[], policy: DisplayPolicy, names: Names, at: ShownAt): string[][] {
  const order = ({ stoppedAt, dueAt }: PromiseState) => `${stoppedAt === null ? 0 : 1} ${dueAt}`
  return promises
    .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
    .map((promise) => [
      `${clockLabel(promise.clock, policy, names)}${promise.cycle > 1 ? ` (${promise.cycle})` : ''}`,
      promise.state === 'paused' ? displayWords[policy.language].resting : at(promise.dueAt),
      promiseText(promise, policy.language),
    ])
}

function promiseText({ state, stoppedAt, recordedLate }: PromiseState, language: Locale): string {
  const { states } = displayWords[language]
  if (state === 'broken') return stoppedAt === null ? `**${states.brokenAndOwed}**` : states.broken
  return state === 'kept' && recordedLate ? states.keptRecordedLate : states[state]
}

/** What comes next, soonest first. */
function ahead(next: readonly Deadline[], policy: DisplayPolicy, names: Names, at: ShownAt): string[] {
  const say = displayWords[policy.language]
  if (next.length === 0) return [`#### ${say.nothingNext}`]
  const more = next.length - mostNext
  return [
    `#### ${say.next(policy.zone)}`,
    ...table(say.nextColumns, nextRows(next.slice(0, mostNext), policy, names, at)),
    ...(more > 0 ? ['', say.andMore(more)] : []),
  ]
}

function nextRows(next: readonly Deadline[], policy: DisplayPolicy, names: Names, at: ShownAt): string[][] {
  const { language } = policy
  return next.map((deadline) => [
    at(deadline.dueAt),
    whatHappens(deadline, policy, names),
    recipients(deadline, policy).join('') || '—',
    deadline.cancelledBy.map((name) => commandLabel(name, names, language)).join(displayWords[language].comma),
  ])
}

/** `首次响应：超时`. */
function whatHappens({ clock: id, level }: Deadline, policy: DisplayPolicy, names: Names): string {
  const say = displayWords[policy.language]
  const clock = clockOf(policy, id)
  if (!clock) return clockLabel(id, policy, names)
  const rung = rungOf(clock, level)
  if (!rung) return `${clock.label}${say.colon}${say.whenDue[clock.whenDue]}`
  const usual = isWarning(rung) ? say.reminder : say.told[clock.whenDue]
  return `${clock.label}${say.colon}${rung.notice === undefined ? usual : noticeName(rung.notice, policy)}`
}

function noticeName(kind: string, { customNotices = [], language }: DisplayPolicy): string {
  return isNoticeKind(kind) ? noticeKinds[kind].label[language] : (customNotices.find(({ id }) => id === kind)?.label ?? kind)
}

/** To whom, as one text; none where nobody is told. */
function recipients({ to }: Deadline, policy: DisplayPolicy): string[] {
  const told = to.map((recipient) => recipientText(recipient, policy))
  return told.length > 0 ? [told.join(displayWords[policy.language].comma)] : []
}

function recipientText(recipient: Notice['recipient'], { language, words }: DisplayPolicy): string {
  const called = words?.roles ?? {}
  switch (recipient.kind) {
    case 'customer':
      return called['customer'] ?? displayWords[language].customer
    case 'person':
      return recipient.id
    case 'team':
      return `${called['team'] ?? levelLabels.team[language]} ${recipient.id}`
    case 'role':
      return called[recipient.role] ?? levelLabels[recipient.role][language]
  }
}

function askText({ kind, target = '' }: Ask, language: Locale, names: Names): string {
  if (kind === openKind) return displayWords[language].opening(target)
  if (kind === tellKind) return displayWords[language].telling(target)
  return commandLabel(kind, names, language)
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

function clockLabel(id: string, policy: DisplayPolicy, { clocks = [] }: Names): string {
  return clockOf(policy, id)?.label ?? clocks.find((clock) => clock.id === id)?.label[policy.language] ?? id
}

function commandLabel(name: string, { commands }: Names, language: Locale): string {
  return commands.find((command) => command.name === name)?.labels[language] ?? name
}

import type { Locale } from '../../domain/labels.ts'
import { levelLabels } from '../../domain/terms.ts'
import type { AnswerOf } from '../../api/openapi/operation.ts'
import { listClocks, readOutlook } from '../../api/operations/ticket-reads.ts'
import type { Client } from '../client.ts'
import { commandLabel } from './acting.ts'
import { localTime } from './instants.ts'
import type { Cell, Narrator, Style } from './narrator.ts'
import type { PromiseWords } from './words.ts'
import { own } from '../../domain/own.ts'

/** What became of a ticket's promises, and what is ahead of it. */

type Promised = AnswerOf<typeof listClocks>['items'][number]

export interface Reading {
  readonly client: Client
  readonly number: string
  /** The profile's. */
  readonly zone: string
  readonly now: number
  readonly narrator: Narrator
  readonly words: PromiseWords
  readonly locale: Locale
}

/** Every cycle of every clock as a table, and how many were kept and broken. */
export async function showPromises({ client, number, zone, now, narrator, words }: Reading): Promise<readonly Promised[]> {
  const { items } = await client.read(listClocks, { params: { number } })
  narrator.heading(words.title(zone))
  narrator.gap()
  narrator.table(
    words.head,
    items.map((promise): Cell[] => [
      promise.label,
      String(promise.cycle),
      localTime(promise.dueAt, zone, now),
      promise.stoppedAt === null ? '' : localTime(promise.stoppedAt, zone, now),
      outcomeInWords(promise, words),
    ]),
  )
  const count = (...states: readonly Promised['state'][]) => items.filter(({ state }) => states.includes(state)).length
  narrator.facts([
    [
      words.total,
      words.sum({ kept: count('kept'), broken: count('broken'), ahead: count('running', 'paused'), cancelled: count('cancelled') }),
    ],
  ])
  return items
}

/** What happens next if nobody acts (X5): the soonest of it, with whom it reaches and what would prevent it. */
export async function showOutlook({ client, number, zone, now, narrator, words, locale }: Reading): Promise<void> {
  const { next, promises, names } = await client.read(readOutlook, { params: { number } })
  narrator.heading(next.length === 0 ? words.nothingNext : words.next)
  narrator.gap()
  let remark = ''
  for (const { clock, label, level, notice, noticeLabel, dueAt, to, cancelledBy } of next.slice(0, shownAhead)) {
    const promise = promises.findLast((one) => one.clock === clock)
    const reached = to.map((recipient) => recipientInWords(recipient, names, words, locale))
    const prevented = cancelledBy.length === 0 ? '' : words.cancelledBy(cancelledBy.map((command) => commandLabel(command, locale)))
    const kind = levelKind(level, dueAt, promise?.dueAt, to.some(isCustomer))
    narrator.moment({
      when: localTime(dueAt, zone, now),
      ...marks[kind],
      text: `${label} · ${kind === 'customer' || !usual.includes(notice) ? noticeLabel : words.levels[kind]}${reached.length === 0 ? '' : ` → ${words.list(reached)}`}`,
      // Said once for those that the same would prevent.
      details: prevented === remark ? [] : [prevented],
    })
    remark = prevented
  }
}

/** What speaks in the words of its level; everything else by what it is called. */
const usual: readonly unknown[] = [null, 'deadline-warning', 'deadline-missed']
/** More than these few make nobody wiser. */
const shownAhead = 5

export function outcomeInWords(
  { state, stoppedAt, recordedLate }: Pick<Promised, 'state' | 'stoppedAt' | 'recordedLate'>,
  words: PromiseWords,
): { readonly text: string; readonly style: Style } {
  const { states } = words
  switch (state) {
    case 'kept':
      return { text: recordedLate ? states.keptRecordedLate : states.kept, style: 'green' }
    case 'broken':
      return { text: stoppedAt === null ? states.stillBroken : states.broken, style: 'red' }
    case 'running':
    case 'paused':
      return { text: states[state], style: 'cyan' }
    case 'cancelled':
      return { text: states.cancelled, style: 'dim' }
  }
}

type LevelKind = keyof PromiseWords['levels'] | 'customer'

/** A rung before the due instant warns, one after it says that it was missed. */
function levelKind(level: string, at: string, dueAt: string | undefined, toCustomer: boolean): LevelKind {
  if (level === 'due' || level === 'end') return level
  if (toCustomer) return 'customer'
  return dueAt !== undefined && at < dueAt ? 'warning' : 'missed'
}

const marks: Readonly<Record<LevelKind, { readonly mark: string; readonly style: Style }>> = {
  warning: { mark: '△', style: 'yellow' },
  due: { mark: '■', style: 'red' },
  missed: { mark: '▲', style: 'red' },
  end: { mark: '·', style: 'plain' },
  customer: { mark: '△', style: 'yellow' },
}

/** Who hears of it, as an outlook says it, or an event. */
type Recipient = Partial<AnswerOf<typeof readOutlook>['next'][number]['to'][number]> & { readonly kind: string }

function isCustomer({ kind }: Recipient): boolean {
  return kind === 'customer'
}

/** `主管 孙磊`: the place it is meant for, and whom it reaches as things are. */
export function recipientInWords(
  { kind, id, role, people = [] }: Recipient,
  names: Readonly<Record<string, string>>,
  words: PromiseWords,
  locale: Locale,
): string {
  if (kind === 'customer') return words.customer
  const called = people.map((person) => own(names, person) ?? person)
  if (role !== undefined) return [own(levelLabels, role)?.[locale] ?? role, ...called].join(' ')
  return called.length > 0 ? words.list(called) : (own(names, id ?? '') ?? id ?? kind)
}

import type { AnswerOf } from '../../api/openapi/operation.ts'
import { listEvents } from '../../api/operations/ticket-reads.ts'
import type { Locale } from '../../domain/labels.ts'
import { noticeLabel } from '../../domain/notices/custom.ts'
import { noticeKinds } from '../../domain/notices/kinds.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Client } from '../client.ts'
import { StoryError, type Time } from './acting.ts'
import { localTime } from './instants.ts'
import type { Letter } from './mail-folder.ts'
import type { Narrator } from './narrator.ts'
import { recipientInWords } from './promises.ts'
import { columns } from '../terminal-text.ts'
import type { FastWords } from './fast-words.ts'
import type { PromiseWords } from './words.ts'

/** Looks on while time does its work on a ticket: tells each thing that happens by itself, and each mail that goes out. */
export interface Watch {
  /** Looks on until something has happened. @throws StoryError when it does not for so long that it never will */
  until(awaited: Partial<Happening>): Promise<void>
  /** Looks on for a while. */
  during(ms: number): Promise<void>
  /** Looks on until no more mails come. */
  untilQuiet(): Promise<void>
  /** The mails that came. */
  letters(): readonly Letter[]
}

export interface Watching {
  readonly client: Client
  readonly number: string
  readonly profile: Profile
  readonly names: Readonly<Record<string, string>>
  readonly narrator: Narrator
  readonly words: FastWords
  readonly promiseWords: PromiseWords
  readonly locale: Locale
  readonly time: Time
  /** The mails about the ticket that are new. */
  readonly mails: (number: string) => Promise<readonly Letter[]>
}

type Line = AnswerOf<typeof listEvents>['items'][number]
type Broken = Extract<Line, { type: 'promise-broken' }>
type Level = Extract<Line, { type: 'level-reached' }>
/** What can be waited for. */
type Happening = Pick<Level, 'clock' | 'cycle' | 'rung'> & { readonly type: string }

/** As often as a person could notice. */
const lookEveryMs = 200
/** Longer than any promise of the demo; then the worker is away. */
const patienceMs = 90_000
/** Delivery goes round once a second. */
const quietMs = 2_500

export function createWatch(watching: Watching): Watch {
  const { client, number, profile, names, narrator, words, promiseWords, locale, time, mails } = watching
  const happened = new Map<number, Broken | Level>()
  const letters: Letter[] = []
  const kindsTold = new Set<string>()
  let began = Number.NaN

  return {
    async until(awaited) {
      const started = time.now()
      for (;;) {
        await look()
        if ([...happened.values()].some((one) => fits(one, awaited))) return
        if (time.now() - started > patienceMs) throw new StoryError(words.neverCame(Object.values(awaited).join(' ')))
        await time.sleep(lookEveryMs)
      }
    },
    async during(ms) {
      for (const end = time.now() + ms; time.now() < end;) {
        await look()
        await time.sleep(lookEveryMs)
      }
    },
    async untilQuiet() {
      for (let last = time.now(); time.now() - last < quietMs;) {
        if (await look()) last = time.now()
        await time.sleep(lookEveryMs)
      }
    },
    letters: () => letters,
  }

  /** Tells what is new; whether anything was. */
  async function look(): Promise<boolean> {
    const { items } = await client.read(listEvents, { params: { number }, query: { limit: '200' } })
    if (Number.isNaN(began)) began = Date.parse(items[0]?.at ?? '')
    const fresh = items.filter((item) => isByItself(item)).filter(({ seq }) => !happened.has(seq))
    if (fresh.length > 0) narrator.gap()
    for (const event of fresh) {
      happened.set(event.seq, event)
      tell(event)
    }
    const arrived = await mails(number)
    letters.push(...arrived)
    for (const together of bySubject(arrived)) tellMail(together)
    return fresh.length + arrived.length > 0
  }

  function tell(event: Broken | Level): void {
    const clock = profile.clocks.find(({ id }) => id === event.clock)?.label[locale] ?? event.clock
    const { dueAt, occurredAt, at } = event
    const late = words.duration(Date.parse(at) - Date.parse(occurredAt))
    const when = words.seconds(((Date.parse(occurredAt) - began) / 1000).toFixed(1))
    const [due, happens] = [clockTime(dueAt), clockTime(occurredAt)]
    if (event.type === 'promise-broken') {
      narrator.moment({ when, mark: '■', style: 'red', text: words.broken(clock), details: [words.dueThen(due, late)] })
      return
    }
    const to = promiseWords.list(event.to.map((recipient) => recipientInWords(recipient, names, promiseWords, locale)))
    const text = `${clock} · ${noticeLabel(profile, event.notice)[locale]} → ${to}`
    narrator.moment({
      when,
      ...(event.warning ? { mark: '△', style: 'yellow' } : event.notice === 'deadline-missed' ? { mark: '▲', style: 'red' } : customers),
      text,
      details: [event.warning ? words.warnedThen(happens, late, due) : words.saidThen(happens, late)],
    })
  }

  function tellMail(together: readonly [Letter, ...Letter[]]): void {
    const [{ subject, text, kind }] = together
    const known = kindsTold.has(kind)
    kindsTold.add(kind)
    const to = promiseWords.list([...new Set(together.flatMap((letter) => letter.to))])
    narrator.moment({
      when: '',
      mark: '✉',
      style: 'cyan',
      text: `${to} ← ${subject}`,
      // What colleagues were told before need not be heard again.
      details: known && noticeKinds[kind].audience === 'staff' ? [] : beginning(text),
    })
  }

  function clockTime(instant: string): string {
    return localTime(instant, profile.zone, time.now())
  }
}

const customers = { mark: '△', style: 'yellow' } as const

/** The first paragraph of a mail, and the next where that only says hello or that something follows. */
function beginning(text: string): string[] {
  const [first = '', second = ''] = text.split(/\n{2,}/).map((paragraph) => paragraph.replaceAll('\n', ' '))
  return columns(first) > longestGreeting && !/[:：]$/u.test(first) ? [first] : [first, second]
}

const longestGreeting = 24

function isByItself(item: Line): item is Broken | Level {
  return item.type === 'promise-broken' || item.type === 'level-reached'
}

function fits(event: Broken | Level, awaited: Partial<Happening>): boolean {
  const { type, clock, cycle, rung } = awaited
  return (
    (type === undefined || type === event.type) &&
    (clock === undefined || clock === event.clock) &&
    (cycle === undefined || cycle === event.cycle) &&
    (rung === undefined || (event.type === 'level-reached' && rung === event.rung))
  )
}

/** What several people were told of one thing. */
function bySubject(letters: readonly Letter[]): (readonly [Letter, ...Letter[]])[] {
  const groups = new Map<string, [Letter, ...Letter[]]>()
  for (const letter of letters) {
    const key = `${letter.seq} ${letter.subject}`
    const group = groups.get(key)
    if (group) group.push(letter)
    else groups.set(key, [letter])
  }
  return [...groups.values()]
}

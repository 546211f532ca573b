import { DateTime } from 'luxon'
import type { RehearsalView } from '../../api/views/rehearsal.ts'
import type { Locale } from '../../domain/labels.ts'
import { momentText, zoneText } from '../../domain/moment-text.ts'
import { painter, type Style, type Terminal } from '../demo/narrator.ts'
import { columns, pad, wrap } from '../terminal-text.ts'
import { pageWords } from './words.ts'

/** A rehearsal as a page for a terminal: what is promised, what happens day by day, and what becomes of it. */

export interface Page {
  readonly locale: Locale
  /** Each mail whole. */
  readonly mails: boolean
  /** Where an act stands in the story, such as `acts.yaml:12`. */
  readonly lineOf: (act: number) => string
}

type Happening = RehearsalView['timeline'][number]
type Mail = Happening['mails'][number]
type Promised = RehearsalView['promises'][number]

export function showRehearsal(view: RehearsalView, { locale, mails, lineOf }: Page, { write, colour, width }: Terminal): void {
  const words = pageWords[locale]
  const { zone } = view
  const paint = painter(colour)
  const local = (instant: string) => DateTime.fromISO(instant, { zone })
  const moment = (instant: string) => momentText(instant, zone, locale, view.registeredAt)
  const short = (instant: string) =>
    local(instant).toFormat(local(instant).year === local(view.registeredAt).year ? 'MM-dd HH:mm' : 'yyyy-MM-dd HH:mm')

  /** Lines from a column on, the first with what stands before it. */
  const lines = (text: string, { at, before = '', style = 'plain' }: { at: number; before?: string; style?: Style }) => {
    wrap(text, width - at).forEach((line, nth) => write(`${nth === 0 ? before : ' '.repeat(at)}${paint(style, line)}\n`))
  }
  const heading = (text: string) => write(`\n${paint('bold', text)}\n`)

  head()
  heading(words.promises)
  write('\n')
  promised()
  heading(words.timeline)
  let day = ''
  for (const happening of view.timeline) {
    const today = momentText(happening.at, zone, locale, view.registeredAt).slice(0, -5).replace(/, $/, '')
    if (today !== day) write(`\n  ${paint('bold', today)}\n`)
    day = today
    tell(happening)
  }
  heard()
  ending()

  function head(): void {
    write('\n')
    lines(words.title(view.profile, view.version), { at: 0, style: 'bold' })
    lines([view.type, view.priority, view.channel].map(({ label }) => label).join(' · '), { at: 0 })
    lines(words.registered(view.number, moment(view.registeredAt), zoneText(zone, locale), view.team), { at: 0, style: 'dim' })
    if (view.filled.length > 0) lines(words.filledForm(view.filled), { at: 0, style: 'dim' })
  }

  function promised(): void {
    if (view.promises.length === 0) lines(words.noPromises, { at: 2, before: '  ' })
    const names = Math.max(...view.promises.map((promise) => columns(named(promise))), 0)
    for (const promise of view.promises) {
      const { startedAt, dueAt, state, recordedLate, provisional, due, withinLabel, from, stoppedBy, stoppedAt } = promise
      const outcome = `${ended(promise)}${recordedLate ? words.recordedLate : ''}${provisional ? words.provisional : ''}`
      const period = `${short(startedAt)} → ${short(dueAt)}`
      const before = `  ${pad(named(promise), names)}  ${pad(period, 25)}  `
      lines(outcome, { at: columns(before), before, style: styleOf[state] })
      const earlier = due.slice(0, -1).map((one) => short(one.dueAt))
      const details = [
        withinLabel === null ? words.stated : from === null ? words.target(withinLabel) : words.counted(withinLabel, short(from)),
        ...(earlier.length === 0 ? [] : [words.moved(words.list(earlier))]),
        ...(stoppedBy.length === 0
          ? []
          : [(stoppedAt === null ? words.stopsBy : words.stoppedBy)(words.list(stoppedBy.map(({ label }) => label)))]),
      ]
      lines(details.join(' · '), { at: names + 4, before: ' '.repeat(names + 4), style: 'dim' })
    }
  }

  function ended({ state, stoppedAt }: Promised): string {
    if (state === 'broken') return stoppedAt === null ? words.never : words.late(short(stoppedAt))
    return stoppedAt === null ? words.states[state] : `${words.states[state]} ${short(stoppedAt)}`
  }

  function named({ clock, cycle }: Promised): string {
    return cycle === 1 ? clock.label : `${clock.label} ${cycle}`
  }

  function tell(happening: Happening): void {
    const time = local(happening.at).toFormat('HH:mm')
    let before = `  ${paint('dim', time)}  `
    const line = (mark: string, style: Style, text: string) => {
      lines(text, { at: marksAt + 2, before: `${before}${paint(style, mark)} `, style })
      before = ' '.repeat(marksAt)
    }
    const { kind, by, command, stage, events, refusal, act } = happening
    if (kind === 'refused' && refusal) {
      line('✗', 'yellow', `${by?.label ?? ''} · ${command?.label ?? ''}：${refusal.title}`.replace('：', locale === 'en' ? ': ' : '：'))
      const reasons =
        refusal.errors.length === 0
          ? [refusal.detail]
          : refusal.errors.map(({ path, message }) => `${path}${locale === 'en' ? ': ' : '：'}${message}`)
      for (const reason of reasons) lines(reason, { at: marksAt + 2, before: ' '.repeat(marksAt + 2), style: 'yellow' })
      if (act !== null) lines(words.refusedAt(lineOf(act)), { at: marksAt + 2, before: ' '.repeat(marksAt + 2), style: 'dim' })
    }
    if (kind === 'registered') line('●', 'bold', `${words.registration} · ${by?.label ?? ''} → ${stage?.label ?? ''}`)
    if (kind === 'act') line('●', 'bold', `${by?.label ?? ''} · ${command?.label ?? ''} → ${stage?.label ?? ''}`)
    if (kind === 'answered') line('●', 'plain', `${words.answered} · ${command?.label ?? ''} → ${stage?.label ?? ''}`)
    for (const event of events.filter(({ label }) => label !== null)) {
      if (kind === 'answered') break
      const [mark, style] = marked(
        event,
        happening.mails.some(({ seq, recipient }) => seq === event.seq && recipient.kind === 'customer'),
      )
      const about = event.clock ? `${event.clock.label} · ` : ''
      line(mark, style, `${about}${event.label ?? ''}${event.to.length === 0 ? '' : ` → ${words.list(event.to)}`}`)
    }
    for (const mail of happening.mails) tellMail(mail)
  }

  function tellMail(mail: Mail): void {
    const { fate, heldUntil, sentAt, recipient, reachedLabels, channel, subject, text, label } = mail
    const to = reachedLabels.length === 0 ? recipient.label : words.list(reachedLabels)
    const remark =
      fate === 'sent'
        ? [...(heldUntil !== null && sentAt !== null ? [words.held(short(sentAt))] : []), ...(channel === 'relay' ? [words.relay] : [])]
        : [fate === 'waits' ? words.waits : words.fates[fate]]
    const said = `${to} ← ${subject ?? label}${remark.length === 0 ? '' : ` [${remark.join(' · ')}]`}`
    lines(said, { at: marksAt + 2, before: `${' '.repeat(marksAt)}${paint('cyan', '✉')} `, style: fate === 'sent' ? 'cyan' : 'dim' })
    if (!mails || text === null) return
    const bar = `${' '.repeat(marksAt + 2)}${paint('dim', '│')}`
    for (const paragraph of text.trimEnd().split('\n'))
      for (const part of wrap(paragraph, width - marksAt - 4)) write(part === '' ? `${bar}\n` : `${bar} ${part}\n`)
  }

  /** What the customer hears, in the order in which it reaches them. */
  function heard(): void {
    const mails = view.timeline
      .flatMap((happening) => happening.mails)
      .filter(({ recipient, fate }) => recipient.kind === 'customer' && fate === 'sent')
    heading(mails.length === 0 ? words.hearsNothing : words.hears)
    write('\n')
    for (const { sentAt, subject, channel } of mails.toSorted((a, b) => ((a.sentAt ?? '') < (b.sentAt ?? '') ? -1 : 1))) {
      const at = sentAt === null ? '' : short(sentAt)
      lines(`${subject ?? ''}${channel === 'relay' ? ` [${words.relay}]` : ''}`, {
        at: 17,
        before: `  ${paint('dim', pad(at, 13))}  `,
        style: 'cyan',
      })
    }
  }

  function ending(): void {
    const { at, stage, because, steps } = view.end
    heading(words.end)
    write('\n')
    const broken = view.promises.filter(({ state }) => state === 'broken').length
    lines(words.because[because](stage.label, moment(at)), { at: 2, before: '  ' })
    lines(words.broken(broken), { at: 2, before: '  ', style: broken === 0 ? 'green' : 'red' })
    if (steps.length > 0) lines(words.steps(words.list(steps.map(({ label }) => label))), { at: 2, before: '  ' })
    const added = view.timeline.filter(({ filled, kind }) => filled.length > 0 && kind === 'act')
    if (added.length > 0) {
      const said = added.map(({ command, filled }) => `${command?.label ?? ''} ${filled.join(', ')}`)
      lines(`${words.filled}${locale === 'en' ? ': ' : '：'}${[...new Set(said)].join(locale === 'en' ? '; ' : '；')}`, {
        at: 2,
        before: '  ',
        style: 'dim',
      })
    }
    if (!mails) lines(words.more, { at: 2, before: '  ', style: 'dim' })
    write('\n')
  }
}

/** Column of the marks, behind the time of day. */
const marksAt = 9

const styleOf: Readonly<Record<Promised['state'], Style>> = {
  kept: 'green',
  broken: 'red',
  running: 'cyan',
  paused: 'cyan',
  cancelled: 'dim',
}

/** What only the customer hears is neither a warning nor a reproach. */
function marked({ type, warning }: Happening['events'][number], toCustomer: boolean): readonly [string, Style] {
  if (type === 'promise-broken') return ['■', 'red']
  if (type !== 'level-reached' || toCustomer) return ['·', 'plain']
  return warning === true ? ['△', 'yellow'] : ['▲', 'red']
}

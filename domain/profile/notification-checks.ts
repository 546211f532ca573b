import { entriesOf, itemsOf, memberOf, textsOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { longestLabel } from '../labels.ts'
import { isCustomKind } from '../notices/custom.ts'
import { fieldNamed, placeholderOf } from '../notices/field-values.ts'
import { isNoticeKind, noticeKinds, type NoticeKind } from '../notices/kinds.ts'
import { customParams, valuesBroughtBy, isFor, rungValues, type BroughtValues } from '../notices/moment-values.ts'
import { ladderKinds, occasionsOf } from '../notices/occasions.ts'
import { own } from '../own.ts'
import { placesIn } from '../template.ts'
import { isWarning } from './clocks.ts'
import { isAmong, isMoment, type Moment } from './moments.ts'

/** What has to agree between the notices of a profile and what sends them (X10): no notice says what is not so, or what nobody has told it. */
export function inNotices(profile: unknown): Mistake[] {
  const sent = sendingsIn(profile)
  const customs = itemsOf(memberOf(profile, 'customNotices')).flatMap((notice) =>
    textOf(memberOf(notice, 'id')).map((id) => [id, notice] as const),
  )
  const known: Known = { customs: new Map(customs), silenced: new Set(wordsIn(profile, 'silencedNotices')) }
  return [...sent.flatMap((one) => inSending(one, known)), ...inCustomNotices(profile, sent), ...inFields(profile)]
}

type Path = (string | number)[]

interface Known {
  /** Notices of the profile's own, by id. */
  readonly customs: ReadonlyMap<string, unknown>
  readonly silenced: ReadonlySet<string>
}

/** A rule or a rung that sends a notice. */
interface Sending {
  readonly path: Path
  readonly kind: string
  /** How it is called in the text of the profile. */
  readonly name: string
  readonly to: readonly string[]
  /** What happened: of a rung, what started its clock. */
  readonly moments: readonly Moment[]
  /** When a rung speaks; absent: it is a rule. */
  readonly at?: string
}

function sendingsIn(profile: unknown): Sending[] {
  const rules = itemsOf(memberOf(profile, 'notificationRules')).flatMap((rule, nth): Sending[] => {
    const kind = memberOf(rule, 'notice')
    if (typeof kind !== 'string') return []
    return [
      {
        path: ['notificationRules', nth],
        kind,
        name: nameOf('notificationRules', rule, nth),
        to: wordsIn(rule, 'to'),
        moments: momentsIn(rule, 'on'),
      },
    ]
  })
  const rungs = itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at) =>
    itemsOf(memberOf(clock, 'ladder')).flatMap((rung, nth): Sending[] => {
      const [kind, offset] = [memberOf(rung, 'notice'), memberOf(rung, 'at')]
      if (typeof kind !== 'string' || typeof offset !== 'string') return []
      const name = `${nameOf('clocks', clock, at)}.${nameOf('ladder', rung, nth)}`
      return [{ path: ['clocks', at, 'ladder', nth], kind, name, to: wordsIn(rung, 'to'), moments: momentsIn(clock, 'starts'), at: offset }]
    }),
  )
  return [...rules, ...rungs]
}

function nameOf(list: string, thing: unknown, nth: number): string {
  const id = memberOf(thing, 'id')
  return typeof id === 'string' ? `${list}.${id}` : `${list}[${nth}]`
}

function wordsIn(thing: unknown, key: string): string[] {
  return textsOf(memberOf(thing, key)).map(([, word]) => word)
}

function momentsIn(thing: unknown, key: string): Moment[] {
  return wordsIn(thing, key).filter(isMoment)
}

function inSending({ path, kind, to, moments: at, ...sending }: Sending, { customs, silenced }: Known): Mistake[] {
  const place = [...path, 'notice']
  const custom = customs.get(kind)
  const isRule = sending.at === undefined
  if (isCustomKind(kind) && !custom)
    return [{ path: place, code: 'unknown-reference', given: kind, params: { known: [...customs.keys()] } }]
  const audience = isNoticeKind(kind) ? noticeKinds[kind].audience : memberOf(custom, 'audience')
  const isMixed = to.some((one) => (one === 'customer') !== (audience === 'customer'))
  return [
    ...((isRule || custom) && isMixed && (audience === 'customer' || audience === 'staff')
      ? [{ path: [...path, 'to'], code: 'mixed-audience', given: kind }]
      : []),
    ...(silenced.has(kind) ? [{ path: place, code: 'silenced-and-sent', given: kind }] : []),
    ...(isNoticeKind(kind) ? inOccasion(kind, at, sending.at).map((mistake) => ({ ...mistake, path: place })) : []),
  ]
}

/** Whether what a kind of the product says is so where it is sent. */
function inOccasion(kind: NoticeKind, at: readonly Moment[], offset: string | undefined): Omit<Mistake, 'path'>[] {
  if (offset !== undefined) {
    if (kind === ladderKinds.ahead) return isWarning({ at: offset }) ? [] : [{ code: 'warning-too-late', given: kind }]
    if (kind === ladderKinds.after) return isWarning({ at: offset }) ? [{ code: 'missed-too-early', given: kind }] : []
    const lacks = Object.entries(noticeKinds[kind].params).some(([name, { has }]) => has === 'always' && !Object.hasOwn(rungValues, name))
    if (lacks) return [{ code: 'notice-of-product', given: kind }]
  }
  const known = occasionsOf(kind)
  if (known.length === 0) return [{ code: 'notice-of-product', given: kind }]
  const wrong = at.filter((moment) => !isAmong(moment, known))
  return wrong.length === 0 ? [] : [{ code: 'notice-not-so', given: kind, params: { at: wrong, known } }]
}

/** Values that a notice of the profile's own names, and what sends it does not bring. */
function inCustomNotices(profile: unknown, sent: readonly Sending[]): Mistake[] {
  const byKind = new Map<string, Sending[]>()
  for (const one of sent) {
    const alike = byKind.get(one.kind)
    if (alike) alike.push(one)
    else byKind.set(one.kind, [one])
  }
  return itemsOf(memberOf(profile, 'customNotices')).flatMap((notice, nth) => {
    const audience = memberOf(notice, 'audience') === 'customer' ? 'customer' : 'staff'
    const senders = (byKind.get(String(memberOf(notice, 'id'))) ?? []).flatMap(broughtBy)
    return textsIn(notice, ['customNotices', nth]).flatMap(({ path, text }) => {
      const { outside, parts } = placesIn(text)
      const named = [...new Set([...outside, ...parts.flatMap(({ names }) => names)])].filter((name) => Object.hasOwn(customParams, name))
      return senders.flatMap(([nearest, values]) => {
        const brought = (name: string) => {
          const value = own(values, name)
          return value && isFor(audience, value) ? value : undefined
        }
        const missing = named.filter((name) => !brought(name))
        const unsure = outside.filter((name) => brought(name)?.has === 'optional')
        return [
          ...(missing.length > 0 ? [{ path, code: 'value-missing', params: { at: missing.map(braced), nearest } }] : []),
          ...(unsure.length > 0 ? [{ path, code: 'value-optional', params: { at: unsure.map(braced), nearest } }] : []),
        ]
      })
    })
  })
}

/** What is there for a notice, by each moment that sends it, in the words of the profile. */
function broughtBy({ name, at, moments: on }: Sending): (readonly [name: string, values: BroughtValues])[] {
  return at === undefined ? on.map((moment) => [`${name} (${moment})`, valuesBroughtBy(moment)]) : [[name, rungValues]]
}

/** Fields of the form that texts name. */
function inFields(profile: unknown): Mistake[] {
  const fields = itemsOf(memberOf(profile, 'types')).flatMap((type) => itemsOf(memberOf(type, 'fields')))
  const ids = [...new Set(fields.flatMap((field) => textOf(memberOf(field, 'id'))))]
  const known = new Set(ids)
  const internal = new Set(fields.filter((field) => memberOf(field, 'internal') === true).flatMap((field) => textOf(memberOf(field, 'id'))))
  const templates = [
    ...entriesOf(memberOf(profile, 'notices')).map(([kind, template]) => ({
      notice: template,
      path: ['notices', kind],
      audience: isNoticeKind(kind) ? noticeKinds[kind].audience : 'staff',
    })),
    ...itemsOf(memberOf(profile, 'customNotices')).map((notice, nth) => ({
      notice,
      path: ['customNotices', nth],
      audience: memberOf(notice, 'audience'),
    })),
  ]
  return templates.flatMap(({ notice, path: place, audience }) =>
    textsIn(notice, place).flatMap(({ path, text }): Mistake[] => {
      const { outside, parts } = placesIn(text)
      const named = [...new Set([...outside, ...parts.flatMap(({ names }) => names)])].flatMap((name) => fieldNamed(name) ?? [])
      const strange = named.filter((id) => !known.has(id))
      const hidden = audience === 'customer' ? named.filter((id) => internal.has(id)) : []
      return [
        ...(strange.length > 0 ? [{ path, code: 'no-such-field', params: { at: strange.map(field), known: ids.map(field) } }] : []),
        ...(hidden.length > 0 ? [{ path, code: 'internal-field', params: { at: hidden.map(field) } }] : []),
      ]
    }),
  )
}

function textsIn(notice: unknown, path: readonly (string | number)[]): { readonly path: Path; readonly text: string }[] {
  return ['subject', 'text'].flatMap((part) =>
    entriesOf(memberOf(notice, part)).flatMap(([locale, text]) =>
      typeof text === 'string' && text.length <= longestLabel ? [{ path: [...path, part, locale], text }] : [],
    ),
  )
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : []
}

function braced(name: string): string {
  return `{${name}}`
}

function field(id: string): string {
  return braced(placeholderOf(id))
}

import type { z } from 'zod'
import { idForm } from '../document/checks.ts'
import { inActs } from './act-checks.ts'
import { checkClock, rungsBeforeStart } from './clock-checks.ts'
import { entriesOf, idsOf, isObject, itemsOf, memberOf, textsOf } from '../document/loose.ts'
import { tellOnce } from '../document/mistakes.ts'
import { locales } from '../labels.ts'
import { own } from '../own.ts'
import { waitIn } from './moments.ts'
import { queryWait } from '../waits.ts'
import { inConditions } from './condition-checks.ts'
import { inNotices } from './notification-checks.ts'
import { inPath } from './path-checks.ts'
import { inRouting } from './routing-checks.ts'
import { scoredFigures } from './assessments.ts'

/** What has to agree between the parts of a profile. Looked at beside whatever is wrong with each part by itself. */

interface Fault {
  readonly path: (string | number)[]
  readonly code:
    | 'clock-missing'
    | 'clock-unused'
    | 'only-of-promises'
    | 'clock-of-customers'
    | 'deadline-of-customers'
    | 'scored-twice'
    | 'own-language-unnamed'
    | 'unknown-reference'
    | 'target-missing'
    | 'before-start'
    | 'criterion-differs'
  readonly given?: string
  readonly known?: readonly string[]
}

export function checkConsistency(profile: unknown, context: z.RefinementCtx): void {
  itemsOf(memberOf(profile, 'clocks')).forEach((clock, at) =>
    checkClock(clock, (message, path, input) =>
      context.addIssue({ code: 'custom', message, params: {}, input, path: ['clocks', at, ...path] }),
    ),
  )
  const faults = [
    ...inLanguages(profile),
    ...inClocks(profile),
    ...inDeadline(profile),
    ...inTypes(profile),
    ...inRules(profile),
    ...inTags(profile),
    ...inQuietHours(profile),
    ...inReports(profile),
    ...inAssessments(profile),
    ...inSamples(profile),
  ]
  tellOnce(
    [
      ...faults.map(({ known = [], ...fault }) => ({ ...fault, params: { known } })),
      ...inPath(profile),
      ...inConditions(profile),
      ...inRouting(profile),
      ...inActs(profile),
      ...inNotices(profile),
    ],
    context,
  )
}

function inLanguages(profile: unknown): Fault[] {
  const known = textsOf(memberOf(profile, 'languages')).map(([, text]) => text)
  const given = memberOf(profile, 'language')
  // Nothing is held against the one while others are not languages at all.
  if (known.length === 0 || !known.every(isLocale) || typeof given !== 'string' || known.includes(given)) return []
  return [{ path: ['language'], code: 'own-language-unnamed', given, known }]
}

function isLocale(word: string): boolean {
  return locales.some((locale) => locale === word)
}

function inClocks(profile: unknown): Fault[] {
  const ranks = idsIn(profile, 'priorities')
  const reasons = idsIn(profile, 'waitingFor')
  return itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at) => {
    const own = textsOf(memberOf(clock, 'priorities'))
    return [
      ...own.flatMap(([nth, rank]) => unknown(['clocks', at, 'priorities', nth], rank, ranks)),
      ...textsOf(memberOf(clock, 'pauses')).flatMap(([nth, reason]) =>
        unknown(['clocks', at, 'pauses', nth], reason, reasons && [...reasons, queryWait.id, 'any']),
      ),
      ...['starts', 'stops', 'cancels'].flatMap((when) =>
        textsOf(memberOf(clock, when)).flatMap(([nth, moment]) => ofWait(['clocks', at, when, nth], moment, reasons)),
      ),
      ...inTargets(['clocks', at, 'within'], memberOf(clock, 'within'), ranks, own.length > 0 ? own.map(([, rank]) => rank) : ranks),
      ...itemsOf(memberOf(clock, 'exceptions')).flatMap((one, nth) =>
        inTargets(['clocks', at, 'exceptions', nth, 'within'], memberOf(one, 'within'), ranks),
      ),
      // What counts from the instant in a field may be told long before.
      ...rungsBeforeStart(memberOf(clock, 'from') === undefined ? memberOf(clock, 'ladder') : [], targetsOf(clock, profile)).map(
        ([rung, given]): Fault => ({
          path: ['clocks', at, 'ladder', rung, 'at'],
          code: 'before-start',
          given,
        }),
      ),
    ]
  })
}

/** A moment of a wait names a reason that there is. */
function ofWait(path: Fault['path'], moment: string, reasons: readonly string[] | undefined): Fault[] {
  const reason = waitIn(moment)?.reason
  return reason === undefined || !idForm.test(reason) ? [] : unknown(path, reason, reasons)
}

/** The clock that is named as the deadline is one of the profile, and ours to keep. */
function inDeadline(profile: unknown): Fault[] {
  const deadline = memberOf(profile, 'deadline')
  if (typeof deadline !== 'string' || !idForm.test(deadline)) return []
  const clocks = idsIn(profile, 'clocks')
  if (clocks === undefined || !clocks.includes(deadline)) return unknown(['deadline'], deadline, clocks)
  const known = clocks.filter((id) => !isOwedByCustomers(profile, id))
  return known.includes(deadline) ? [] : [{ path: ['deadline'], code: 'deadline-of-customers', given: deadline, known }]
}

/** Whatever a clock may have as its target, by priority and by type. */
function targetsOf(clock: unknown, profile: unknown): unknown[] {
  const id = memberOf(clock, 'id')
  const ofTypes = itemsOf(memberOf(profile, 'types')).map((type) =>
    typeof id === 'string' ? memberOf(memberOf(type, 'targets'), id) : undefined,
  )
  const exceptions = itemsOf(memberOf(clock, 'exceptions')).map((one) => memberOf(one, 'within'))
  return [memberOf(clock, 'within'), ...ofTypes, ...exceptions]
    .filter((within) => within !== undefined)
    .flatMap((within) => (isObject(within) ? Object.values(within) : [within]))
}

/** A type's own targets may leave priorities to the clock. */
function inTypes(profile: unknown): Fault[] {
  const clocks = idsIn(profile, 'clocks')
  const ranks = idsIn(profile, 'priorities')
  return itemsOf(memberOf(profile, 'types')).flatMap((type, at) =>
    entriesOf(memberOf(type, 'targets')).flatMap(([clock, within]) => [
      ...unknown(['types', at, 'targets', clock], clock, clocks),
      ...inTargets(['types', at, 'targets', clock], within, ranks, []),
    ]),
  )
}

function inTargets(path: Fault['path'], within: unknown, ranks: readonly string[] | undefined, wanted: readonly string[] = []): Fault[] {
  if (!isObject(within) || ranks === undefined) return []
  const strange = Object.keys(within).flatMap((rank) => unknown([...path, rank], rank, ranks))
  const missing = wanted.filter((rank) => ranks.includes(rank) && !Object.hasOwn(within, rank))
  // A target under another name is probably the one that is missing.
  if (strange.length >= missing.length) return strange
  return [...strange, ...missing.map((rank): Fault => ({ path, code: 'target-missing', given: rank, known: ranks }))]
}

/** Waits whose moments rules of notification name. */
function inRules(profile: unknown): Fault[] {
  const reasons = idsIn(profile, 'waitingFor')
  return itemsOf(memberOf(profile, 'notificationRules')).flatMap((rule, at) =>
    textsOf(memberOf(rule, 'on')).flatMap(([nth, moment]) => ofWait(['notificationRules', at, 'on', nth], moment, reasons)),
  )
}

function inTags(profile: unknown): Fault[] {
  const types = idsIn(profile, 'types')
  return itemsOf(memberOf(profile, 'customerTags')).flatMap((tag, at) =>
    textsOf(memberOf(memberOf(tag, 'when'), 'types')).flatMap(([nth, type]) =>
      unknown(['customerTags', at, 'when', 'types', nth], type, types),
    ),
  )
}

function inQuietHours(profile: unknown): Fault[] {
  const ranks = idsIn(profile, 'priorities')
  return (
    textsOf(memberOf(memberOf(profile, 'quietHours'), 'except'))
      // What is no id at all is said so where it stands.
      .filter(([, rank]) => idForm.test(rank))
      .flatMap(([at, rank]) => unknown(['quietHours', 'except', at], rank, ranks))
  )
}

/** What reports name: promises, which of attainment must be one of them, and what they are narrowed to. */
function inReports(profile: unknown): Fault[] {
  const clocks = idsIn(profile, 'clocks')
  return itemsOf(memberOf(profile, 'reports')).flatMap((report, at) => [
    ...itemsOf(memberOf(report, 'sections')).flatMap((section, nth): Fault[] => {
      const path = ['reports', at, 'sections', nth, 'clock']
      const clock = memberOf(section, 'clock')
      if (typeof clock === 'string') return idForm.test(clock) ? unknown(path, clock, clocks) : []
      return needsClock(section) && clocks ? [{ path, code: 'clock-missing', known: clocks }] : []
    }),
    ...entriesOf(memberOf(report, 'only')).flatMap(([dimension, key]): Fault[] => {
      // Most figures are of tickets, of which a promise is nothing that is so: they would count none, and the report call itself quiet.
      if (dimension === 'clock') return [{ path: ['reports', at, 'only', dimension], code: 'only-of-promises' }]
      const list = own(listsOf, dimension)
      return list === undefined || typeof key !== 'string' ? [] : unknown(['reports', at, 'only', dimension], key, idsIn(profile, list))
    }),
  ])
}

/** A criterion that several kinds of samples have is one, and reports name kinds that there are. */
function inSamples(profile: unknown): Fault[] {
  const kinds = itemsOf(memberOf(profile, 'samples'))
  const all = kinds.flatMap((kind, at) =>
    itemsOf(memberOf(kind, 'criteria')).map((criterion, nth) => ({ criterion, path: ['samples', at, 'criteria', nth] })),
  )
  const differing = all.flatMap(({ criterion, path }, at): Fault[] => {
    const id = memberOf(criterion, 'id')
    const first = all.slice(0, at).find((earlier) => memberOf(earlier.criterion, 'id') === id)
    const same = first === undefined || JSON.stringify(first.criterion) === JSON.stringify(criterion)
    return same || typeof id !== 'string' ? [] : [{ path, code: 'criterion-differs', given: id }]
  })
  const named = itemsOf(memberOf(profile, 'reports')).flatMap((report, at) =>
    itemsOf(memberOf(report, 'sections')).flatMap((section, nth) => {
      const kind = memberOf(section, 'sample')
      const path = ['reports', at, 'sections', nth, 'sample']
      return typeof kind === 'string' && idForm.test(kind) ? unknown(path, kind, kinds.length === 0 ? [] : idsIn(profile, 'samples')) : []
    }),
  )
  return [...differing, ...named]
}

/** Different promises are never added up: by each clock they are told apart, by anything else one of them is meant. */
function needsClock(section: unknown): boolean {
  if (memberOf(section, 'figure') !== 'attainment') return false
  const kind = memberOf(section, 'kind')
  return kind === 'trend' || kind === 'equal-mix' || ((kind === 'parts' || kind === 'changes') && memberOf(section, 'by') !== 'clock')
}

/** By what assessments score: promises that are ours to keep, and nothing twice, which would weigh more than it says. */
function inAssessments(profile: unknown): Fault[] {
  const clocks = idsIn(profile, 'clocks')
  const ours = clocks?.filter((id) => !isOwedByCustomers(profile, id))
  return itemsOf(memberOf(profile, 'assessments')).flatMap((assessment, at) => {
    const seen = new Set<string>()
    return itemsOf(memberOf(assessment, 'criteria')).flatMap((criterion, nth): Fault[] => {
      const figure = scoredFigures.find((one) => one === memberOf(criterion, 'figure'))
      const clock = memberOf(criterion, 'clock')
      const path = ['assessments', at, 'criteria', nth]
      const ofClock = [...path, 'clock']
      if (figure === undefined) return []
      if (figure !== 'attainment' && clock !== undefined) return [{ path: ofClock, code: 'clock-unused' }]
      if (figure === 'attainment' && clock === undefined) return ours ? [{ path: ofClock, code: 'clock-missing', known: ours }] : []
      if (clock !== undefined && (typeof clock !== 'string' || !idForm.test(clock))) return []
      const scored = `${figure} ${clock ?? ''}`
      if (seen.has(scored)) return [{ path, code: 'scored-twice', given: clock ?? figure }]
      seen.add(scored)
      if (clock === undefined) return []
      if (isOwedByCustomers(profile, clock)) return ours ? [{ path: ofClock, code: 'clock-of-customers', given: clock, known: ours }] : []
      return unknown(ofClock, clock, clocks)
    })
  })
}

/** Whether what is awaited is the customer's to do, so that nobody here is at fault when it does not come. */
function isOwedByCustomers(profile: unknown, id: string): boolean {
  const whenDue = memberOf(
    itemsOf(memberOf(profile, 'clocks')).find((clock) => memberOf(clock, 'id') === id),
    'whenDue',
  )
  return whenDue === 'lapse' || whenDue === 'close'
}

/** Where what a report is narrowed to stands in the profile; of the rest anything may be said. */
const listsOf: Readonly<Record<string, string>> = {
  type: 'types',
  priority: 'priorities',
  channel: 'channels',
  'customer-tag': 'customerTags',
}

/** Nothing is held against a list that is itself not right yet. */
function unknown(path: Fault['path'], given: string, known: readonly string[] | undefined): Fault[] {
  return known === undefined || known.includes(given) ? [] : [{ path, code: 'unknown-reference', given, known }]
}

function idsIn(profile: unknown, list: string): string[] | undefined {
  return idsOf(memberOf(profile, list), idForm)
}

import { Document, isMap, isNode, isScalar, Pair, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { parseCalendar } from '../../domain/calendar/load.ts'
import { own } from '../../domain/own.ts'
import { beforeNewYear, knownThrough, type StatutoryDay } from './statutory-days.ts'

/** Statutory days as YAML, and into a calendar file that people have written. */

export interface Merged {
  /** The file as it should be; the given text, letter for letter, when nothing changes. */
  readonly text: string
  readonly added: readonly Line[]
  readonly changed: readonly (Line & { readonly was: string })[]
  readonly unchanged: readonly Line[]
  /** Exceptions of that year in the file which are not statutory: an organisation's own. */
  readonly own: readonly string[]
  readonly coveredThrough: { readonly was: string; readonly is: string }
}

interface Line {
  readonly date: string
  readonly spans: string
  readonly name: string
}

/** The `days:` of one year with their names, to be reviewed and pasted. */
export function daysAsYaml(year: number, days: readonly StatutoryDay[], makeUp: readonly string[]): string {
  const map = new YAMLMap()
  for (const day of days) map.items.push(entry(day, makeUp))
  const document = new Document({})
  document.set('days', map)
  document.set(document.createNode('coveredThrough'), quoted(knownThrough(year)))
  return rendered(document, '')
}

/**
 * Merges the statutory days of one year into the text of a calendar. Comments, order and everything else stay.
 * @throws Error when years between the file and that one would be taken for known
 */
export function mergeDays(text: string, year: number, days: readonly StatutoryDay[], makeUp: readonly string[]): Merged {
  const before = parsed(text)
  // The last days of the year before come along with this one.
  if (before.coveredThrough < `${year - 1}-12-${beforeNewYear}`) throw gap(before.coveredThrough, year)
  const document = parseDocument(text)
  const map = document.get('days')
  if (!isMap(map)) throw new Error('days: stands elsewhere in the file. Write the days out here, so that some can be added.')
  const added: Line[] = []
  const changed: (Line & { was: string })[] = []
  const unchanged: Line[] = []
  for (const day of days) {
    const spans = day.works ? makeUp : []
    const line = { date: day.date, spans: shown(spans), name: nameOf(day) }
    const found = own(before.days, day.date)
    if (!found) {
      insert(map, entry(day, makeUp), day.holiday)
      added.push(line)
    } else if (shown(found) === line.spans) unchanged.push(line)
    else {
      replace(map, entry(day, makeUp))
      changed.push({ ...line, was: shown(found) })
    }
  }
  const known = knownThrough(year)
  const covered = before.coveredThrough > known ? before.coveredThrough : known
  if (covered !== before.coveredThrough) document.set('coveredThrough', quoted(covered))
  const merged = {
    added,
    changed,
    unchanged,
    own: Object.keys(before.days).filter((date) => date.startsWith(`${year}-`) && !days.some((day) => day.date === date)),
    coveredThrough: { was: before.coveredThrough, is: covered },
  }
  if (added.length === 0 && changed.length === 0 && covered === before.coveredThrough) return { ...merged, text }
  const result = rendered(document, text)
  parsed(result)
  return { ...merged, text: result }
}

/** In the order of dates, as far as the file keeps it: before the first later one, and under the heading of its holiday. */
function insert(map: YAMLMap, pair: Pair<Scalar<string>, YAMLSeq>, holiday: string): void {
  const at = map.items.findIndex(({ key }) => dateOf(key) > pair.key.value)
  const next = map.items[at]?.key
  if (isScalar(next)) {
    // A comment above the first entry is about that entry, though the parser gives it to the whole.
    if (at === 0 && map.commentBefore) {
      next.commentBefore = map.commentBefore
      map.commentBefore = null
    }
    if (next.commentBefore?.includes(holiday) && yearOf(next) === yearOf(pair.key)) {
      pair.key.commentBefore = next.commentBefore
      next.commentBefore = null
    }
  }
  // Comments have their place at the end of a line each.
  map.flow = false
  map.items.splice(at === -1 ? map.items.length : at, 0, pair)
}

function replace(map: YAMLMap, pair: Pair<Scalar<string>, YAMLSeq>): void {
  const old = map.items.find(({ key }) => dateOf(key) === pair.key.value)
  if (!old) return
  if (pair.value && isNode(old.value) && old.value.comment) pair.value.comment = old.value.comment
  old.value = pair.value
}

function gap(coveredThrough: string, year: number): Error {
  const known = Number(coveredThrough.slice(0, 4))
  const first = coveredThrough >= `${known}-12-${beforeNewYear}` ? known + 1 : known
  return new Error(
    `The calendar is known through ${coveredThrough}; with ${year} alone, the days between would pass for known. Import ${first} first, or set coveredThrough to "${lastDayOf(year - 1)}" when nothing before matters.`,
  )
}

function yearOf(key: Scalar): string {
  return dateOf(key).slice(0, 4)
}

function dateOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

function entry(day: StatutoryDay, makeUp: readonly string[]): Pair<Scalar<string>, YAMLSeq> {
  const spans = new YAMLSeq()
  spans.flow = true
  spans.items = (day.works ? makeUp : []).map(quoted)
  spans.comment = ` ${nameOf(day)}`
  return new Pair(quoted(day.date), spans)
}

function nameOf({ holiday, english, works }: StatutoryDay): string {
  return `${holiday} ${english}${works ? ', make-up workday 调休' : ''}`
}

function quoted(text: string): Scalar<string> {
  const scalar = new Scalar(text)
  scalar.type = 'QUOTE_DOUBLE'
  return scalar
}

/** As the text before was written, where there was one. */
function rendered(document: Document, before: string): string {
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: /[[{] +\S/.test(before) })
  return before.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text
}

function shown(spans: readonly string[]): string {
  return JSON.stringify(spans).replaceAll(',', ', ')
}

function lastDayOf(year: number): string {
  return `${year}-12-31`
}

function parsed(text: string) {
  const result = parseCalendar(text)
  if (!result.ok)
    throw new Error(`The calendar would be faulty: ${result.errors.map(({ path, reason }) => `${path}: ${reason}`).join('; ')}`)
  return result.value
}

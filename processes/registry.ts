import { inPostgres } from '../db/column-names.ts'
import type { CommonTables } from '../db/schema.ts'
import { meetingOf } from '../domain/number-meeting.ts'
import { parseNumberPattern } from '../domain/numbering.ts'
import { calendarNewsName } from '../workflows/common/calendar-news.ts'
import { wakeUpdate } from '../workflows/shell/protocol.ts'
import type { AttributeValues } from '../workflows/search-attribute.ts'
import type { Desk, Hosting, Registry } from './hosting.ts'

/** Types that cannot be kept together. The message says of each clash whose it is, and what to do. */
export class RegistryError extends Error {
  override name = 'RegistryError'
}

/**
 * The registry of these types, once it is sure that they can live together: what would otherwise be found by the second of two routes
 * never answering, or by one type's rows in another one's table, ends the start.
 * @throws RegistryError naming every clash
 */
export function registryOf(...types: Registry): Registry {
  const faults = [...types.flatMap(faultsOf), ...clashesOf(types), ...roomFor(types)]
  if (faults.length === 0) return types
  throw new RegistryError(`The process types cannot be kept together.\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
}

/** What of one type cannot be, whatever the others are. */
function faultsOf(type: Hosting): string[] {
  const { process, plural, table, desk, handOver } = type
  const faults: string[] = []
  if (commonRoutes.has(plural))
    faults.push(`${called(type)} has the routes /api/${plural}, which are the product's own. Give it another plural.`)
  if (commonTables.has(table.name))
    faults.push(`${called(type)} has the table "${table.name}", which is one of the product's own. Give it another name.`)
  const seen = new Set<string>()
  for (const { name } of process.commands) {
    if (seen.has(name)) faults.push(`${called(type)} has two commands "${name}", which are one Update and one route. Rename one of them.`)
    seen.add(name)
    if (commonPaths.has(name))
      faults.push(`${called(type)} has a command "${name}", which is what every type has at /api/${plural}/{number}/${name}. Rename it.`)
    if (name === wakeUpdate)
      faults.push(`${called(type)} has a command "${name}", which is the Update by which every process is woken. Rename it.`)
  }
  if (handOver && !process.commands.includes(handOver))
    faults.push(`${called(type)} is handed over by "${handOver.name}", which is none of its commands. List it among them.`)
  const counts = Object.hasOwn(table.columns, 'calendar')
  if (counts !== seen.has(calendarNewsName))
    faults.push(
      counts
        ? `${called(type)} counts by a calendar, says its table, and has no command "${calendarNewsName}" to hear of a new version: define it by changeCalendarOf.`
        : `${called(type)} has a command "${calendarNewsName}", and no columns say by which calendar it counts: give its table countedBy.`,
    )
  if (desk) {
    const pattern = typeof desk.numbers === 'string' ? desk.numbers : null
    const read = pattern === null ? null : parseNumberPattern(pattern)
    if (read && !read.ok)
      faults.push(
        `${called(type)} has numbers "${pattern}", which are no pattern: ${read.fault} at "${read.at}". Write one as in profiles.`,
      )
    if (!/^[A-Z]+$/.test(desk.letter))
      faults.push(`${called(type)} has the letter "${desk.letter}". Take capital letters: a digit would run into the serial behind it.`)
  }
  return faults
}

/** What two types have that only one can. */
function clashesOf(types: Registry): string[] {
  return types.flatMap((other, at) => types.slice(0, at).flatMap((one) => clashes(one, other)))
}

function clashes(one: Hosting, other: Hosting): string[] {
  const both = `${called(one)} and ${called(other)}`
  const faults: string[] = []
  if (one.process.name === other.process.name)
    faults.push(`${both} have the same name: their workflows and rows could not be told apart. Rename one of them.`)
  if (one.plural === other.plural)
    faults.push(`${both} have the same routes /api/${one.plural}: those of the second would never answer. Give it another plural.`)
  for (const table of tablesOf(one).filter((name) => tablesOf(other).includes(name)))
    faults.push(`${both} have the same table "${table}": each would take the other's rows for its own. Give one of them another.`)
  if (!one.desk && !other.desk)
    faults.push(`${both} have no desk. Only tickets have routes and answers of their own: give the other one a desk.`)
  if (one.desk && other.desk) {
    if (one.desk.letter === other.desk.letter)
      faults.push(
        `${both} have the same letter "${one.desk.letter}": what belongs to a process would not say which it is. Change one of them.`,
      )
    const shared = sharedNumber(one.desk, other.desk)
    if (shared !== undefined) faults.push(`${both} could both give the number ${shared}. Begin the numbers of one of them otherwise.`)
  }
  for (const { name, type } of one.process.searchAttributes) {
    const same = other.process.searchAttributes.find((attribute) => attribute.name === name)
    if (same && same.type !== type)
      faults.push(`${both} have a search attribute "${name}", one as ${type} and one as ${same.type}. Rename one of them.`)
  }
  return faults
}

function tablesOf({ table: { name, search } }: Hosting): string[] {
  return [name, ...(search ? [search.table] : [])]
}

/** A number that both patterns give; of two that are the same, what a number looks like. */
function sharedNumber({ numbers: one }: Desk, { numbers: other }: Desk): string | undefined {
  // What is named by what is said of it begins with the name of its type.
  if (typeof one !== 'string' || typeof other !== 'string') return undefined
  return one === other ? one : meetingOf(one, other)
}

/** Search attributes are shared by all types, and a namespace has room for some. */
function roomFor(types: Registry): string[] {
  const faults: string[] = []
  for (const [kind, most] of Object.entries(room)) {
    const owners = new Map<string, string[]>()
    for (const type of types)
      for (const attribute of type.process.searchAttributes)
        if (attribute.type === kind) owners.set(attribute.name, [...(owners.get(attribute.name) ?? []), type.process.name])
    if (owners.size <= most) continue
    const listed = [...owners].map(([name, of]) => `${name} (${of.join(', ')})`).join(', ')
    faults.push(
      `There are ${owners.size} search attributes of type ${kind}, and Temporal has room for ${most}: ${listed}. ` +
        'Share those of workflows/common/search-attributes.ts, or leave some out.',
    )
  }
  return faults
}

/** A namespace on Postgres has ten keywords, three instants and three flags. */
const room: Readonly<Record<keyof AttributeValues, number>> = { KEYWORD: 10, DATETIME: 3, BOOL: 3 }

/** Types of one name are told apart by their routes. */
function called({ process, plural }: Hosting): string {
  return `${process.name} (/api/${plural})`
}

/** What every process has beside its commands, below its number (api/routes/processes.ts). */
const commonPaths: ReadonlySet<string> = new Set(['events', 'clocks', 'outlook'])

/** Where the product answers of something else than processes of a type: below `/api`. A test holds it to the API's document. */
const commonRoutes: ReadonlySet<string> = new Set([
  ...[
    'absences',
    'assignments',
    'calendars',
    'codec',
    'figures',
    'improvement-actions',
    'known-problems',
    'milestones',
    'customer-external-ids',
    'customers',
    'me',
    'notices',
    'openapi.json',
    'people',
    'profiles',
    'queues',
    'report-schedules',
    'requests',
  ],
  ...['teams', 'templates', 'tokens'],
])

/** Every table but those of types: these clash with one another only. */
const ours: Readonly<Record<keyof CommonTables, true>> = {
  processes: true,
  events: true,
  dealings: true,
  reportModels: true,
  assessmentModels: true,
  notes: true,
  promises: true,
  assignments: true,
  dispatches: true,
  contacts: true,
  requests: true,
  notices: true,
  people: true,
  teams: true,
  memberships: true,
  skills: true,
  absences: true,
  tokens: true,
  profiles: true,
  calendars: true,
  profileTemplates: true,
  retiredProfiles: true,
  counters: true,
  allowances: true,
  customers: true,
  customerKeys: true,
  customerLog: true,
}
const commonTables: ReadonlySet<string> = new Set(Object.keys(ours).map(inPostgres))

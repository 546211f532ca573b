import { describe, expect, it } from 'vitest'
import type { Desk, Hosting, Registry } from '../../../processes/hosting.ts'
import { registryOf } from '../../../processes/registry.ts'
import { ticket } from '../../../processes/ticket/host.ts'
import type { AttributeValues, SearchAttribute } from '../../../workflows/search-attribute.ts'
import { loan } from '../../loan/processes/loan/host.ts'
import { apiDocument } from '../../support/api-document.ts'

/** Types that cannot live together are found where they are put together. */

const [lending, other] = [loan, another()]

it('takes types that share nothing but what they may', () => {
  expect(registryOf(ticket, lending, other)).toEqual([ticket, lending, other])
})

describe('two types of one', () => {
  it('name', () => {
    expect(refusalOf(ticket, lending, { ...other, process: { ...other.process, name: 'ticket' } })).toMatch(
      /ticket \(\/api\/tickets\) and ticket \(\/api\/seconds\) have the same name.*Rename one/,
    )
  })

  it('route', () => {
    expect(refusalOf(ticket, { ...lending, plural: 'tickets' })).toMatch(
      /ticket \(\/api\/tickets\) and loan \(\/api\/tickets\) have the same routes \/api\/tickets.*another plural/,
    )
  })

  it('table', () => {
    expect(refusalOf(lending, { ...other, table: { ...other.table, name: 'loans' } })).toMatch(
      /loan .* and second .* have the same table "loans".*Give one of them another/,
    )
  })

  it('table beside their own', () => {
    const { search } = ticket.table
    if (!search) throw new Error('tickets are searched for')
    expect(refusalOf(ticket, { ...lending, table: { ...lending.table, name: search.table } })).toMatch(
      /ticket .* and loan .* have the same table "ticket_search"/,
    )
  })

  it('kind: without a desk, since routes and answers of its own has the ticket alone', () => {
    const { desk: _, ...bare } = lending
    expect(refusalOf(ticket, bare)).toMatch(/ticket .* and loan .* have no desk.*Only tickets.*give the other one a desk/)
  })

  it('letter behind the number of what they belong to', () => {
    expect(refusalOf(lending, withDesk({ letter: 'L' }))).toMatch(/loan .* and second .* have the same letter "L".*Change one/)
  })

  it.each([
    ['written alike', 'LN{yyyyMMdd}{serial:3}', 'LN\\{yyyyMMdd\\}\\{serial:3\\}'],
    ['written otherwise', 'LN{yyyyMM}{serial:5}', 'LN\\d{11}'],
  ])('number, %s', (_, numbers, given) => {
    expect(refusalOf(lending, withDesk({ numbers }))).toMatch(
      new RegExp(`loan .* and second .* could both give the number ${given}.*Begin the numbers of one of them otherwise`),
    )
  })

  it('search attribute, of two types', () => {
    const told = withAttributes([attribute('BihuanStage', 'BOOL')])
    expect(refusalOf(ticket, told)).toMatch(/ticket .* and second .* have a search attribute "BihuanStage", one as KEYWORD and one as BOOL/)
  })
})

describe('a type that takes what is the product’s', () => {
  it.each(['me', 'people', 'notices'])('route /api/%s', (plural) => {
    expect(refusalOf({ ...lending, plural })).toMatch(new RegExp(`loan .* routes /api/${plural}, which are the product's own`))
  })

  it.each(['events', 'people'])('table %s', (name) => {
    expect(refusalOf({ ...lending, table: { ...lending.table, name } })).toMatch(new RegExp(`loan .* table "${name}".*Give it another`))
  })

  it.each(['wake', 'events', 'clocks', 'outlook'])('command %s', (name) => {
    expect(refusalOf(withCommands((first) => [{ ...first, name }]))).toMatch(new RegExp(`second .* has a command "${name}".*Rename it`))
  })
})

describe('a type in itself', () => {
  it('has no two commands of one name', () => {
    expect(refusalOf(withCommands((first) => [first, first]))).toMatch(/second .* two commands "extend".*Rename one/)
  })

  it('has numbers that can be made', () => {
    expect(refusalOf(withDesk({ numbers: 'SN{yyyyMMdd}' }))).toMatch(/second .* "SN\{yyyyMMdd\}", which are no pattern: no-serial/)
    expect(refusalOf(withDesk({ letter: 'S1' }))).toMatch(/second .* letter "S1".*capital letters/)
  })
})

describe('a type that counts by a working calendar', () => {
  it('X2: hears of its new versions, and its rows say by which it counts', () => {
    const deaf = lending.process.commands.filter(({ name }) => name !== 'change-calendar')
    expect(refusalOf({ ...lending, process: { ...lending.process, commands: deaf } })).toMatch(
      /loan .* counts by a calendar.* no command "change-calendar".*changeCalendarOf/,
    )
    const { calendar: _, calendarVersion: __, ...columns } = lending.table.columns
    expect(refusalOf({ ...lending, table: { ...lending.table, columns } })).toMatch(/loan .* "change-calendar", and no columns.*countedBy/)
    const knowsNone = { ...lending, process: { ...lending.process, commands: deaf }, table: { ...lending.table, columns } }
    expect(refusalOf({ ...knowsNone, plural: 'me' })).not.toContain('calendar')
  })
})

describe('a command that hands over', () => {
  it('is one of its commands', () => {
    expect(refusalOf({ ...lending, process: { ...lending.process, commands: [] } })).toMatch(
      /loan .* handed over by "hand-over", which is none of its commands.*List it/,
    )
  })
})

describe('the room of a namespace for search attributes', () => {
  it.each([
    ['KEYWORD', 10],
    ['DATETIME', 3],
    ['BOOL', 3],
  ] as const)('of type %s: %i, those that types share counted once', (kind, most) => {
    const shared = new Set(ticket.process.searchAttributes.filter(({ type }) => type === kind).map(({ name }) => name))
    const more = Array.from({ length: most - shared.size }, (_, at) => attribute(`More${at}`, kind))
    const full = withAttributes([...ticketsOwn(), ...more])
    expect(registryOf(ticket, full)).toHaveLength(2)
    expect(refusalOf(ticket, withAttributes([...more, attribute('OneTooMany', kind)]))).toMatch(
      new RegExp(`${most + 1} search attributes of type ${kind}.*room for ${most}: .*OneTooMany \\(second\\).*leave some out`),
    )
  })
})

it('says everything at once', () => {
  expect(refusalOf(ticket, { ...lending, plural: 'tickets', table: { ...lending.table, name: 'tickets' } }).split('\n')).toHaveLength(3)
})

it('knows every route of the product’s own, and what every type has below a number', async () => {
  const paths = Object.keys((await apiDocument([ticket, lending])).paths)
  const first = new Set(paths.flatMap((path) => /^\/api\/([^/]+)/.exec(path)?.[1] ?? []))
  for (const plural of first) if (plural !== 'tickets' && plural !== 'loans') expect(refusalOf({ ...lending, plural })).toContain(plural)
  const commands = new Set(lending.process.commands.map(({ name }) => name))
  const below = paths.flatMap((path) => /^\/api\/loans\/\{number\}\/(.+)/.exec(path)?.[1] ?? []).filter((name) => !commands.has(name))
  expect(below.length).toBeGreaterThan(0)
  for (const name of below) expect(refusalOf(withCommands((one) => [{ ...one, name }]))).toContain(name)
})

/** What is wrong with them together. */
function refusalOf(...types: Registry): string {
  try {
    registryOf(...types)
  } catch (error) {
    return String(error)
  }
  return expect.fail('nothing was found wrong')
}

/** Like a loan, but for everything that has to be its own. */
function another(): Hosting & { readonly desk: Desk } {
  const { desk } = loan
  if (!desk) throw new Error('a loan has a desk')
  return {
    ...loan,
    process: { ...loan.process, name: 'second' },
    plural: 'seconds',
    table: { ...loan.table, name: 'seconds' },
    desk: { ...desk, numbers: 'SN{yyyyMMdd}{serial:3}', letter: 'S' },
  }
}

function withDesk(desk: Partial<Desk>): Hosting {
  return { ...other, desk: { ...other.desk, ...desk } }
}

function withCommands(made: (one: Hosting['process']['commands'][number]) => Hosting['process']['commands']): Hosting {
  const one = other.process.commands.find(({ name }) => name === 'extend')
  if (!one) throw new Error('a loan can be extended')
  return { ...other, process: { ...other.process, commands: made(one) } }
}

type Attribute = Hosting['process']['searchAttributes'][number]

function withAttributes(searchAttributes: readonly Attribute[]): Hosting {
  return { ...other, process: { ...other.process, searchAttributes } }
}

function ticketsOwn(): readonly Attribute[] {
  const { process }: Hosting = ticket
  return process.searchAttributes
}

function attribute(name: string, type: keyof AttributeValues): SearchAttribute<unknown, unknown> {
  const meaning = { 'zh-CN': name, 'zh-TW': name, en: name }
  return { name, type, meaning, value: () => null }
}

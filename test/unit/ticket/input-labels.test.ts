import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createSchemaBook, type Json } from '../../../api/openapi/schemas.ts'
import { isObject, memberOf } from '../../../domain/document/loose.ts'
import { choiceSources, labelled } from '../../../domain/labelled.ts'
import { century, plus } from '../../../domain/instant.ts'
import { locales, said } from '../../../domain/labels.ts'
import { emptyDirectory } from '../../../domain/people.ts'
import type { FieldError } from '../../../domain/rejection.ts'
import { hostOf } from '../../../processes/hosting.ts'
import type { TicketCommand } from '../../../workflows/ticket/command.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { processes } from '../../loan/processes/index.ts'
import { apiDocument } from '../../support/api-document.ts'
import { lin, monday, policyOf, ticketIn, usual, usualOfSystem, type Input, type Story } from '../../support/tickets.ts'
import { registrationSchema } from '../../../api/operations/registration.ts'

/** A console makes its forms from the inputs: each field says what it is called and whence its choices come. */

/** Everything that is filled in, by what it is: the input of every command of every type, and of whatever opens one. */
const inputs: readonly (readonly [string, z.ZodType])[] = [
  ['ticket: registration', registrationSchema],
  ...processes.flatMap(({ process, desk }) => [
    ...(desk ? [[`${process.name}: opening`, process.birth.input] as const] : []),
    ...process.commands.map(({ name, input }) => [`${process.name}: ${name}`, input] as const),
  ]),
]

describe('fields of inputs', () => {
  it.each(inputs)('%s: have a label in three languages, and enumerations one for each value', (_, input) => {
    expect(fieldsOf(input).flatMap(faultsOf)).toEqual([])
  })

  it('are found at any depth, and whatever they lack is told', () => {
    const outcome = z.enum(['yes', 'no'])
    const reply = said('答复', '答覆', 'Reply')
    const form = z.strictObject({
      bare: z.string(),
      same: labelled(z.string(), said('标签', '標籤', '标签')),
      blank: labelled(z.string(), said('空', ' ', 'Blank')),
      many: labelled(z.array(z.strictObject({ inner: z.string().optional() })), said('多个', '多個', 'Many')).optional(),
      part: z.strictObject({ deep: z.string() }).meta({ id: 'Part', 'x-label': said('部分', '部分', 'Part') }),
      unnamed: labelled(outcome, reply),
      named: labelled(outcome, reply, { of: { yes: said('是', '是', 'Yes'), no: said('否', '否', 'No') } }),
      lost: labelled(z.string(), reply).meta({ 'x-choices-from': 'nowhere' }),
    })
    expect(fieldsOf(form).flatMap(faultsOf)).toEqual([
      'bare: no label in zh-CN',
      'bare: no label in zh-TW',
      'bare: no label in en',
      'same: one label for Chinese and English',
      'blank: no label in zh-TW',
      'many[].inner: no label in zh-CN',
      'many[].inner: no label in zh-TW',
      'many[].inner: no label in en',
      'part.deep: no label in zh-CN',
      'part.deep: no label in zh-TW',
      'part.deep: no label in en',
      'unnamed: values without labels',
      'lost: nobody keeps nowhere',
    ])
  })
})

describe('choices', () => {
  it('have a source wherever a command takes nothing that is not on a list', () => {
    const listed = ticketProcess.commands.flatMap((command) => listedIn(command).map((path) => `${command.name} ${path}`))
    expect(listed).toEqual(expect.arrayContaining(known))
    const withSource = ticketProcess.commands.flatMap(({ name, input }) => sourcedIn(input).map((path) => `${name} ${path}`))
    expect(listed.filter((field) => !withSource.includes(field))).toEqual([])
  })

  it('have one in the form, and where a loan is opened', () => {
    const nowhere = { assignee: strange, representative: strange, requester: strange, team: strange }
    const act = { actor: lin, directory: emptyDirectory }
    const { requester: __, ...named } = nowhere
    const submission = { ...named, priority: strange, channel: strange, fields: {}, live: false }
    const judged = { act: { ...act, requestId: '', at: monday }, parent: null }
    const form = ticketProcess.birth.read(submission)
    if (!form.ok) return expect.fail('the form is one of a ticket')
    const refused = listedAt(form.beginning.check({ ...judged, policy: policyOf() }))
    expect(refused.toSorted()).toEqual(['assignee', 'channel', 'priority', 'representative', 'team'])
    // What these two are looked up in is the rows' to say.
    expect(sourcedIn(registrationSchema)).toEqual(expect.arrayContaining([...refused, 'profile', 'type']))

    const { birth } = hostOf(processes, 'loan')?.process ?? {}
    const { representative: _, ...loan } = { ...nowhere, device: 'N5', until: plus(monday, 'PT1H') }
    const reading = birth?.read(loan)
    if (!reading?.ok) return expect.fail('the form is one of a loan')
    const context = { ...judged, policy: { furthest: century } }
    const unknown = listedAt(reading.beginning.check(context))
    expect(unknown.toSorted()).toEqual(['assignee', 'requester', 'team'])
    expect(birth && sourcedIn(birth.input)).toEqual(expect.arrayContaining(unknown))
  })

  it('are told in the OpenAPI document, each source with where it is read', async () => {
    const { paths } = await apiDocument()
    const body = (path: string) => paths[path]?.['post']?.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1) ?? ''
    const { schemas } = (await apiDocument()).components
    expect(schemas[body('/api/tickets/{number}/wait')]?.properties).toMatchObject({
      for: { 'x-label': said('等待对象', '等待對象', 'Waiting for'), 'x-choices-from': 'profile.waitingFor' },
      reason: { 'x-label': said('原因', '原因', 'Reason') },
    })
    expect(schemas[body('/api/tickets/{number}/defer')]?.properties?.['cause']).toMatchObject({
      enum: ['objective', 'subjective'],
      'x-choices': { objective: said('客观原因', '客觀原因', 'Objective'), subjective: said('主观原因', '主觀原因', 'Subjective') },
    })
    const page = readFileSync('docs/api-clients.md', 'utf8')
    expect(choiceSources.filter((source) => !page.includes(`| \`${source}\` |`))).toEqual([])
  })
})

/** What the probes must find, so that they cannot pass by finding nothing. */
const known = [
  'diagnose module',
  'record-review-meeting priority',
  'assign assignee',
  'assign team',
  'reassign assignee',
  'hand-over to',
  'request-priority-change priority',
  'wait for',
  'complete classification.module',
  'complete classification.type',
  'complete classification.cause',
  'confirm channel',
  'finish-task task',
  'contact channel',
  'dispatch team',
  'tag-customer tags[]',
]

/** On no list. */
const strange = 'no-such-thing'

interface Field extends z.output<typeof fieldSchema> {
  /** `customer.name`, `tags[]`. */
  readonly path: string
}

const labels = z.record(z.string(), z.string())
const fieldSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.string()).optional(),
  'x-label': labels.default({}),
  'x-choices': z.record(z.string(), labels).default({}),
  'x-choices-from': z.string().optional(),
})

/** Every member of what is sent at any depth, and every item of a list. */
function fieldsOf(input: z.ZodType): Field[] {
  const book = createSchemaBook()
  const root = book.of(input, 'input')
  const components = book.components()
  return within(root, '')

  function within(schema: unknown, path: string): Field[] {
    if (!isObject(schema)) return []
    const json = meant(schema)
    const members = Object.entries(json.properties ?? {}).flatMap(([name, member]) => {
      const place = path === '' ? name : `${path}.${name}`
      return [fieldAt(place, member), ...within(member, place)]
    })
    return [
      ...members,
      ...within(json.items, `${path}[]`),
      ...within(json.additionalProperties, `${path}{}`),
      ...[...(json.anyOf ?? []), ...(json.oneOf ?? []), ...(json.allOf ?? [])].flatMap((one) => within(one, path)),
    ]
  }

  function fieldAt(path: string, member: unknown): Field {
    return { ...fieldSchema.parse(isObject(member) ? meant(member) : {}), path }
  }

  function meant(schema: Json): Json {
    const name = schema.$ref?.split('/').at(-1)
    return name === undefined ? schema : { ...components[name], ...schema }
  }
}

function faultsOf({ path, enum: values, 'x-label': label, 'x-choices': choices, 'x-choices-from': source }: Field): string[] {
  const named = (values ?? []).every((value) => faultsIn(choices[value] ?? {}).length === 0)
  return [
    ...faultsIn(label),
    ...(named ? [] : ['values without labels']),
    ...(source === undefined || choiceSources.some((one) => one === source) ? [] : [`nobody keeps ${source}`]),
  ].map((fault) => `${path}: ${fault}`)
}

function faultsIn(label: Readonly<Record<string, string>>): string[] {
  const missing = locales.filter((locale) => (label[locale] ?? '').trim() === '')
  const same = missing.length === 0 && [label['zh-CN'], label['zh-TW']].includes(label['en'])
  return [...missing.map((locale) => `no label in ${locale}`), ...(same ? ['one label for Chinese and English'] : [])]
}

/** Paths of the fields whose choices have a source; of a list that has one, its items too. */
function sourcedIn(input: z.ZodType): string[] {
  return fieldsOf(input).flatMap(({ path, 'x-choices-from': source }) => (source === undefined ? [] : [path, `${path}[]`]))
}

/** Paths of the fields in which the command, somewhere on its ticket's way, refuses what is on no list. */
function listedIn(command: TicketCommand): string[] {
  const sample: Input = { ...usual, ...usualOfSystem }[command.name] ?? {}
  const probes = leavesOf(command.input).map(([path, value]) => put(sample, path.replaceAll('[]', '.[]').split('.'), value))
  const errors = stories().flatMap(({ state, policy, now }) => {
    if (!command.stages.includes(state.stage)) return []
    const act = { requestId: 'probe', actor: lin, at: now, directory: emptyDirectory }
    return probes.flatMap((probe) => {
      const decided = command.decide({ state, policy, act }, probe)
      return decided.ok ? [] : (decided.rejection.errors ?? [])
    })
  })
  return listedAt(errors)
}

function listedAt(errors: readonly FieldError[] = []): string[] {
  const listed = errors.filter(({ code }) => ['not-a-choice', 'unknown-person', 'unknown-team', 'cannot-handle'].includes(code))
  return [...new Set(listed.map(({ path }) => path.replaceAll(/\[\d+\]/g, '[]')))]
}

/** Tickets all along the way, by a profile that takes no words but its own. */
function stories(): readonly Story[] {
  const policy = policyOf({ classification: { ...policyOf().classification, closed: true } })
  const withTask = ticketIn('confirmation', { policy }).acts([lin, 'confirm', { outcome: 'partly', remark: '还有一个疑问' }])
  const urgent = ticketIn('intake', { policy, submission: { priority: 'urgent' } }).acts([lin, 'review-intake'])
  const stages = ['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const
  return [...stages.map((stage) => ticketIn(stage, { policy })), withTask, urgent]
}

/** Where a word or a number can be given, with one that is on no list; items of lists too. */
function leavesOf(input: z.ZodType): [string, unknown][] {
  return fieldsOf(input).flatMap(({ path, type, enum: values, items }): [string, unknown][] => {
    if (values !== undefined) return []
    const types = [type ?? []].flat()
    if (types.includes('string')) return [[path, strange]]
    if (types.includes('integer')) return [[path, 999_999]]
    return isObject(items) && items['type'] === 'string' ? [[`${path}[]`, strange]] : []
  })
}

function put(given: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value
  if (first === '[]') return [put(Array.isArray(given) ? given[0] : undefined, rest, value)]
  return { ...(isObject(given) ? given : {}), [first]: put(memberOf(given, first), rest, value) }
}

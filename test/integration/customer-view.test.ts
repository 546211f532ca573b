import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pascal } from '../../api/openapi/names.ts'
import { putPerson } from '../../db/people.ts'
import { instantOf } from '../../domain/instant.ts'
import { hasCommonRoutes } from '../../processes/hosting.ts'
import { processes } from '../../processes/index.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'
import { openReview } from '../support/reviews.ts'
import { judges, named, withSamples } from '../support/samples.ts'
import { does, english, log, peopleOf, registered, ticket, tries, walksOn, type People } from '../support/walk.ts'

/**
 * What customers read: every operation is asked as a customer, and every member of every answer has to be on the list here.
 * One that is new is found, whatever it says, until somebody decides that customers see it.
 */

let office: Office
let people: People
let number: string
/** Of their ticket. */
let review: string
let sample: string
let foreign: string
/** What the directory says of them. */
let ownEntry: string

/** Stands in every text that colleagues write for each other, and in nothing else. */
const internal = 'ZQX'

beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
  foreign = await registered(people.agent)
  number = await registered(people.customer, { priority: 'urgent', keywords: [`${internal} keyword`] })
  ownEntry = String((await people.customer.get('/api/customers')).items[0]?.['id'])
  await does(people.agent, number, 'review-intake')
  await does(people.agent, number, 'note', { text: `${internal} note` })
  await does(people.agent, number, 'supplement', { fields: { remarks: `${internal} mood` }, text: undefined })
  await does(people.agent, number, 'supplement', { fields: { remarks: `${internal} mood`, environment: 'Windows 11' }, text: undefined })
  await does(people.agent, number, 'diagnose', { summary: `${internal} summary`, module: `${internal} module` })
  await does(people.supervisor, number, 'record-review-meeting', { decision: `${internal} decision`, minutes: `${internal} minutes` })
  await does(people.supervisor, number, 'assign', { assignee: 'engineer-wang', reason: `${internal} assigned` })
  await does(people.engineer, number, 'accept')
  await does(people.engineer, number, 'request-priority-change', { priority: 'high', reason: `${internal} priority` })
  await does(people.engineer, number, 'plan', { kind: `${internal} plan`, steps: `${internal} steps` })
  await does(people.engineer, number, 'update-progress', { text: `${internal} progress`, visibleToCustomer: false })
  await does(people.engineer, number, 'add-helper', { duty: `${internal} duty` })
  await does(people.engineer, number, 'query', { question: `${internal} question` })
  await does(people.agent, number, 'answer-query', { answer: `${internal} answer` })
  await does(people.supervisor, number, 'intervene', { reason: `${internal} intervention` })
  await does(people.agent, number, 'record-coordination', { minutes: `${internal} minutes` })
  await does(people.otherEngineer, number, 'report-milestone', { result: `${internal} milestone` })
  await does(people.supervisor, number, 'declare-major', { reason: `${internal} major` })
  review = await openReview(people.supervisor, { title: `${internal} review`, parent: number })
  await withSamples(office)
  sample = await named(people.quality, [number], { title: `${internal} sample` })
  await judges(people.quality, sample, number, { remark: `${internal} remark`, finding: `${internal} finding` })
  await does(people.engineer, number, 'wait', { for: 'vendor', reason: `${internal} waiting` })
})
afterAll(() => office.close())

const promise = [
  'clock',
  'label',
  'cycle',
  'startedAt',
  'dueAt',
  'pausedMs',
  'pausedWorkingMs',
  'state',
  'stoppedAt',
  'recordedLate',
  'provisional',
]
const waiting = ['waiting', ...under('waiting', ['id', 'for', 'reason', 'since', 'until'])]
const summary = [
  ...[
    'number',
    'profile',
    'profileVersion',
    'type',
    'typeLabel',
    'priority',
    'priorityLabel',
    'stage',
    'stageLabel',
    'customerStatus',
    'channel',
  ],
  ...['channelLabel', ...waiting, 'representative', 'requester', 'assignee', 'team', 'helpers', 'customer', 'title', 'fields', 'keywords'],
  ...[
    ...under('customer', ['name', 'company', 'account', 'phone', 'email', 'entry']),
    'tags',
    'version',
    'submittedAt',
    'closedAt',
    'nextDueAt',
  ],
  ...['promises', ...under('promises', promise)],
]
const event = ['seq', 'type', 'at', 'occurredAt', 'actor', 'stage']
const page = ['items', 'next']
/** What customers see of every process that is met by the common routes. */
const head = [
  ...['number', 'process', 'processLabel', 'parent', 'profile', 'profileVersion', 'stage', 'stageLabel', 'open', 'title'],
  ...['representative', 'requester', 'assignee', 'team', 'startedAt', 'nextDueAt', 'version'],
]
/** The answer to an act, but for what its events say. */
const step = ['number', 'version', 'stage', 'events', ...under('events', event)]
/** Of their own entry; what we say of them is empty. */
const entry = [
  ...['id', 'kind', 'name', 'company', 'organisation', 'organisationName', 'externalId', 'accounts', 'phones', 'emails', 'tier', 'tags'],
  ...['internal', 'createdAt', 'changedAt', 'erasedAt', 'version'],
]
const similar = ['number', 'title', 'stage', 'type', 'priority', 'submittedAt']
const choice = ['id', 'label']
const token = ['id', 'person', 'label', 'createdAt', 'lastUsedAt', 'expiresAt', 'revokedAt']

/** By operation: the members that customers may find in its answer. Operations that are not here are closed to them. */
const shown: Readonly<Record<string, readonly string[]>> = {
  registerTicket: [
    'number',
    'stage',
    'version',
    'promises',
    ...under('promises', promise),
    'tell',
    'similar',
    ...under('similar', similar),
  ],
  listTickets: [...page, 'names', ...under('items', summary)],
  readTicket: [
    ...summary,
    ...[
      'language',
      'description',
      'diagnosis',
      'plan',
      'tasks',
      'agreedDueAt',
      'priorityChange',
      'intervention',
      'duties',
      'milestones',
      'closedBySilence',
      'urges',
      'resolvedAt',
    ],
    // Always empty for customers.
    ...['customerEntry', 'entryFound', 'suggestedEntries', 'undelivered', 'allowedActs'],
    ...['reopenableUntil', 'names', 'links', ...under('links', ['self', 'events', 'outlook', 'clocks']), 'allowed'],
  ],
  listEvents: [
    ...[...page, 'names', ...under('items', event)],
    ...under('items', ['ticketType', 'priority', 'channel', 'fields', 'text', 'complete', 'missing', 'message', 'for', 'until']),
  ],
  readOutlook: [
    ...[
      'number',
      'version',
      'stage',
      'stageLabel',
      'customerStatus',
      'holder',
      ...waiting,
      'promises',
      ...under('promises', promise),
      'names',
    ],
    ...[
      'next',
      ...under('next', [
        'clock',
        'label',
        'cycle',
        'level',
        'dueAt',
        'notice',
        'noticeLabel',
        'to',
        'cancelledBy',
        'to.kind',
        'to.label',
        'to.people',
      ]),
    ],
    ...['steps', ...under('steps', ['command', 'label'])],
    // Always empty for customers.
    ...['unwatched', 'undelivered'],
  ],
  listCustomers: [...page, ...under('items', entry)],
  readCustomer: [...entry, 'tickets', 'open', 'links', ...under('links', ['self', 'tickets'])],
  listClocks: [...page, ...under('items', promise)],
  listProfiles: [
    ...page,
    ...under('items', [
      'id',
      'version',
      'state',
      'next',
      'label',
      'label.zh-CN',
      'label.zh-TW',
      'label.en',
      'title',
      'effectiveFrom',
      'installedAt',
    ]),
    'items.installedBy',
  ],
  readRegistrationForm: [
    ...[
      'languages',
      ...under('languages', choice),
      'profile',
      'version',
      'label',
      'channels',
      ...under('channels', choice),
      'priorities',
      ...under('priorities', [...choice, 'criterion']),
    ],
    ...[
      'types',
      ...under('types', [...choice, 'fields', ...under('fields', [...choice, 'kind', 'required', 'requiredWhen', 'internal', 'choices'])]),
    ],
    ...under('types.fields.choices', choice),
  ],
  readMe: ['id', 'name', 'roles', 'roleLabels', 'teams'],
  readPreferences: ['language', 'quietHours', 'muted', 'mutable'],
  putPreferences: ['language', 'quietHours', 'muted', 'mutable'],
  readRequest: [
    ...['key', 'route', 'ticket', 'status', 'createdAt', 'doneAt', 'response', 'response.status', 'response.body'],
    ...under('response.body', ['number', 'version', 'stage', 'events', ...under('events', [...event, 'fields', 'text'])]),
  ],
  listTokens: [...page, ...under('items', token)],
  createToken: [...token, 'token'],
  revokeToken: token,
  supplementTicket: [...step, ...under('events', ['fields', 'text'])],
  urgeTicket: [...step, ...under('events', ['reason'])],
  withdrawTicket: [...step, ...under('events', ['reason', 'for'])],
  confirmTicket: [...step, ...under('events', ['outcome', 'remark', 'satisfaction'])],
  reopenTicket: [...step, ...under('events', ['reason'])],
}

/** Beside them, what `Hosting.desk` says that customers see of a type. */
const commonlyShown: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  // Those of a confidential type say by their roles that they are for nobody else.
  processes
    .filter(hasCommonRoutes)
    .filter(({ desk }) => !desk.confidential)
    .flatMap(({ process, plural, desk }) => [
      [`list${pascal(plural)}`, [...page, 'names', ...under('items', head)]],
      [`read${pascal(process.name)}`, [...head, ...desk.shownToCustomers, 'promises', 'allowed', 'names']],
    ]),
)

/** Of these types nothing is any customer's: whatever they ask of one, it is not there. */
const nobodys = processes.filter(hasCommonRoutes).filter(({ desk }) => desk.shownToCustomers.length === 0)

/** Members that are maps by ids of the caller's own: what they hold is values, not members. */
const maps = new Set(['names', 'fields'])

/** Open to customers, and not possible with the ticket as it stands or with a token that is not theirs. */
const refusable: readonly string[] = ['confirmTicket', 'reopenTicket', 'revokeToken']

const operationsSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string(), 'x-roles': z.array(z.string()) }))),
})

describe('a customer', () => {
  it('finds every operation closed that is not on the list, and on each of the list nothing that is not', async () => {
    const wrong: string[] = []
    const met = new Set<string>()
    for (const { id, method, path, roles } of await operations()) {
      const heard = await asks(people.customer, id, method, path)
      if (nobodys.some(({ plural }) => path.startsWith(`/api/${plural}/{number}`))) {
        if (![403, 404].includes(heard.status)) wrong.push(`${id} answers ${heard.status}`)
        if (roles.includes('customer')) met.add(id)
        continue
      }
      if (!roles.includes('customer')) {
        if (heard.status !== 403) wrong.push(`${id} answers ${heard.status}`)
        continue
      }
      met.add(id)
      const allowed = shown[id] ?? commonlyShown[id]
      if (heard.status >= 300 && !refusable.includes(id)) wrong.push(`${id} answers ${heard.status} ${heard.detail}`)
      if (!allowed) wrong.push(`${id} is open to customers and not on the list`)
      else if (heard.status < 300)
        wrong.push(...membersOf(heard.body).flatMap((member) => (allowed.includes(member) ? [] : [`${id} tells ${member}`])))
      if (JSON.stringify(heard.body).includes(internal)) wrong.push(`${id} tells what is internal`)
      if (/supervisor|lead-|admin-lin|孙磊|张华|徐明|林涛/.test(JSON.stringify(heard.body)) && heard.status < 300)
        wrong.push(`${id} names somebody that the customer has nothing to do with: ${JSON.stringify(heard.body)}`)
    }
    expect(wrong).toEqual([])
    expect([...met].toSorted()).toEqual(Object.keys({ ...shown, ...commonlyShown }).toSorted())
  })

  it('cannot find out by a filter or an order what they do not see', async () => {
    for (const [filter, path] of [
      ['tag=VIP', 'tag'],
      ['customer=138', 'customer'],
      ['overdue=true', 'overdue'],
      ['dueBefore=2999-01-01T00:00:00Z', 'dueBefore'],
      ['sort=nextDue', 'sort'],
    ] as const) {
      const heard = await people.customer.get(`/api/tickets?${filter}`, english)
      expect([heard.status, heard.errors.map((error) => error.path)], filter).toEqual([422, [path]])
    }
  })

  it('T2: is shown what was supplied, without the fields in which colleagues tell each other something', async () => {
    const suppliedBy = async (reader: Speaker) =>
      (await log(reader, number)).filter(({ type, actor }) => type === 'supplemented' && actor === 'agent-li')
    expect(await suppliedBy(people.customer)).toMatchObject([{ fields: { environment: 'Windows 11' } }])
    expect(await suppliedBy(people.agent)).toHaveLength(2)
    expect((await ticket(people.customer, number))['fields']).toEqual({ environment: 'Windows 11' })
    expect((await ticket(people.agent, number))['fields']).toEqual({ environment: 'Windows 11', remarks: `${internal} mood` })
  })

  it('T2: is not asked for such a field, and cannot fill it in', async () => {
    const formOf = async (speaker: Speaker) => JSON.stringify((await speaker.get('/api/profiles/tech-support/form')).body)
    expect([await formOf(people.customer), await formOf(people.agent)].map((body) => body.includes('remarks'))).toEqual([false, true])
    const fields = { remarks: 'x' }
    for (const heard of [
      await people.customer.post('/api/tickets', { ...ownForm, fields }, english),
      await tries(people.customer, await registered(people.customer), 'supplement', { fields }, english),
    ])
      expect([heard.status, heard.errors.map(({ path, code }) => [path, code])], heard.detail).toEqual([
        422,
        [['fields.remarks', 'unknown-field']],
      ])
  })

  it('hears nothing of who works here by naming them in a form', async () => {
    const heard = await people.customer.post('/api/tickets', { ...ownForm, assignee: 'admin-lin', team: 'nowhere' }, english)
    expect(heard.errors.map(({ path, code }) => [path, code])).toEqual([
      ['assignee', 'staff-only'],
      ['team', 'staff-only'],
    ])
  })
})

describe("staff who are a ticket's customer", () => {
  let both: Speaker
  let own: string
  const bothId = 'supervisor-both'

  beforeAll(async () => {
    const staff = { id: bothId, name: '钱同', email: 'qian@bihuan.example', active: true, skills: [] }
    await putPerson(office.db, { ...staff, roles: ['supervisor', 'engineer', 'customer'], teams: ['tech-support'] })
    both = await office.person(bothId)
    own = await registered(both, { customer: undefined, type: 'software-fault' })
    await walksOn(own, 'intake', 'handling', people)
    await does(people.agent, own, 'note', { text: `${internal} note` })
    await does(people.engineer, own, 'request-priority-change', { priority: 'high', reason: `${internal} priority` })
    await does(people.engineer, own, 'wait', { for: 'vendor', reason: `${internal} waiting` })
  })

  it('see it as customers do, and every other ticket as staff', async () => {
    const seen = await ticket(both, own)
    expect(seen).toMatchObject({
      priorityChange: null,
      waiting: { for: 'vendor', reason: null },
      allowed: ['supplement', 'withdraw', 'urge'],
    })
    expect((await log(both, own)).map(({ type }) => type)).not.toContain('note')
    expect((await both.get(`/api/tickets/${own}/contacts`)).status).toBe(403)
    expect((await both.get(`/api/templates/first-call?ticket=${own}`)).status).toBe(403)
    for (const path of ['', '/events', '/outlook', '/clocks'])
      expect(JSON.stringify((await both.get(`/api/tickets/${own}${path}`)).body), path).not.toContain(internal)
    expect(await ticket(both, foreign)).toMatchObject({ allowed: expect.arrayContaining(['note', 'reveal', 'review-intake']) })
  })

  it('find it in no list that tells what is internal, and in the others as customers see it', async () => {
    const lists = [
      '/api/me/work',
      '/api/assignments',
      '/api/notices',
      '/api/tickets?sort=nextDue',
      '/api/tickets?dueBefore=2999-01-01T00:00:00Z',
    ]
    for (const path of lists) {
      const heard = await both.get(path)
      expect(heard.status, path).toBe(200)
      expect(JSON.stringify(heard.body), path).not.toContain(own)
      // Colleagues find it.
      expect(path === '/api/me/work' || JSON.stringify((await people.otherSupervisor.get(path)).body).includes(own), path).toBe(true)
    }
    const [found] = (await both.get('/api/tickets?priority=medium')).items.filter((item) => item['number'] === own)
    expect(found).toMatchObject({ waiting: { reason: null }, tags: [] })
    const queued = await office.db.selectFrom('notices').select('id').where('process', '=', own).executeTakeFirstOrThrow()
    expect((await both.get(`/api/notices/${queued.id}`)).status).toBe(404)
    expect((await people.otherSupervisor.get(`/api/notices/${queued.id}`)).status).toBe(200)
  })

  it('are given no work on it by standing in for whoever has it', async () => {
    const other = await registered(people.agent, { assignee: 'engineer-wang' })
    const away = { person: 'engineer-wang', deputy: bothId, from: instantOf(Date.now() - 60_000), until: instantOf(Date.now() + 3_600_000) }
    const absence = await people.supervisor.post('/api/absences', away)
    expect(absence.status, absence.detail).toBe(201)
    const work = JSON.stringify((await both.get('/api/me/work')).body)
    expect([work.includes(other), work.includes(own)]).toEqual([true, false])
    expect((await people.supervisor.post(`/api/absences/${String(absence.body['id'])}/end`, {})).status).toBe(200)
  })

  it('act on it as its customer and as nothing else', async () => {
    for (const [command, changes] of [
      ['note', { text: 'x' }],
      ['reveal', {}],
      ['decide-priority-change', {}],
      ['reassign', { assignee: bothId, reason: 'x' }],
    ] as const)
      expect((await tries(both, own, command, changes)).body, command).toMatchObject({ status: 403, type: '/problems/wrong-role' })
    const urged = await does(both, own, 'urge', { reason: '急' })
    expect(urged.events).toMatchObject([{ type: 'urged', reason: '急', actor: bothId }])
    expect((await both.get(`/api/requests/${urged.headers.get('idempotency-key') ?? ''}`)).body).toMatchObject({
      response: { body: { events: [{ type: 'urged' }] } },
    })
    expect((await tries(both, foreign, 'note', { text: 'noted as staff' })).status).toBe(200)
  })
})

const { customer: _, ...ownForm } = form

/** Everything that the OpenAPI document knows, reads first: what is done to the ticket comes last, and its end at the very last. */
async function operations() {
  const described = await office.api().request('/api/openapi.json')
  const { paths } = operationsSchema.parse(await described.json())
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id, 'x-roles': roles }]) => ({ id, method, path, roles })),
  )
  const turn = ({ id, method }: { readonly id: string; readonly method: string }) =>
    id === 'withdrawTicket' ? 2 : method === 'get' ? 0 : 1
  return all.toSorted((a, b) => turn(a) - turn(b))
}

/** A request to the operation that goes as far as the customer may. */
async function asks(who: Speaker, id: string, method: string, path: string): Promise<Heard> {
  const key = (await who.post(`/api/tickets/${number}/supplement`, { text: '补充' }, { 'Idempotency-Key': 'seen-again' })).headers
  // One process of each type, by the name of its routes.
  const numbers: Readonly<Record<string, string>> = { tickets: number, reviews: review, samples: sample }
  const values: Readonly<Record<string, string>> = {
    number: numbers[path.split('/')[2] ?? ''] ?? number,
    key: key.get('idempotency-key') ?? '',
    id: idFor(path),
    team: 'tech-support',
  }
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name)
  if (method === 'get') return who.get(address)
  if (method === 'put') return who.send('PUT', address, '{}', { 'Content-Type': 'application/json' })
  const bodies: Readonly<Record<string, unknown>> = {
    createToken: { label: 'phone' },
    registerTicket: ownForm,
    urgeTicket: { reason: '急' },
    supplementTicket: { text: '昨晚开始' },
    withdrawTicket: { reason: '不用了' },
    confirmTicket: { outcome: 'solved', channel: 'phone' },
    reopenTicket: { reason: '又出现了' },
  }
  return who.post(address, bodies[id] ?? {})
}

function idFor(path: string): string {
  if (path.includes('profiles')) return 'tech-support'
  if (path.includes('notices')) return '1'
  if (path.includes('customers')) return ownEntry
  if (path.includes('tokens')) return 'unknown'
  return path.includes('calendars') ? 'cn-office' : 'engineer-wang'
}

/** Names of all members, `items.waiting.for`; lists are what their items are. */
function membersOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => membersOf(item, at)))]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const here = at === '' ? name : `${at}.${name}`
    return [here, ...(maps.has(name) && !Array.isArray(member) ? [] : membersOf(member, here))]
  })
}

function under(name: string, members: readonly string[]): string[] {
  return members.map((member) => `${name}.${member}`)
}

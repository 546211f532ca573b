import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readExamples } from '../../api/openapi/examples.ts'
import type { AnswerOf, Reading } from '../../api/openapi/operation.ts'
import { actedSchema } from '../../api/operations/commands.ts'
import type { putProfile } from '../../api/operations/profiles.ts'
import { registrationSchema } from '../../api/operations/registration.ts'
import type { registerTicket } from '../../api/operations/tickets.ts'
import { cycleView } from '../../api/views/promise.ts'
import { eventView } from '../../api/views/step.ts'
import type { Answer, Client, SentTo } from '../../cli/client.ts'
import type { Cast, Player } from '../../cli/demo/cast.ts'
import { entryOf } from '../../db/events.ts'
import { calendarFrom } from '../../domain/calendar/working-time.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { policyFor } from '../../domain/profile/policy.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Notice } from '../../workflows/process.ts'
import type { PromiseState } from '../../workflows/promise.ts'
import { saying } from '../../api/views/ticket-outlook-view.ts'
import { outlook } from '../../workflows/ticket/outlook.ts'
import { chen, lin, monday, office, qian, root, Story, techSupport, wang, zhou } from './tickets.ts'

/** The product without its servers: the process itself answers, and time passes as it is told to. */
export interface World {
  readonly cast: Cast
  /** The one ticket there is. */
  readonly story: () => Story
  readonly installed: Profile[]
  /** Who was told what so far: everything that its events call for. */
  readonly told: () => readonly (Notice & { readonly seq: number })[]
  readonly time: { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> }
}

export interface WorldOptions {
  /** What some of its clients do differently. */
  readonly changes?: Partial<Client>
  /** Time stands still but while somebody sleeps; otherwise it is the machine's own. */
  readonly from?: number
  /** So many notices wait for a digest; the others go out by themselves. */
  readonly gathered?: number
  /** Another profile by which its tickets run. */
  readonly profile?: Profile
}

export function createWorld({ changes = {}, from, gathered = 0, profile: other }: WorldOptions = {}): World {
  let told: Story | undefined
  let now = from
  const keys = new Set<string>()
  const installed: Profile[] = [techSupport, ...(other ? [other] : [])]
  const time = {
    now: () => now ?? Date.now(),
    sleep(ms: number) {
      if (now !== undefined) now += ms
      passed()
      return Promise.resolve()
    },
  }
  const story = () => {
    if (!told) throw new Error('nothing is registered')
    return told
  }
  /** What is due by now has happened. */
  const passed = () => told?.at(instantOf(time.now())).wake()
  const play = (actor: Actor): Player => ({
    ...clientOf(actor),
    ...changes,
    who: { id: actor.id, name: actor.id },
  })
  return {
    cast: {
      customer: play(zhou),
      agent: play(lin),
      engineer: play(wang),
      colleague: play(chen),
      supervisor: play(chen),
      tester: play(qian),
      admin: play(root),
    },
    story,
    installed,
    told: () =>
      story().events.flatMap((event) =>
        story()
          .notices(event)
          .map((notice) => ({ ...notice, seq: event.seq })),
      ),
    time,
  }

  function clientOf(actor: Actor): Client {
    return {
      read: (operation) => Promise.resolve(asAnswer(operation, { ...shown(operation), ...answerTo(operation) })),
      register: (form, key = randomUUID()) => Promise.resolve({ ok: true, value: registered(actor, form, key) }),
      open: () => Promise.reject(new Error('nobody opens anything but a ticket')),
      rehearse: () => Promise.reject(new Error('nobody rehearses in a demo')),
      install: (profile) => Promise.resolve(install(profile)),
      act(number, command, input) {
        passed()
        const before = story().events.length
        const rejection = story().try(actor, command, input)
        if (rejection) return Promise.resolve({ ok: false, refusal: { ...refusal, title: rejection.code } })
        const events = story()
          .events.slice(before)
          .map((event) => eventView(entryOf(event)))
        const { version, stage } = story().state
        const contact = command === 'reveal' ? { contact: { phone: '138 1234 5678', email: null } } : {}
        return Promise.resolve({ ok: true, value: actedSchema.parse({ number, version, stage, events, ...contact }) })
      },
    }
  }

  function registered(by: Actor, form: SentTo<typeof registerTicket>, key: string): AnswerOf<typeof registerTicket> {
    const { priority, channel, assignee, live } = form
    const { fields } = registrationSchema.pick({ fields: true }).parse({ fields: form.fields })
    if (!keys.has(key)) {
      const profile = installed.findLast(({ id }) => id === form.profile)
      const policy = profile && policyFor(profile, form.type, { version: 1, calendar: calendarFrom(office, instantOf(time.now())) })
      if (!policy) throw new Error(`there is no profile ${form.profile} with a type ${form.type}`)
      told = new Story({ by, submission: { priority, channel, fields, assignee, live: live ?? false }, policy, now: instantOf(time.now()) })
    }
    keys.add(key)
    const { number, stage, version, promises } = story().state
    return { number, stage, version, promises: promises.map(labelled), tell: `Your ticket ${number} was created.`, similar: [] }
  }

  /** As the API does it: parsed anew, and a version never changes. */
  function install(given: Profile): Answer<AnswerOf<typeof putProfile>> {
    const parsed = parseProfile(JSON.stringify(given), { format: 'json' })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    const { profile } = parsed
    const there = installed.find(({ id, version }) => id === profile.id && version === profile.version)
    if (there && JSON.stringify(there) !== JSON.stringify(profile)) return { ok: false, refusal: { ...refusal, title: 'version-taken' } }
    if (!there) installed.push(profile)
    return { ok: true, value: { id: profile.id, version: profile.version, warnings: [] } }
  }

  /** What of its example an answer of this world says otherwise. */
  function answerTo({ id }: Reading): object {
    passed()
    if (id === 'listProfiles') return { items: installed.map((profile) => ({ ...listed, id: profile.id, version: profile.version })) }
    if (id === 'readProfile') return other ?? techSupport
    if (id === 'listNotices') return { items: Array.from({ length: gathered }, () => ({ ...notice, heldFor: 'digest', digest: null })) }
    const { state, events, policy } = story()
    const { number, version, stage, assignee } = state
    const promises = state.promises.map(labelled)
    switch (id) {
      case 'readTicket':
        return { number, version, stage, assignee, promises, customer: { ...nobody, name: 'zhou', phone: '138****5678' } }
      case 'listEvents':
        return { items: events.map((event) => ({ ...eventView(entryOf(event)), promises: event.promises.map(cycleView) })) }
      case 'listClocks':
        return { items: everyCycle(events.flatMap((event) => event.promises)).map(labelled) }
      case 'readOutlook':
        return {
          number,
          version,
          stage,
          promises,
          next: outlook(state, policy).next.map((deadline) => ({
            ...deadline,
            label: deadline.clock,
            ...saying(deadline, { policy, profile: techSupport, locale: 'en' }),
            to: deadline.to.map((recipient) => ({ ...recipient, label: recipient.kind, people: [] })),
          })),
          names: {},
        }
      default:
        throw new Error(`nobody reads ${id}`)
    }
  }
}

/** What an operation answers, read through its schema. */
export function asAnswer<O extends Reading>(operation: O, body: object): AnswerOf<O> {
  const { schema }: Pick<O['answer'], 'schema'> = operation.answer
  return z.parse(schema, body)
}

/** The answer as the OpenAPI document shows it. */
function shown({ id }: Reading): object {
  return z.looseObject({}).parse(examples[id]?.answer)
}

const examples = readExamples()

const [notice] = z.object({ items: z.array(z.looseObject({})) }).parse(examples['listNotices']?.answer).items

const listed = {
  state: 'current',
  next: null,
  label: techSupport.label,
  title: techSupport.document.title,
  effectiveFrom: techSupport.document.effectiveFrom,
  installedAt: monday,
  installedBy: root.id,
}

const nobody = { name: null, company: null, account: null, phone: null, email: null, entry: null }

const refusal = { title: 'No', detail: 'Because.', errors: [] }

function labelled(promise: PromiseState) {
  return { ...cycleView(promise), label: promise.clock }
}

/** The last of each cycle, in the order in which they began. */
function everyCycle(promises: readonly PromiseState[]): PromiseState[] {
  const cycles = new Map(promises.map((promise) => [`${promise.clock} ${promise.cycle}`, promise]))
  return [...cycles.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))
}

import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Answer, Client, Installed, Registered, Submission } from '../../cli/client.ts'
import type { Cast, Player } from '../../cli/demo/cast.ts'
import { calendarFrom } from '../../domain/calendar/working-time.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { policyFor } from '../../domain/profile/policy.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Notice } from '../../workflows/process.ts'
import type { PromiseState } from '../../workflows/promise.ts'
import { saying } from '../../api/views/outlook-view.ts'
import { outlook } from '../../workflows/ticket/outlook.ts'
import { chen, lin, office, qian, root, Story, techSupport, wang, zhou } from './tickets.ts'

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
}

export function createWorld({ changes = {}, from, gathered = 0 }: WorldOptions = {}): World {
  let told: Story | undefined
  let now = from
  const keys = new Set<string>()
  const installed: Profile[] = [techSupport]
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
    who: { ...actor, roles: [...actor.roles], teams: [...actor.teams], name: actor.id },
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
      me: () => Promise.reject(new Error('nobody asks')),
      read: <T>(path: string, schema: z.ZodType<T>) => Promise.resolve(schema.parse(answerTo(path))),
      register: (submission, key = randomUUID()) => Promise.resolve({ ok: true, value: registered(actor, submission, key) }),
      install: (profile) => Promise.resolve(install(profile)),
      act(number, command, input = {}) {
        passed()
        const before = story().events.length
        const rejection = story().try(actor, command, input)
        if (rejection) return Promise.resolve({ ok: false, refusal: { ...refusal, title: rejection.code } })
        const events = story()
          .events.slice(before)
          .map((event) => ({ ...event }))
        const { version, stage } = story().state
        const contact = command === 'reveal' ? { contact: { phone: '138 1234 5678', email: null } } : {}
        return Promise.resolve({ ok: true, value: { number, version, stage, events, ...contact } })
      },
      ticket(number) {
        passed()
        const { version, stage, assignee, promises } = story().state
        const customer = { name: 'zhou', company: null, phone: '138****5678', email: null }
        return Promise.resolve({ number, version, stage, assignee, customer, promises: promises.map(labelled) })
      },
    }
  }

  function registered(by: Actor, submission: Submission, key: string): Registered {
    const { priority, channel, fields = {} } = submission
    if (!keys.has(key)) {
      const profile = installed.findLast(({ id }) => id === submission.profile)
      const policy = profile && policyFor(profile, submission.type, { version: 1, calendar: calendarFrom(office, instantOf(time.now())) })
      if (!policy) throw new Error(`there is no profile ${submission.profile} with a type ${submission.type}`)
      told = new Story({ by, submission: { priority, channel, fields }, policy, now: instantOf(time.now()) })
    }
    keys.add(key)
    const { number, stage, version } = story().state
    return { number, stage, version, tell: `Your ticket ${number} was created.` }
  }

  /** As the API does it: parsed anew, and a version never changes. */
  function install(given: Profile): Answer<Installed> {
    const parsed = parseProfile(JSON.stringify(given), { format: 'json' })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    const { profile } = parsed
    const there = installed.find(({ id, version }) => id === profile.id && version === profile.version)
    if (there && JSON.stringify(there) !== JSON.stringify(profile)) return { ok: false, refusal: { ...refusal, title: 'version-taken' } }
    if (!there) installed.push(profile)
    return { ok: true, value: { id: profile.id, version: profile.version } }
  }

  function answerTo(path: string): unknown {
    passed()
    if (path === '/api/profiles') return { items: installed.map(({ id, version }) => ({ id, version })) }
    if (path.startsWith('/api/profiles/')) return installed.findLast(({ id }) => path.endsWith(`/${id}`))
    if (path.startsWith('/api/notices?')) return { items: Array.from({ length: gathered }, () => ({ heldFor: 'digest', digest: null })) }
    const { state, events, policy } = story()
    switch (/^\/api\/tickets\/[^/]+\/(\w+)/.exec(path)?.[1]) {
      case 'events':
        return { items: events }
      case 'clocks':
        return { items: everyCycle(events.flatMap(({ promises }) => promises)).map(labelled) }
      case 'outlook': {
        const { next, promises } = outlook(state, policy)
        const named = next.map((deadline) => ({ ...deadline, label: deadline.clock, ...saying(deadline, policy, 'en') }))
        return { next: named, promises: promises.map(labelled), names: {} }
      }
      default:
        throw new Error(`nobody reads ${path}`)
    }
  }
}

const refusal = { type: '/problems/x', title: 'No', status: 409, detail: 'Because.', errors: [] }

function labelled(promise: PromiseState) {
  return { ...promise, label: promise.clock }
}

/** The last of each cycle, in the order in which they began. */
function everyCycle(promises: readonly PromiseState[]): PromiseState[] {
  const cycles = new Map(promises.map((promise) => [`${promise.clock} ${promise.cycle}`, promise]))
  return [...cycles.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))
}

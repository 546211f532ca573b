import type { Head } from '../../db/schema.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import { instantOf } from '../../domain/instant.ts'
import { counterKey, longestNumber, renderNumber } from '../../domain/numbering.ts'
import type { Actor } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { conflict, forbidden } from '../../domain/rejection.ts'
import { confidentialTypesOf, type MetCommonly } from '../../processes/hosting.ts'
import { belongingOf, countedNumbers, judged, type Begun, type Belonging } from '../../processes/intake.ts'
import type { Beginning } from '../../workflows/birth.ts'
import type { Draft } from '../../workflows/process.ts'
import { actorOn, mayBeNamed } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Answer } from '../http/idempotency.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput, rejected } from '../problems/problem.ts'
import { takeInAndStart } from './take-in-and-start.ts'
import { notInForce } from './in-force.ts'

/** Opening a process by the common route. */
export interface OpeningRequest {
  readonly host: MetCommonly
  /** Id of the profile by which it is to run; undefined: that of what it is to belong to. */
  readonly profile: string | undefined
  /** Checked by its shape. */
  readonly input: unknown
  readonly caller: Actor
  readonly key: string
  /** The JSON as it was sent. */
  readonly body: unknown
}

/**
 * Takes a process in: checks everything at once, gives it a number, writes it, and starts its workflow after the answer. Once for each
 * key. Throws a Problem: 422 with everything that is wrong.
 */
export async function open(context: Context, request: OpeningRequest): Promise<Answer> {
  const { host, caller, key, body } = request
  const posted = { caller: caller.id, key, route: `POST /api/${host.plural}`, ticket: null, body }
  return context.once(posted, (begun) => context.limits.within(caller, 'registrations', () => opened(context, request, begun)))
}

async function opened(
  context: Context,
  { host, profile: id, input, caller }: OpeningRequest,
  begun: RequestIdentity,
): Promise<StoredResponse> {
  const reading = host.process.birth.read(input)
  if (!reading.ok) throw invalidInput(reading.errors)
  const { beginning } = reading
  const belonging = await belongingSeen(context, host, beginning, caller)
  const parent = belonging.kind === 'found' ? belonging.parent : null
  const unfit = errorsOf(belonging, beginning, host.desk.letter)
  const actor = parent ? actorOn(parent, caller) : caller
  const { opens } = host.desk
  if (!opens.some((role) => actor.roles.includes(role))) throw rejected(forbidden('wrong-role', { roles: opens }))
  const named = await profileFor(context, id, belonging)
  if (!named.ok) throw invalidInput([...named.errors, ...unfit])
  const { profile } = named
  const at = instantOf(context.clock.now().getTime())
  const origin = { profile: profile.id, profileVersion: profile.version }
  const judgement = await judged(context, { host, beginning, origin, parent, act: { requestId: begun.id, actor, at } })
  if (!judgement.ok || unfit.length > 0) throw invalidInput([...unfit, ...(judgement.ok ? [] : judgement.errors)])
  const { form, birthContext } = judgement
  const { numbers, letter } = host.desk
  const answer = ({ number, state }: Begun) => ({ status: 201, body: { number, stage: state.stage, version: state.version } })
  const newcomer = { host, request: begun, beginning, birthContext, formUnder: () => form, answer }
  if (typeof numbers === 'string') return takeInAndStart(context, numbersFor(context, { numbers, letter }, parent, profile, at), newcomer)
  const number = numbers.of(beginning.given, origin)
  return takeInAndStart(context, [number], newcomer, () => rejected(conflict('made-already', { number })))
}

/** What it is to belong to. What the caller may not see is not there: whatever else they were told would tell that the number exists. */
async function belongingSeen(
  { db, processes }: Context,
  { desk }: MetCommonly,
  beginning: Beginning<Draft, unknown>,
  caller: Actor,
): Promise<Belonging> {
  const belonging = await belongingOf(db, beginning)
  const { parent: named } = beginning
  if (named === null || belonging.kind !== 'found') return belonging
  // Nor does anything that others see belong to what is closed to them: its number would tell of it.
  const isTold = !desk.confidential && confidentialTypesOf(processes).includes(belonging.parent.processType)
  return mayBeNamed(processes, belonging.parent, caller) && !isTold ? belonging : { kind: 'unknown', ...named }
}

/** Digits of the serial behind the number of what one belongs to. */
const roomForSerials = 6

/** What is wrong with it: it is not there, or has so long a number that nothing more has room behind it. */
function errorsOf(belonging: Belonging, beginning: Beginning<Draft, unknown>, letter: string): readonly InputError[] {
  if (belonging.kind === 'found') {
    const limit = longestNumber - `-${letter}`.length - roomForSerials
    const { path } = beginning.parent ?? { path: '' }
    return belonging.parent.number.length > limit ? [{ path, code: 'too-long', params: { limit } }] : []
  }
  if (belonging.kind !== 'unknown') return []
  const { path, number } = belonging
  return [{ path, code: 'unknown-ticket', params: { number } }]
}

/** The newest version of the profile by which it runs: that of what it belongs to, or, where it stands alone, the one named. */
async function profileFor(context: Context, named: string | undefined, belonging: Belonging): Promise<Named> {
  const { newest, profileOf } = context
  const parent = belonging.kind === 'found' ? belonging.parent : null
  if (parent && named !== undefined && named !== parent.profile)
    return { ok: false, errors: [{ path: 'profile', code: 'profile-of-parent', params: { expected: parent.profile } }] }
  const id = named ?? parent?.profile
  // Where what it is to belong to is not there, that alone is wrong.
  if (id === undefined) return { ok: false, errors: belonging.kind === 'unknown' ? [] : [{ path: 'profile', code: 'required' }] }
  const { profiles } = await newest()
  const { state, version } = profiles.get(id) ?? {}
  // What runs goes on, with all that belongs to it, though its profile is retired.
  const isOpen = state === 'current' || (parent !== null && state === 'retired')
  if (!isOpen || version === undefined) return { ok: false, errors: [await notInForce(context, profiles, id)] }
  return { ok: true, profile: await profileOf({ profile: id, profileVersion: version }) }
}

type Named = { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly errors: readonly InputError[] }

/** Behind the number of what it belongs to, or by the pattern of those that stand alone. */
function numbersFor(
  context: Context,
  { numbers, letter }: { readonly numbers: string; readonly letter: string },
  parent: Head | null,
  { zone }: Profile,
  now: string,
): AsyncIterable<string> {
  if (parent === null) {
    return countedNumbers(context, counterKey(numbers, now, zone), (serial) => renderNumber(numbers, { now, zone, serial }))
  }
  const prefix = `${parent.number}-${letter}`
  return countedNumbers(context, prefix, (serial) => `${prefix}${serial}`)
}

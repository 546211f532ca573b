import { headOf } from '../../db/heads.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import { instantOf } from '../../domain/instant.ts'
import { counterKey, renderNumber } from '../../domain/numbering.ts'
import type { Actor } from '../../domain/people.ts'
import type { Desk, Hosting } from '../../processes/hosting.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { begin } from '../../workflows/engine.ts'
import { actorOn, visible } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Answer } from '../http/idempotency.ts'
import { forbidden } from '../../domain/rejection.ts'
import { invalidInput, problem, rejected } from '../problems/problem.ts'

/** Opening a process by the common route. */
export interface OpeningRequest {
  readonly host: Hosting
  readonly desk: Desk
  /** The profile by which it is to run. */
  readonly profile: string
  /** Checked by its shape. */
  readonly input: unknown
  readonly caller: Actor
  readonly key: string
  /** The JSON as it was sent. */
  readonly body: unknown
}

/**
 * Takes a process in: checks everything at once, gives it a number, writes it, and starts its workflow after the answer. Once for each
 * key. Throws a Problem: 404 for a process it is to belong to that the caller may not see, 422 with everything that is wrong.
 */
export async function open(context: Context, request: OpeningRequest): Promise<Answer> {
  const { host, caller, key, body } = request
  const posted = { caller: caller.id, key, route: `POST /api/${host.plural}`, ticket: null, body }
  return context.once(posted, (begun) => context.limits.within(caller, 'registrations', () => takenIn(context, request, begun)))
}

async function takenIn(context: Context, request: OpeningRequest, begun: RequestIdentity): Promise<StoredResponse> {
  const { host, key } = request
  const { process, table } = host
  const { birth } = process
  if (!host.formOf) throw new Error(`a ${process.name} cannot be opened by the common route`)
  const { profile, actor, parent } = await placed(context, request)
  if (!request.desk.opens.some((role) => actor.roles.includes(role))) throw rejected(forbidden('wrong-role', { roles: request.desk.opens }))
  const form = host.formOf(request.input, { profile: profile.id, profileVersion: profile.version })
  const at = instantOf(context.clock.now().getTime())
  const act = { requestId: begun.id, actor, at, directory: await context.directory(birth.mentions(request.input)) }
  const policy = await host.policyOf(context, { ...form, number: '', state: birth.initial('', at) })
  const errors = birth.check(request.input, policy, act)
  if (errors.length > 0) throw invalidInput(errors)
  for (let attempt = 1; attempt <= numbersTried; attempt += 1) {
    const number = await numberOf(context, request.desk, parent, profile.zone, at)
    const { state, event, wakeAt } = begin(process, number, request.input, policy, act)
    const response: StoredResponse = { status: 201, body: { number, stage: state.stage, version: state.version } }
    const taken = { of: host, request: begun, number, form, state, event, wakeAt, response }
    const intake = await context.takeIn(taken)
    if (intake.result === 'already-done') return intake.response
    if (intake.result === 'key-taken') throw problem('key-reused', { key })
    if (intake.result === 'number-taken') continue
    alsoTrace({ number })
    context.starts.soon(taken, policy)
    return response
  }
  throw new Error(`${numbersTried} numbers in a row of ${table.name} are taken`)
}

const numbersTried = 20

/** By which profile it runs, and where it belongs. */
async function placed(context: Context, { desk, profile: id, input, caller }: OpeningRequest) {
  const parent = desk.parentOf(input)
  const head = parent === null ? undefined : visible(await headOf(context.db, parent), caller, parent)
  const { profiles } = await context.newest()
  const version = profiles.get(id)
  if (version === undefined) throw invalidInput([{ path: 'profile', code: 'not-a-choice', params: { choices: [...profiles.keys()] } }])
  const profile = await context.profileOf({ profile: id, profileVersion: version })
  return { profile, parent, actor: head ? actorOn(head, caller) : caller }
}

async function numberOf(
  { takeSerial }: Context,
  { numbers, letter }: Desk,
  parent: string | null,
  zone: string,
  now: string,
): Promise<string> {
  if (parent !== null) return `${parent}-${letter}${await takeSerial(`${parent}-${letter}`)}`
  return renderNumber(numbers, { now, zone, serial: await takeSerial(counterKey(numbers, now, zone)) })
}

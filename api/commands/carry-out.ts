import { isDatabaseAway } from '../../db/connect.ts'
import { beginRequestOn, type RequestClaim } from '../../db/requests.ts'
import { headOf } from '../../db/heads.ts'
import type { Head } from '../../db/schema.ts'
import { forbidden } from '../../domain/rejection.ts'
import { steps } from '../../runtime/metrics.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { actorOn, isCustomerOf, isOnlyCustomer, unknownProcess, visibleToAct } from '../access/access.ts'
import { contactShown } from './contact-shown.ts'
import type { Context } from '../deps.ts'
import { fittingWithRest } from '../http/input.ts'
import { asProblem, Problem, problem, rejected } from '../problems/problem.ts'
import { termsOf } from '../problems/words.ts'
import { logged } from './log.ts'
import { objections } from './objections.ts'
import type { StepAnswered, StepRequest } from './request.ts'
import { updated } from './through-workflow.ts'

/**
 * Carries out one command: once for each key, on the ticket's workflow, and into the rows before it answers. Throws a
 * {@link Problem}: refused (403, 404, 409, 412, 422), or not known to have happened (503, 504: same key again).
 */
export async function step(context: Context, request: StepRequest): Promise<StepAnswered> {
  const { db, once } = context
  const { host, number, command, caller, key, body } = request
  let seen: Head | undefined
  let fit = request
  const look = (head: Head | undefined) => {
    seen = visibleToAct(head, caller, number, host.desk)
    alsoTrace({ number })
    return seen
  }
  try {
    try {
      requireRole(request)
      fit = { ...request, body: await fittingBody(context, request, async () => look(await headOf(db, number, host.process.name))) }
    } catch (unfit) {
      // Before all else, whoever may not see the process hears that it is not there; of a confidential type, only that they may not.
      if (!seen && !host.desk?.confidential) look(await headOf(db, number, host.process.name))
      throw unfit
    }
    const posted = {
      caller: caller.id,
      key,
      route: `POST /api/${host.plural}/{number}/${command.name}`,
      ticket: number,
      body,
      async begin(claim: RequestClaim) {
        const begun = await beginRequestOn(db, host, claim, isOnlyCustomer(caller) ? caller.id : null)
        if (!begun) throw unknownProcess(number)
        look(begun.head)
        return begun.request
      },
    }
    const stored = await once(posted, (begun) => {
      const head = visibleToAct(seen, caller, number, host.desk)
      const onIt = { ...fit, caller: actorOn(head, caller) }
      requireRole(onIt)
      return context.limits.within(onIt.caller, 'acts', () =>
        command.kind === 'log' ? logged(context, onIt, head, begun) : updated(context, onIt, head, begun),
      )
    })
    const answer = { ...stored, customer: isCustomerOf(visibleToAct(seen, caller, number, host.desk), caller) ? caller.id : null }
    count(request, answer.replayed ? 'replayed' : 'accepted')
    return command.shows === 'contact' ? { ...answer, contact: await contactShown(context, fit, answer) } : answer
  } catch (thrown) {
    const error = asProblem(thrown)
    if (error instanceof Problem) error.about ??= host.process
    if (!seen) throw error
    countTrouble(request, error)
    // They are a courtesy; a database that is away must not take the problem's place.
    const profile = error instanceof Problem ? await context.profileOf(seen).catch(() => undefined) : undefined
    if (error instanceof Problem && profile) {
      error.zone = profile.zone
      const stages = host.stagesIn?.(profile) ?? host.process.stages
      error.terms = termsOf(profile, { stages, toCustomer: isCustomerOf(seen, caller) })
    }
    throw error
  }
}

/** The body as the process is to see it. Throws what is wrong with it, by its form and by what the process has against the rest. */
async function fittingBody(context: Context, request: StepRequest, head: () => Promise<Head>): Promise<unknown> {
  const { sent } = await fittingWithRest(request.command.input, request.body, async (given) =>
    objections(context, request, await head(), given),
  )
  return sent
}

function requireRole({ command, caller }: StepRequest): void {
  if (!caller.roles.some((role) => command.may[role]))
    throw rejected(forbidden('wrong-role', { command: command.name, roles: Object.keys(command.may) }))
}

/** Refused for good, to be sent again, or a mistake of ours: each problem has its code, of which there are only so many. */
function countTrouble(request: StepRequest, error: unknown): void {
  const { status, code } = error instanceof Problem ? error : problem(isDatabaseAway(error) ? 'database-away' : 'internal')
  const outcome =
    status === 429 ? 'busy' : status === 503 ? 'unavailable' : status === 504 ? 'unknown' : status < 500 ? 'rejected' : 'failed'
  count(request, outcome, code)
}

function count({ host, command }: StepRequest, outcome: string, code = ''): void {
  steps.inc({ process_type: host.process.name, command: command.name, outcome, code })
}

import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { perform } from '../../workflows/engine.ts'
import type { Act } from '../../workflows/act.ts'
import { isForHolder } from '../../workflows/process.ts'
import { actorOn } from '../access/access.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { Context } from '../deps.ts'
import type { InputError } from '../messages/render.ts'
import { completions } from './completions.ts'
import { mentionedIn } from './mentions.ts'
import type { StepRequest } from './request.ts'

/**
 * What the process has against an input that is refused already, so that everything is told at once (ADR 35). Judged on the state in
 * the rows, by the rules by which the workflow judges what it is given; it records nothing. Nothing where the act is refused whatever
 * its input says: that is told when the input is right.
 */
export async function objections(context: Context, request: StepRequest, head: Head, sent: unknown): Promise<readonly InputError[]> {
  const { command } = request
  const wholes = completions(command.input, sent)
  const [first] = wholes
  if (first === undefined) return []
  const caller = actorOn(head, request.caller)
  const [{ actor, directory, errors }, policy] = await Promise.all([
    partiesIn(context, { ...request, caller, body: first }, head),
    request.host.policyOf(context, head),
  ])
  const act = { requestId: request.key, actor, at: instantOf(context.clock.now().getTime()), directory }
  const ofEach = await Promise.all(
    wholes.map(async (body): Promise<readonly FieldError[]> => {
      const { input, faults } = await prepared(context, { ...request, body }, head.number)
      const judged = perform(request.host.process, command, head.state, policy, act, input)
      return [...faults, ...(judged.ok ? [] : (judged.rejection.errors ?? []))]
    }),
  )
  const [some = [], ...others] = ofEach
  const always = some.filter((error) => others.every((list) => list.some(({ path, code }) => path === error.path && code === error.code)))
  // What changes nothing now may have been meant to.
  return [...errors, ...always.filter(({ code, path }) => code !== 'nothing-to-change' && !errors.some((told) => told.path === path))]
}

/** Who acts, and for whom they stand in where the command is the holder's; who is named, and who of these work must not go to. */
export async function partiesIn(
  context: Context,
  request: StepRequest,
  head: Head,
): Promise<Pick<Act, 'actor' | 'directory'> & { readonly errors: readonly InputError[] }> {
  const { id, roles, teams } = request.caller
  const [named, actor] = await Promise.all([
    mentionedIn(context, request, head),
    isForHolder(request.command) ? withStoodInFor(context, request.caller, head.assignee) : { id, roles, teams },
  ])
  return { actor, ...named }
}

/** The input as the process is given it, and what is wrong with the part that had to be made ready. */
async function prepared(
  context: Context,
  { host, command, body }: StepRequest,
  number: string,
): Promise<{ readonly input: unknown; readonly faults: readonly FieldError[] }> {
  if (!command.prepared || !host.prepare) return { input: body, faults: [] }
  const done = await host.prepare(context, { command: command.name, number }, body)
  return done.ok ? { input: done.input, faults: [] } : { input: done.rest, faults: done.errors }
}

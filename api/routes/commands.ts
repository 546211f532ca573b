import type { Context as HttpContext } from 'hono'
import { nearest } from '../../domain/document/nearest.ts'
import { isForPeople } from '../../workflows/process.ts'
import type { Hosting, Registry } from '../../processes/hosting.ts'
import type { Context } from '../deps.ts'
import { etag, expectedVersion, requestKey, tellReplayed } from '../http/headers.ts'
import { jsonBody } from '../http/input.ts'
import { commandOperation } from '../operations/commands.ts'
import { camel } from '../openapi/names.ts'
import type { Env } from '../http/env.ts'
import { addressedType } from '../problems/addressed.ts'
import { problem, type Problem } from '../problems/problem.ts'
import { step } from '../commands/carry-out.ts'
import { actedView } from '../views/step.ts'
import { receives, type App } from './serving.ts'

/** POST /api/{plural}/{number}/{command}: one operation for each command definition of each process type. */
export function addCommands(app: App, context: Context): void {
  for (const host of context.processes) addCommandsOf(host, app, context)
}

function addCommandsOf(host: Hosting, app: App, context: Context): void {
  const { process } = host
  for (const command of process.commands.filter(isForPeople)) {
    receives(
      app,
      commandOperation(host, command, idOf(command.name, process.name, app.operations)),
      async ({ c, caller, params, answer }) => {
        const key = requestKey(c)
        const done = await step(context, {
          host,
          number: params.number,
          command,
          body: await jsonBody(c),
          caller,
          key,
          expectedVersion: expectedVersion(c.req.header('if-match')),
        })
        const view = actedView(host, done)
        c.header('ETag', etag(view.version))
        tellReplayed(c, done)
        return answer(view)
      },
    )
  }
}

/** The problem of a POST to a command that does not exist; undefined for other addresses. */
export function unknownCommand(c: HttpContext<Env>, processes: Registry): Problem | undefined {
  const [, given] = (c.req.method === 'POST' && /^\/api\/[^/]+\/[^/]+\/([^/]+)\/?$/.exec(c.req.path)) || []
  const host = addressedType(processes, c.req.path)
  if (host === undefined || given === undefined) return undefined
  const meant = nearest(
    given,
    host.process.commands.filter(isForPeople).map(({ name }) => name),
  )
  return problem('unknown-command', { given, ...(meant !== undefined && { nearest: meant }) })
}

/** A verb alone, such as `close` or `wait`, is the name of something else in most languages; and two types may have a command of one name. */
function idOf(name: string, process: string, taken: readonly { readonly id: string }[]): string {
  const plain = camel(name)
  return name.includes('-') && !taken.some(({ id }) => id === plain) ? plain : camel(`${name}-${process}`)
}

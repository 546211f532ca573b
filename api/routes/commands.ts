import type { Context as HttpContext } from 'hono'
import { nearest } from '../../domain/document/nearest.ts'
import { roles } from '../../domain/people.ts'
import { isForPeople } from '../../workflows/process.ts'
import type { Hosting, Registry } from '../../processes/hosting.ts'
import type { Context } from '../deps.ts'
import { etag, expectedVersion, requestKey, tellReplayed } from '../http/headers.ts'
import { jsonBody } from '../http/input.ts'
import { camel, pascal } from '../openapi/names.ts'
import { none, receives, type App } from '../openapi/operation.ts'
import type { Env } from '../http/env.ts'
import { problem, type Problem } from '../problems/problem.ts'
import { step } from '../commands/carry-out.ts'
import { processStepSchema } from '../views/process-schemas.ts'
import { revealedSchema, stepSchema } from '../views/step-schemas.ts'
import { numberParam } from '../views/schemas.ts'
import { actedView } from '../views/step.ts'

/** POST /api/{plural}/{number}/{command}: one operation for each command definition of each process type. */
export function addCommands(app: App, context: Context): void {
  for (const host of context.processes) addCommandsOf(host, app, context)
}

function addCommandsOf(host: Hosting, app: App, context: Context): void {
  const { process, plural } = host
  for (const command of process.commands.filter(isForPeople)) {
    receives(
      app,
      {
        method: 'post',
        path: `/api/${plural}/{number}/${command.name}`,
        id: idOf(command.name, process.name, app.operations),
        tag: host.desk ? pascal(plural) : 'Steps',
        summary: `${command.labels['zh-CN']} · ${command.labels.en}`,
        description: `${command.summary}\n\n${described(command.stages, command.requirements)}`,
        roles: roles.filter((role) => command.may[role]),
        // Whoever may not see the ticket hears that it is not there, whatever their role.
        asksRoles: true,
        ownOnly: roles.filter((role) => command.may[role] === 'own'),
        params: numberParam,
        query: none,
        content: { 'application/json': command.input },
        answer: {
          status: 200,
          description: 'Done; the events it made of the ticket',
          schema: host.desk ? processStepSchema : command.shows === 'contact' ? revealedSchema : stepSchema,
        },
        keyed: true,
        tagged: true,
        problems: [403, 404, 409, 429, 504],
        extensions: { 'x-requirements': command.requirements, 'x-stages': command.stages },
      },
      async ({ c, caller, params }) => {
        const key = requestKey(c)
        const answer = await step(context, {
          host,
          number: params.number,
          command,
          body: await jsonBody(c),
          caller,
          key,
          expectedVersion: expectedVersion(c.req.header('if-match')),
        })
        const view = actedView(host, answer)
        c.header('ETag', etag(view.version))
        tellReplayed(c, answer)
        return c.json(view, 200)
      },
    )
  }
}

/** The problem of a POST to a command that does not exist; undefined for other addresses. */
export function unknownCommand(c: HttpContext<Env>, processes: Registry): Problem | undefined {
  const [, plural, given] = (c.req.method === 'POST' && /^\/api\/([^/]+)\/[^/]+\/([^/]+)\/?$/.exec(c.req.path)) || []
  const host = processes.find((one) => one.plural === plural)
  if (host === undefined || given === undefined) return undefined
  const meant = nearest(
    given,
    host.process.commands.filter(isForPeople).map(({ name }) => name),
  )
  return problem('unknown-command', { given, ...(meant !== undefined && { nearest: meant }) })
}

function described(stages: readonly string[], requirements: readonly string[]): string {
  return [`**Stages:** ${stages.join(', ')}`, `**Requirements:** ${requirements.join(', ')}`].join('\n\n')
}

/** A verb alone, such as `close` or `wait`, is the name of something else in most languages; and two types may have a command of one name. */
function idOf(name: string, process: string, taken: readonly { readonly id: string }[]): string {
  const plain = camel(name)
  return name.includes('-') && !taken.some(({ id }) => id === plain) ? plain : camel(`${name}-${process}`)
}

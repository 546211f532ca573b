import type { Context as HttpContext } from 'hono'
import { nearest } from '../../domain/document/nearest.ts'
import { roles } from '../../domain/people.ts'
import { isForPeople } from '../../workflows/process.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { Context } from '../deps.ts'
import { etag, expectedVersion, requestKey, tellReplayed } from '../http/headers.ts'
import { jsonBody } from '../http/input.ts'
import { none, receives, type App } from '../openapi/operation.ts'
import type { Env } from '../http/env.ts'
import { problem, type Problem } from '../problems/problem.ts'
import { step } from '../commands/carry-out.ts'
import { revealedSchema, stepSchema } from '../views/step-schemas.ts'
import { numberParam } from '../views/schemas.ts'
import { stepView } from '../views/step.ts'

const commandsForPeople = ticketProcess.commands.filter(isForPeople)

/** POST /api/tickets/{number}/{command}: one operation for each command definition. */
export function addSteps(app: App, context: Context): void {
  for (const command of commandsForPeople) {
    receives(
      app,
      {
        method: 'post',
        path: `/api/tickets/{number}/${command.name}`,
        id: idOf(command.name),
        tag: 'Steps',
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
          schema: command.shows === 'contact' ? revealedSchema : stepSchema,
        },
        keyed: true,
        tagged: true,
        problems: [403, 404, 409, 429, 504],
        extensions: { 'x-requirements': command.requirements, 'x-stages': command.stages },
      },
      async ({ c, caller, params }) => {
        const key = requestKey(c)
        const answer = await step(context, {
          number: params.number,
          command,
          body: await jsonBody(c),
          caller,
          key,
          expectedVersion: expectedVersion(c.req.header('if-match')),
        })
        const view = stepView(answer)
        c.header('ETag', etag(view.version))
        tellReplayed(c, answer)
        return c.json(view, 200)
      },
    )
  }
}

/** The problem of a POST to a command that does not exist; undefined for other addresses. */
export function unknownCommand(c: HttpContext<Env>): Problem | undefined {
  const given = c.req.method === 'POST' ? /^\/api\/tickets\/[^/]+\/([^/]+)\/?$/.exec(c.req.path)?.[1] : undefined
  if (given === undefined) return undefined
  const meant = nearest(
    given,
    commandsForPeople.map(({ name }) => name),
  )
  return problem('unknown-command', { given, ...(meant !== undefined && { nearest: meant }) })
}

function described(stages: readonly string[], requirements: readonly string[]): string {
  return [`**Stages:** ${stages.join(', ')}`, `**Requirements:** ${requirements.join(', ')}`].join('\n\n')
}

/** A verb alone, such as `close` or `wait`, is the name of something else in most languages. */
function idOf(name: string): string {
  return name.includes('-') ? camel(name) : `${name}Ticket`
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

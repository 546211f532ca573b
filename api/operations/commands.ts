import type { z } from 'zod'
import { roles } from '../../domain/people.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { hasCommonRoutes, type Hosting } from '../../processes/hosting.ts'
import type { peopleCommands } from '../../workflows/ticket/process.ts'
import { pascal } from '../openapi/names.ts'
import { processStepSchema } from '../views/process-schemas.ts'
import { numberParam, numberParamOf } from '../views/schemas.ts'
import { revealedSchema, stepSchema } from '../views/ticket-step-schemas.ts'
import { none, receiving } from '../openapi/operation.ts'

/** POST /api/{plural}/{number}/{command}: the operation of a command, as its definition has it. */
export function commandOperation(host: Hosting, command: Hosting['process']['commands'][number], id: string) {
  const isCommon = hasCommonRoutes(host)
  return receiving({
    method: 'post',
    path: `/api/${host.plural}/{number}/${command.name}`,
    id,
    tag: isCommon ? pascal(host.plural) : 'Steps',
    summary: `${command.labels['zh-CN']} · ${command.labels.en}`,
    description: `${command.summary}\n\n${described(command.stages, command.requirements)}`,
    roles: roles.filter((role) => command.may[role]),
    // Whoever may not see the process hears that it is not there, whatever their role.
    asksRoles: true,
    ownOnly: roles.filter((role) => command.may[role] === 'own' || command.may[role] === 'part'),
    params: isCommon ? numberParamOf(host.process.labels.en) : numberParam,
    query: none,
    content: { 'application/json': command.input },
    answer: {
      status: 200,
      description: 'Done; the events it made',
      schema: isCommon ? processStepSchema : command.shows === 'contact' ? revealedSchema : stepSchema,
    },
    keyed: true,
    tagged: true,
    problems: [403, 404, 409, 429, 504],
    extensions: { 'x-requirements': command.requirements, 'x-stages': command.stages },
  })
}

function described(stages: readonly string[], requirements: readonly string[]): string {
  const serves = requirements.length > 0 ? [`**Requirements:** ${requirements.join(', ')}`] : []
  return [`**Stages:** ${stages.join(', ')}`, ...serves].join('\n\n')
}

type TicketCommand = (typeof peopleCommands)[number]
/** What people do to tickets, by its name. */
export type TicketCommandName = TicketCommand['name']
/** What is sent with it. */
export type TicketCommandInput<N extends TicketCommandName> = Unchanging<z.input<Extract<TicketCommand, { readonly name: N }>['input']>>

/** What is answered to any of them; a contact by the one that shows it. */
export const actedSchema = revealedSchema.partial({ contact: true })
export type Acted = z.output<typeof actedSchema>

import { roleLabels, roles, type Role } from '../domain/people.ts'
import { ticketStages } from '../domain/ticket-stages.ts'
import type { TicketCommand } from '../workflows/ticket/command.ts'
import { isForPeople } from '../workflows/process.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import { table } from './tables.ts'

/** docs/commands.md: who may do what and when, read from the command definitions. */
export function commandsPage(): string {
  const commands = ticketProcess.commands.filter(isForPeople)
  const open = ticketStages.filter(({ id }) => commands.some((command) => command.stages.includes(id)))
  return [
    '# Ticket commands',
    'Generated from the command definitions by `npm run docs:generate`. Each command is the workflow Update and the route `POST /api/tickets/{number}/{command}` of its name.',
    '## Commands',
    table(
      ['Command', '名称', 'What it does', 'Serves'],
      commands.map(({ name, labels, summary, requirements }) => [`\`${name}\``, labels['zh-CN'], summary, requirements.join(', ')]),
    ),
    '## Who may',
    '● whatever the ticket · ○ tickets they have in hand (customers: those they registered). Other roles are refused with 403.',
    table(
      ['Command', ...roles.map((role) => `${role}<br>${roleLabels[role]['zh-CN']}`)],
      commands.map((command) => [`\`${command.name}\``, ...roles.map((role) => mark(command, role))]),
    ),
    '## In which stages, by whom',
    'An empty cell: refused with 409 for everybody. A ticket that is archived, withdrawn or merged takes no command.',
    table(
      ['Command', ...open.map(({ id, labels }) => `${id}<br>${labels['zh-CN']}`)],
      commands.map((command) => [`\`${command.name}\``, ...open.map(({ id }) => cell(command, id))]),
    ),
    [
      'Roles: ',
      ...Object.entries(letters).map(([role, letter], at) => `${at === 0 ? '' : ', '}${letter} ${role}`),
      '; small letters: own tickets only.',
    ].join(''),
  ]
    .join('\n\n')
    .concat('\n')
}

const letters: Readonly<Record<Role, string>> = {
  customer: 'C',
  agent: 'A',
  engineer: 'E',
  supervisor: 'S',
  'department-lead': 'D',
  quality: 'Q',
  admin: 'X',
  service: 'M',
}

function mark({ may }: TicketCommand, role: Role): string {
  return may[role] === 'any' ? '●' : may[role] === 'own' ? '○' : ''
}

function cell({ may, stages: possible }: TicketCommand, stage: string): string {
  if (!possible.includes(stage)) return ''
  return roles.map((role) => (may[role] === 'any' ? letters[role] : may[role] === 'own' ? letters[role].toLowerCase() : '')).join('')
}

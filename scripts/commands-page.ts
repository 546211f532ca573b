import { pascal } from '../api/openapi/names.ts'
import { roleLabels, roles, type Role } from '../domain/people.ts'
import { stagesThatAre } from '../domain/stages.ts'
import type { Hosting, Registry } from '../processes/hosting.ts'
import { isForPeople, type Permission } from '../workflows/process.ts'
import { commandInputs } from './command-inputs.ts'
import { table } from './tables.ts'

/** docs/commands.md: who may do what and when, read from the command definitions of every process type. */
export function commandsPage(processes: Registry): string {
  return processes.map(({ process, plural }) => commandsOf(process, plural)).join('\n')
}

function commandsOf({ name: type, commands: all, stages }: Hosting['process'], plural: string): string {
  const commands = all.filter(isForPeople)
  const ended = stagesThatAre(stages, 'ended')
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')
  const open = stages.filter(({ id }) => commands.some((command) => command.stages.includes(id)))
  const isHelped = commands.some(({ may }) => Object.values(may).includes('part'))
  return [
    `# ${pascal(type)} commands`,
    `Generated from the command definitions by \`npm run docs:generate\`. Each command is the workflow Update and the route \`POST /api/${plural}/{number}/{command}\` of its name.`,
    '## Commands',
    table(
      ['Command', '名称', 'What it does', 'Serves'],
      commands.map(({ name, labels, summary, requirements }) => [`\`${name}\``, labels['zh-CN'], summary, requirements.join(', ')]),
    ),
    '## What is sent',
    commandInputs(commands),
    '## Who may',
    `● whatever the ${type} · ○ ${plural} they have in hand (customers: those that are theirs)${isHelped ? ` · ◐ those, and ${plural} they help with` : ''}. Other roles are refused with 403.`,
    table(
      ['Command', ...roles.map((role) => `${role}<br>${roleLabels[role]['zh-CN']}`)],
      commands.map((command) => [`\`${command.name}\``, ...roles.map((role) => mark(command, role))]),
    ),
    '## In which stages, by whom',
    `An empty cell: refused with 409 for everybody, as is every command once the ${type} is ${ended}.`,
    table(
      ['Command', ...open.map(({ id, labels }) => `${id}<br>${labels['zh-CN']}`)],
      commands.map((command) => [`\`${command.name}\``, ...open.map(({ id }) => cell(command, id))]),
    ),
    [
      'Roles: ',
      ...Object.entries(letters).map(([role, letter], at) => `${at === 0 ? '' : ', '}${letter} ${role}`),
      `; small letters: own ${plural} only${isHelped ? `, with + those they help with too` : ''}.`,
    ].join(''),
  ]
    .join('\n\n')
    .concat('\n')
}

type AnyCommand = Hosting['process']['commands'][number]

/** How the page writes roles in its cells. */
export const letters: Readonly<Record<Role, string>> = {
  customer: 'C',
  agent: 'A',
  engineer: 'E',
  supervisor: 'S',
  'department-lead': 'D',
  quality: 'Q',
  management: 'G',
  admin: 'X',
  service: 'M',
}

const marks: Readonly<Record<Permission, string>> = { any: '●', own: '○', part: '◐' }

function mark({ may }: AnyCommand, role: Role): string {
  const permission = may[role]
  return permission === undefined ? '' : marks[permission]
}

function cell({ may, stages: possible }: AnyCommand, stage: string): string {
  if (!possible.includes(stage)) return ''
  return roles.map((role) => letterOf(role, may[role])).join('')
}

function letterOf(role: Role, permission: Permission | undefined): string {
  switch (permission) {
    case undefined:
      return ''
    case 'any':
      return letters[role]
    case 'own':
      return letters[role].toLowerCase()
    case 'part':
      return `${letters[role].toLowerCase()}+`
  }
}

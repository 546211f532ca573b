import { readFileSync } from 'node:fs'
import { letters } from '../../scripts/commands-page.ts'
import { roles, type Role } from '../../domain/people.ts'
import type { Stage } from '../../domain/ticket-stages.ts'

/** docs/commands.md says who may do what and when: what the engine and the API are held to, cell by cell. */

/** Of the path from intake to follow-up; in the others nobody may do anything. */
export const openStages = [
  'intake',
  'triage',
  'assignment',
  'handling',
  'verification',
  'confirmation',
  'closing',
  'follow-up',
] as const satisfies readonly Stage[]
export type OpenStage = (typeof openStages)[number]

export type PermissionCode = 'wrong-role' | 'ended' | 'wrong-stage' | 'not-yours'

/** The table's cells by command and stage: who may, in letters that are small where only the holder may. */
const cells = new Map<string, string>()
/** The matrix' roles by command: who may at all, whatever the stage. */
const matrix = new Map<string, readonly Role[]>()
readPage()

/** Its commands: the same in both tables. */
export const commandsOnPage: readonly string[] = [...matrix.keys()]

/** Each cell of the table as it stands, by `command stage`. */
export const cellsOnPage: ReadonlyMap<string, string> = cells

/** Whether the command is open to the role in a stage, at least to who has the ticket in hand or, as a customer, registered it. */
export function isOpenTo(role: Role, command: string, stage: OpenStage): 'to any' | 'to the holder' | false {
  const cell = cells.get(`${command} ${stage}`) ?? ''
  if (cell.includes(letters[role])) return 'to any'
  return cell.includes(letters[role].toLowerCase()) && 'to the holder'
}

/** Why the page refuses it to the role; undefined: it is allowed. A command that is not there is nobody's. */
export function refusedOnPage(command: string, stage: Stage, role: Role, holds: boolean): PermissionCode | undefined {
  if (!(matrix.get(command) ?? []).includes(role)) return 'wrong-role'
  if (!isOpenStage(stage)) return 'ended'
  if ((cells.get(`${command} ${stage}`) ?? '') === '') return 'wrong-stage'
  switch (isOpenTo(role, command, stage)) {
    case 'to any':
      return undefined
    case 'to the holder':
      return holds ? undefined : 'not-yours'
    case false:
      throw new Error(`docs/commands.md: the two tables disagree on ${command} by ${role} in ${stage}`)
  }
}

function isOpenStage(stage: Stage): stage is OpenStage {
  return openStages.some((open) => open === stage)
}

function readPage(): void {
  // Of other types each has a chapter after the ticket's.
  const [page = ''] = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8').split(/\n(?=# )/)
  for (const [, heading = '', text = ''] of page.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)) {
    for (const [, command = '', rest = ''] of text.matchAll(/^\| `([\w-]+)` \|(.*)\|$/gm)) {
      const columns = rest.split('|').map((column) => column.trim())
      if (heading === 'In which stages, by whom')
        for (const [at, stage] of openStages.entries()) cells.set(`${command} ${stage}`, columns[at] ?? '')
      // ● and ○ alike.
      if (heading === 'Who may')
        matrix.set(
          command,
          roles.filter((_, at) => columns[at] !== ''),
        )
    }
  }
}

import { ruleText } from '../../domain/differences/conditions.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { ticketStages, type Stage } from '../../domain/ticket-stages.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'

/** The path of a ticket by a profile, as a picture. */

export interface Step {
  readonly from: Stage
  /** The act that does it; null: time. */
  readonly act: string | null
  readonly to: Stage
  /** Under which condition, or with which outcome. */
  readonly note?: string
}

/** From where an act leads where. */
export function stepsOf(profile: Profile): Step[] {
  const before = stagesBefore[profile.begins]
  const meets = profile.priorities.filter(({ reviewMeeting }) => reviewMeeting !== false)
  const { closingReport } = profile
  const all: readonly (Step | false)[] = [
    { from: 'intake', act: 'review-intake', to: 'triage', note: 'complete' },
    { from: 'triage', act: 'diagnose', to: 'assignment' },
    meets.length > 0 && {
      from: 'triage',
      act: 'record-review-meeting',
      to: 'assignment',
      note: meets.map(({ label }) => label.en).join(', '),
    },
    { from: 'assignment', act: 'accept', to: 'handling' },
    { from: 'handling', act: 'release', to: 'assignment' },
    { from: 'handling', act: 'complete', to: 'verification' },
    { from: 'verification', act: 'verify', to: 'confirmation', note: 'passed' },
    { from: 'verification', act: 'verify', to: 'handling', note: 'failed' },
    { from: 'confirmation', act: 'confirm', to: 'handling', note: 'unsolved' },
    closingReport !== false && {
      from: 'confirmation',
      act: 'confirm',
      to: 'closing',
      note: closingReport === true ? 'solved or partly' : `with a report: ${plain(ruleText(closingReport, profile, 'en'))}`,
    },
    closingReport !== true && { from: 'confirmation', act: 'confirm', to: 'follow-up', note: 'solved or partly' },
    closingReport !== false && { from: 'closing', act: 'close', to: 'follow-up' },
    closesBySilence(profile) && { from: 'confirmation', act: null, to: 'follow-up', note: 'silence' },
    { from: 'follow-up', act: 'reopen', to: 'handling' },
    { from: 'follow-up', act: null, to: 'archived', note: 'the reopening window is over, and nothing is owed' },
  ]
  return all.filter((step): step is Step => step !== false && !before.includes(step.from) && !before.includes(step.to))
}

const stagesBefore: Readonly<Record<Profile['begins'], readonly Stage[]>> = {
  intake: [],
  triage: ['intake'],
  assignment: ['intake', 'triage'],
}

export function closesBySilence({ clocks }: Profile): boolean {
  return clocks.some(({ whenDue }) => whenDue === 'close')
}

/** As Mermaid draws it, each stage and act by its names. */
export function pathPicture(profile: Profile): string {
  const steps = stepsOf(profile)
  const used = ticketStages.filter(({ id }) => steps.some(({ from, to }) => from === id || to === id))
  const node = (id: Stage) => id.replaceAll('-', '_')
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...used.map(({ id, labels }) => `  state "${labels['zh-CN']} ${id}" as ${node(id)}`),
    `  [*] --> ${node(profile.begins)}: 登记 register`,
    ...steps.map(
      ({ from, act, to, note }) => `  ${node(from)} --> ${node(to)}: ${[actName(act), note && `(${note})`].filter(Boolean).join(' ')}`,
    ),
    '  archived --> [*]',
    '```',
  ].join('\n')
}

function actName(act: string | null): string {
  if (act === null) return ''
  const command = ticketProcess.commands.find(({ name }) => name === act)
  if (!command) throw new Error(`tickets have no command ${act}`)
  return `${command.labels['zh-CN']} ${act}`
}

/** Mermaid ends a line at a semicolon, and a label at a colon. */
function plain(text: string): string {
  return text.replaceAll(/[:;]/g, ' ').replaceAll(/ +/g, ' ')
}

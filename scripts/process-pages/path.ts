import { ruleText } from '../../domain/differences/conditions.ts'
import type { Rule } from '../../domain/profile/conditions.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { isUnless, leavingOut, leftOutBy, optionalStages } from '../../domain/profile/stages.ts'
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
  const ways = waysOf(profile)
  const meets = profile.priorities.filter(({ reviewMeeting }) => reviewMeeting !== false)
  const forward = path.flatMap(([from, act, outcome], at) =>
    onwards(ways, path.slice(at + 1)).map(({ to, when }): Step => ({
      from,
      act,
      to,
      note: [outcome, when].filter((part) => part !== '').join(', '),
    })),
  )
  const others: readonly (Step | false)[] = [
    meets.length > 0 && {
      from: 'triage',
      act: 'record-review-meeting',
      to: 'assignment',
      note: meets.map(({ label }) => label.en).join(', '),
    },
    { from: 'handling', act: 'release', to: 'assignment' },
    { from: 'verification', act: 'verify', to: 'handling', note: 'failed' },
    { from: 'confirmation', act: 'confirm', to: 'handling', note: 'unsolved' },
    closesBySilence(profile) && { from: 'confirmation', act: null, to: 'follow-up', note: 'silence' },
    { from: 'follow-up', act: 'reopen', to: 'handling' },
    { from: 'follow-up', act: null, to: 'archived', note: 'the reopening window is over, and nothing is owed' },
  ]
  const isPassed = (stage: Stage) => ways.get(stage) !== 'never'
  return [...forward, ...others].filter((step): step is Step => step !== false && isPassed(step.from) && isPassed(step.to))
}

/** The stages in their order, each with the act that leads on, and its outcome. */
const path = [
  ['intake', 'review-intake', 'complete'],
  ['triage', 'diagnose', ''],
  ['assignment', 'accept', ''],
  ['handling', 'complete', ''],
  ['verification', 'verify', 'passed'],
  ['confirmation', 'confirm', 'solved or partly'],
  ['closing', 'close', ''],
  ['follow-up', '', ''],
] as const satisfies readonly (readonly [Stage, string, string])[]

/** Whether tickets pass a stage: never, or only some, and which; all pass those that are not here. */
function waysOf(profile: Profile): ReadonlyMap<Stage, 'never' | { readonly unless: string }> {
  const told = (rule: Rule) => plain(ruleText(rule, profile, 'en'))
  const ways = new Map<Stage, 'never' | { readonly unless: string }>()
  for (const stage of optionalStages) {
    const when = leavingOut(stage, { ...profile, leftOut: leftOutBy(profile) })
    if (when === true) ways.set(stage, 'never')
    else if (isUnless(when)) ways.set(stage, { unless: `with a report ${told(when.unless)}` })
    else if (when !== false) ways.set(stage, { unless: `unless ${told(when)}` })
  }
  return ways
}

/** Where it goes on from a stage: to the next one that all pass, or to one before it that only some do. */
function onwards(ways: ReturnType<typeof waysOf>, next: readonly (typeof path)[number][]): { readonly to: Stage; readonly when: string }[] {
  const found: { readonly to: Stage; readonly when: string }[] = []
  for (const [to] of next) {
    const way = ways.get(to)
    if (way === 'never') continue
    found.push({ to, when: way?.unless ?? '' })
    if (way === undefined) break
  }
  return found
}

/** Where a ticket begins: at the first stage that is not left out. */
export function beginningOf(profile: Profile): Stage {
  const ways = waysOf(profile)
  return path.find(([stage]) => ways.get(stage) !== 'never')?.[0] ?? 'assignment'
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
    `  [*] --> ${node(beginningOf(profile))}: 登记 register`,
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

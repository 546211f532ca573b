import { said, type Labels, type Locale } from '../domain/labels.ts'
import { isObject } from '../domain/document/loose.ts'
import { checkFields } from '../domain/fields.ts'
import type { Instant } from '../domain/instant.ts'
import type { ProfileField } from '../domain/profile/schema.ts'
import { factsOf } from '../workflows/common/facts.ts'
import type { Policy } from '../domain/profile/policy.ts'
import { openMilestones } from '../workflows/ticket/milestones.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import type { Act } from './asked.ts'

/**
 * What acts of a story say where the story leaves it out: what every such act needs, and what moves no promise. An instant that is promised with
 * an act (a plan's end, a new deadline), for whom the work waits, and which priority is wished for, only the story says.
 */

type Input = Readonly<Record<string, unknown>>

interface Scene {
  /** What the story says. */
  readonly given: Input
  readonly at: Instant
  readonly state: TicketState
  readonly policy: Policy
  readonly language: Locale
}

export function usualInput(name: Act['do'], scene: Scene): Input {
  const input = usual[name]
  return typeof input === 'function' ? input(scene) : {}
}

/** What stands where somebody would write. */
const sample: Labels = said('（演练文字）', '（演練文字）', '(rehearsal)')
export const sampleTitle: Labels = said('演练工单', '演練工單', 'A rehearsed ticket')
export const sampleOrganisation: Labels = said('演练公司', '演練公司', 'Rehearsal Ltd')

const reason = ({ language }: Scene): Input => ({ reason: sample[language] })
const nothing = (): Input => ({})

/** What an act of the organisation's own has to say, but for the instants from which clocks count: only who rehearses can say these (ADR 55). */
function actFields({ given, policy, state, at, language }: Scene): Input {
  const act = policy.acts?.find(({ id }) => id === given['act'])
  const said = isObject(given['fields']) ? given['fields'] : {}
  const checked = act && checkFields(said, act.fields, { requireAll: true, about: factsOf(state) })
  if (!act || !checked || checked.ok) return {}
  const isCounted = (field: string) => policy.clocks.some(({ from }) => from?.act === act.id && from.field === field)
  const lacking = act.fields.filter(({ id }) => checked.errors.some(({ path, code }) => code === 'required' && path === `fields.${id}`))
  return {
    fields: Object.fromEntries(lacking.filter(({ id }) => !isCounted(id)).map((field) => [field.id, sampleOf(field, at, language)])),
  }
}

/** Something that a field takes. */
export function sampleOf({ kind, choices }: ProfileField, at: Instant, language: Locale): string | number | boolean {
  switch (kind) {
    case 'date':
      return at.slice(0, 10)
    case 'instant':
      return at
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'choice':
      return choices?.[0]?.id ?? ''
    default:
      return sampleTitle[language]
  }
}

/** The words of a list; where it is empty, ours. */
function first(terms: readonly { readonly id: string }[], language: Locale): string {
  return terms[0]?.id ?? sample[language]
}

function channel({ policy: { liveChannels, channels } }: Scene): string | undefined {
  return liveChannels[0] ?? channels[0]
}

const usual: Readonly<Record<Act['do'], (scene: Scene) => Input>> = {
  supplement: ({ language }) => ({ text: sample[language] }),
  'review-intake': () => ({ complete: true }),
  diagnose: ({ policy, language }) => ({
    summary: sample[language],
    module: first(policy.classification.modules, language),
    reproduced: true,
  }),
  'record-review-meeting': ({ state, language }) => ({
    participants: ['supervisor', 'handler'],
    decision: sample[language],
    priority: state.priority,
    minutes: sample[language],
  }),
  assign: () => ({ assignee: 'handler' }),
  claim: nothing,
  release: reason,
  reassign: ({ language }) => ({ assignee: 'colleague', reason: sample[language] }),
  'hand-over': ({ state, language }) => ({ from: state.assignee ?? 'handler', to: 'colleague', reason: sample[language] }),
  accept: nothing,
  'confirm-priority': nothing,
  'request-priority-change': reason,
  'decide-priority-change': () => ({ approve: true }),
  plan: ({ policy, language }) => ({ kind: first(policy.planKinds, language), steps: sample[language], impact: sample[language] }),
  'update-progress': ({ language }) => ({ text: sample[language], visibleToCustomer: true }),
  defer: ({ language }) => ({ reason: sample[language], cause: 'objective', customerTold: false }),
  'add-helper': ({ language }) => ({ helper: 'colleague', duty: sample[language] }),
  'remove-helper': ({ state }) => ({ helper: state.helpers?.[0]?.person ?? 'colleague' }),
  query: ({ language }) => ({ question: sample[language] }),
  'answer-query': ({ language }) => ({ answer: sample[language] }),
  'hand-up': ({ language }) => ({ supervisor: 'supervisor', problem: sample[language], tried: sample[language] }),
  intervene: ({ language }) => ({ cause: 'other', reason: sample[language] }),
  'close-intervention': ({ language }) => ({ outcome: sample[language] }),
  'record-coordination': ({ state, language }) => ({
    participants: ['representative', 'handler'],
    duties: [{ department: state.team, duty: sample[language], milestones: [] }],
    minutes: sample[language],
  }),
  'report-milestone': ({ state, language }) => ({ milestone: openMilestones(state)[0]?.id ?? 1, result: sample[language] }),
  'move-milestone': ({ state, language }) => ({
    milestone: openMilestones(state)[0]?.id ?? 1,
    owner: 'colleague',
    reason: sample[language],
  }),
  'drop-milestone': ({ state, language }) => ({ milestone: openMilestones(state)[0]?.id ?? 1, reason: sample[language] }),
  wait: reason,
  resume: nothing,
  complete: ({ state, policy, language }) => ({
    solution: sample[language],
    cause: { direct: sample[language], underlying: sample[language] },
    classification: {
      module: first(policy.classification.modules, language),
      type: state.type,
      cause: first(policy.classification.causes, language),
    },
    tags: [sampleTag[language]],
  }),
  verify: ({ language }) => ({ passed: true, method: sample[language], sideEffectsChecked: true }),
  confirm: (scene) => ({ outcome: 'solved', channel: channel(scene) }),
  'finish-task': ({ state, language }) => ({ task: state.tasks[0]?.id ?? 1, result: sample[language] }),
  close: () => ({ satisfaction: 5 }),
  callback: ({ language }) => ({ reached: true, satisfaction: 5, experience: sample[language] }),
  'file-article': ({ language }) => ({ article: sample[language] }),
  reopen: reason,
  withdraw: reason,
  contact: (scene) => ({ channel: channel(scene), direction: 'outbound', text: sample[scene.language] }),
  note: ({ language }) => ({ text: sample[language] }),
  'record-act': actFields,
  urge: nothing,
  'declare-major': reason,
  correct: reason,
  reclassify: reason,
  reveal: reason,
  dispatch: ({ state }) => ({ team: state.team, candidates: [{ assignee: 'handler', insteadOf: null, skills: 0, inHand: 0 }] }),
  'tag-customer': nothing,
}

const sampleTag: Labels = said('登录验证码', '登入驗證碼', 'login code')

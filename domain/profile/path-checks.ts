import { itemsOf, memberOf, textsOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { own } from '../own.ts'
import { ticketStages } from '../ticket-stages.ts'
import type { PlainMoment } from './moments.ts'
import { optionalStages, type OptionalStage } from './stages.ts'

/** What follows from stages that are left out (X11): promises that nothing would begin or end any more are refused, not forgotten. */
export function inPath(profile: unknown): Mistake[] {
  const leftOut = leftOutIn(profile)
  return [
    ...inStages(profile),
    ...saidTwice(profile),
    ...inClocks(profile, leftOut),
    ...inRules(profile, leftOut),
    ...inReviews(profile, leftOut),
  ]
}

/** `always`, or under a condition. */
type LeftOut = ReadonlyMap<string, 'always' | 'sometimes'>

function leftOutIn(profile: unknown): LeftOut {
  const begins = memberOf(profile, 'begins')
  const said = itemsOf(memberOf(profile, 'stages')).flatMap((stage): [string, 'always' | 'sometimes'][] => {
    const rule = memberOf(stage, 'leftOut')
    if (!leavesOut(rule)) return []
    return [[String(memberOf(stage, 'id')), rule === true ? 'always' : 'sometimes']]
  })
  return new Map<string, 'always' | 'sometimes'>([
    ...(begins === 'triage' || begins === 'assignment' ? [['intake', 'always'] as const] : []),
    ...(begins === 'assignment' ? [['triage', 'always'] as const] : []),
    ...(memberOf(profile, 'closingReport') === false ? [['closing', 'always'] as const] : []),
    ...said,
  ])
}

/** Stages that no ticket of the profile passes. */
export function alwaysLeftOut(profile: unknown): readonly string[] {
  return [...leftOutIn(profile)].flatMap(([stage, when]) => (when === 'always' ? [stage] : []))
}

function leavesOut(rule: unknown): boolean {
  return rule === true || (typeof rule === 'object' && rule !== null)
}

/** Stages without which a ticket could not be solved, or taken up again. */
function inStages(profile: unknown): Mistake[] {
  return itemsOf(memberOf(profile, 'stages')).flatMap((stage, at): Mistake[] => {
    const id = memberOf(stage, 'id')
    const isNeeded = ticketStages.some((one) => one.id === id) && !optionalStages.some((one) => one === id)
    if (!isNeeded || typeof id !== 'string' || !leavesOut(memberOf(stage, 'leftOut'))) return []
    return [{ path: ['stages', at, 'leftOut'], code: 'stage-needed', given: id, params: { known: optionalStages } }]
  })
}

/** `begins` and `closingReport` say the same of some stages as `stages` does. */
function saidTwice(profile: unknown): Mistake[] {
  const said = itemsOf(memberOf(profile, 'stages')).flatMap((stage) =>
    leavesOut(memberOf(stage, 'leftOut')) ? [String(memberOf(stage, 'id'))] : [],
  )
  const begins = memberOf(profile, 'begins')
  const twice = (key: string, stages: readonly string[]): Mistake[] => {
    const both = stages.filter((stage) => said.includes(stage))
    return both.length === 0 ? [] : [{ path: [key], code: 'left-out-twice', params: { known: both } }]
  }
  return [
    ...(begins === 'triage' || begins === 'assignment' ? twice('begins', ['intake', 'triage']) : []),
    ...(memberOf(profile, 'closingReport') === undefined ? [] : twice('closingReport', ['closing'])),
  ]
}

/** The stage without which a moment never comes; null: it comes whatever is left out. An act of the organisation's own is looked at by itself. */
const stageOfMoment: Readonly<Record<PlainMoment, OptionalStage | null>> = {
  submitted: null,
  contacted: null,
  'department-contacted': null,
  'customer-asked': null,
  'customer-answered': null,
  'waiting-started': null,
  'waiting-ended': null,
  'review-called': 'triage',
  'review-recorded': 'triage',
  received: null,
  'priority-reviewed': null,
  'priority-changed': null,
  queried: null,
  'query-answered': null,
  'query-dropped': null,
  'handed-up': null,
  intervened: null,
  'intervention-closed': null,
  coordinated: null,
  'milestone-set': null,
  'milestone-reached': null,
  'milestone-dropped': null,
  'plan-needed': null,
  accepted: null,
  planned: null,
  updated: null,
  'deadline-agreed': null,
  deferred: null,
  released: null,
  completed: null,
  returned: null,
  'confirmation-asked': 'confirmation',
  confirmed: 'confirmation',
  resolved: null,
  dissatisfied: 'confirmation',
  closed: null,
  'called-back': null,
  'article-filed': null,
  reopened: null,
}

interface Named {
  readonly path: Mistake['path']
  readonly moment: string
  readonly stage: OptionalStage | null
  /** When its stage is left out; undefined: never. */
  readonly leftOut: 'always' | 'sometimes' | undefined
}

/** The moments of a list, each with its place. */
function momentsAt(list: unknown, path: Mistake['path'], leftOut: LeftOut): Named[] {
  return textsOf(list).map(([nth, moment]) => {
    const stage = own<OptionalStage | null>(stageOfMoment, moment) ?? null
    return { path: [...path, nth], moment, stage, leftOut: stage === null ? undefined : leftOut.get(stage) }
  })
}

function neverComes({ path, moment, stage }: Named): Mistake {
  return { path, code: 'moment-left-out', given: moment, params: { at: stage } }
}

/** A notice that nobody would get. */
function inRules(profile: unknown, leftOut: LeftOut): Mistake[] {
  return itemsOf(memberOf(profile, 'notificationRules')).flatMap((rule, at) =>
    momentsAt(memberOf(rule, 'on'), ['notificationRules', at, 'on'], leftOut)
      .filter(({ leftOut: when }) => when === 'always')
      .map(neverComes),
  )
}

function inClocks(profile: unknown, leftOut: LeftOut): Mistake[] {
  return itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at): Mistake[] => {
    const named = (key: string) => momentsAt(memberOf(clock, key), ['clocks', at, key], leftOut)
    const [starts, stops] = [named('starts'), named('stops')]
    const [lost] = starts
    if (lost?.leftOut === 'always' && starts.every(({ leftOut: when }) => when === 'always'))
      return [{ path: ['clocks', at, 'starts'], code: 'never-starts', params: { at: lost.stage } }]
    const gone = [...starts, ...stops, ...named('cancels')].filter(({ leftOut: when }) => when === 'always')
    const ends = stops.filter(({ leftOut: when }) => when !== undefined)
    const mayNeverStop = stops.length > 0 && ends.length === stops.length && starts.some(({ leftOut: when }) => when === undefined)
    return [
      ...gone.map(neverComes),
      ...(mayNeverStop && !ends.some(({ leftOut: when }) => when === 'always')
        ? [{ path: ['clocks', at, 'stops'], code: 'may-never-stop', params: { at: ends[0]?.stage } }]
        : []),
    ]
  })
}

/** An emergency review belongs to triage. */
function inReviews(profile: unknown, leftOut: LeftOut): Mistake[] {
  if (leftOut.get('triage') !== 'always') return []
  return itemsOf(memberOf(profile, 'priorities')).flatMap((priority, at): Mistake[] =>
    leavesOut(memberOf(priority, 'reviewMeeting')) ? [{ path: ['priorities', at, 'reviewMeeting'], code: 'review-without-triage' }] : [],
  )
}

import type { ProfileAct } from '../../domain/profile/acts.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import { policyOf, techSupport } from './tickets.ts'
import { basesIn } from '../../domain/derivation/documents.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import type { Profile, ProfileField } from '../../domain/profile/schema.ts'
import { readFileSync } from 'node:fs'

/** A property manager's repairs: acts of their own, and clocks that count from an appointment (X11). */

const label = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })

export const appointment: ProfileField = { id: 'appointment', label: label('预约上门时间'), kind: 'instant', required: false }

export const ownActs: readonly ProfileAct[] = [
  {
    id: 'arrived',
    label: label('已到场'),
    stages: ['assignment', 'handling'],
    roles: ['handler', 'supervisor'],
    fields: [],
    visibleToCustomer: true,
  },
  {
    id: 'part-ordered',
    label: label('已订配件'),
    stages: ['handling'],
    roles: ['handler'],
    fields: [
      { id: 'part', label: label('配件'), kind: 'text', required: true },
      { id: 'expectedAt', label: label('预计到货'), kind: 'instant', required: false },
      { id: 'supplier', label: label('供应商'), kind: 'text', required: false, internal: true },
      { id: 'price', label: label('价格'), kind: 'number', required: false, requiredWhen: { fields: { supplier: { given: true } } } },
    ],
    visibleToCustomer: true,
  },
  {
    id: 'part-arrived',
    label: label('配件到货'),
    stages: ['handling'],
    roles: ['engineer', 'service'],
    fields: [],
    visibleToCustomer: false,
  },
]

const rung = { times: 1, to: ['handler' as const] }
const clock = {
  cancels: [],
  pauses: [],
  whenDue: 'break',
  timeBase: 'elapsed',
  priorities: null,
  within: null,
  ladder: [],
} as const satisfies Partial<PolicyClock>

/** Due at the appointment; the handler is reminded an hour before. */
export const visit: PolicyClock = {
  ...clock,
  id: 'visit',
  label: 'visit',
  starts: ['submitted'],
  stops: ['act:arrived'],
  from: { field: 'appointment' },
  ladder: [
    { ...rung, id: 'reminder', at: '-PT1H' },
    { ...rung, id: 'missed', at: '0%' },
  ],
}

/** So long from the appointment. */
export const repair: PolicyClock = {
  ...visit,
  id: 'repair',
  label: 'repair',
  stops: ['completed'],
  within: Object.fromEntries(techSupport.priorities.map(({ id }) => [id, 'PT4H'])),
  ladder: [
    { ...rung, id: 'half', at: '-50%' },
    { ...rung, id: 'missed', at: '0%' },
  ],
}

/** Each order anew, due when its part was to come. */
export const delivery: PolicyClock = {
  ...clock,
  id: 'delivery',
  label: 'delivery',
  starts: ['act:part-ordered'],
  stops: ['act:part-arrived'],
  from: { act: 'part-ordered', field: 'expectedAt' },
}

export function repairsPolicy(clocks: readonly PolicyClock[], changes: Partial<Policy> = {}): Policy {
  const usual = policyOf()
  return {
    ...usual,
    type: { ...usual.type, fields: [...usual.type.fields, appointment] },
    factFields: ['appointment'],
    acts: ownActs,
    clocks,
    ...changes,
  }
}

/** The example of the documentation, as it is written and as it is installed. */
export const repairsText = readFileSync(new URL('../../docs/examples/repairs.yaml', import.meta.url), 'utf8')

export function repairsProfile(): Profile {
  const base = readFileSync(new URL('../../profiles/base.yaml', import.meta.url), 'utf8')
  const parsed = parseProfile(repairsText, { bases: basesIn([{ text: base }]) })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.profile
}

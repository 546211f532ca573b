import { ticketCommandNames } from '../command-names.ts'
import { idForm } from '../document/checks.ts'
import { idsOf, itemsOf, memberOf, textsOf } from '../document/loose.ts'
import type { Mistake } from '../document/mistakes.ts'
import { actOfMoment, momentOfAct } from './moments.ts'
import { alwaysLeftOut } from './path-checks.ts'

/** What has to agree between an organisation's own acts, the fields that clocks count from, and the rest of a profile (X11). */
export function inActs(profile: unknown): Mistake[] {
  return [...itemsOf(memberOf(profile, 'acts')).flatMap((act, at) => inAct(act, at, profile)), ...inMomentsAndFrom(profile)]
}

type Path = (string | number)[]

function inAct(act: unknown, at: number, profile: unknown): Mistake[] {
  const id = memberOf(act, 'id')
  const stages = textsOf(memberOf(act, 'stages')).map(([, stage]) => stage)
  const left = alwaysLeftOut(profile)
  const isCommand = ticketCommandNames.some((name) => name === id)
  const isNever = stages.length > 0 && stages.every((stage) => left.includes(stage))
  return [
    ...(isCommand ? [{ path: ['acts', at, 'id'], code: 'named-like-command', given: String(id) }] : []),
    ...(isNever ? [{ path: ['acts', at, 'stages'], code: 'act-never', given: stages.join(', ') }] : []),
  ]
}

/** Acts whose moments clocks and rules name, and fields that clocks count from. */
function inMomentsAndFrom(profile: unknown): Mistake[] {
  const acts = memberOf(profile, 'acts')
  // Nothing is held against a list that is itself not right yet.
  const known = acts === undefined ? [] : idsOf(acts, idForm)
  const inMoments = (named: unknown, path: Path) =>
    textsOf(named).flatMap(([nth, moment]) => {
      const act = actOfMoment(moment)
      const isUnknown = act !== undefined && idForm.test(act) && known?.includes(act) === false
      return isUnknown ? [unknown([...path, nth], moment, (known ?? []).map(momentOfAct), 'no-acts')] : []
    })
  const rules = itemsOf(memberOf(profile, 'notificationRules')).flatMap((rule, at) =>
    inMoments(memberOf(rule, 'on'), ['notificationRules', at, 'on']),
  )
  const clocks = itemsOf(memberOf(profile, 'clocks')).flatMap((clock, at) => [
    ...(['starts', 'stops', 'cancels'] as const).flatMap((when) => inMoments(memberOf(clock, when), ['clocks', at, when])),
    ...inFrom(memberOf(clock, 'from'), ['clocks', at, 'from'], profile, known),
  ])
  return [...clocks, ...rules]
}

function inFrom(from: unknown, path: Path, profile: unknown, acts: readonly string[] | undefined): Mistake[] {
  const [act, field] = [memberOf(from, 'act'), memberOf(from, 'field')]
  if (typeof act === 'string' && idForm.test(act) && acts?.includes(act) === false) return [unknown([...path, 'act'], act, acts, 'no-acts')]
  if (typeof field !== 'string' || (act !== undefined && typeof act !== 'string')) return []
  const askers =
    act === undefined ? memberOf(profile, 'types') : itemsOf(memberOf(profile, 'acts')).filter((one) => memberOf(one, 'id') === act)
  const fields = itemsOf(askers).flatMap((asker) => itemsOf(memberOf(asker, 'fields')))
  const meant = fields.filter((one) => memberOf(one, 'id') === field)
  if (meant.length === 0) {
    const instants = fields.filter((one) => memberOf(one, 'kind') === 'instant').map((one) => String(memberOf(one, 'id')))
    return [unknown([...path, 'field'], field, [...new Set(instants)], 'no-instants')]
  }
  const isOther = meant.some((one) => memberOf(one, 'kind') !== 'instant')
  return isOther ? [{ path: [...path, 'field'], code: 'not-an-instant', given: field }] : []
}

/** `otherwise`: what is told where there is nothing to choose from. */
function unknown(path: Path, given: string, known: readonly string[], otherwise: string): Mistake {
  return known.length === 0 ? { path, code: otherwise, given } : { path, code: 'unknown-reference', given, params: { known } }
}

import type { CriterionResult, ScoredSubject } from '../../../domain/assessment/model.ts'
import type { ProfileAssessment } from '../../../domain/profile/assessments.ts'
import type { Charge, Staff } from './charge.ts'
import { ofPromises } from './promises.ts'
import { ofAnswer, ofSolutions } from './solutions.ts'
import { known, type FoldAsked, type FoldedTicket } from '../folded-figures/facts.ts'

/**
 * What an assessment counts, once more from its definitions: events folded in memory, one ticket and one promise after the other, slowly and without SQL. What the
 * statement of the product gives is held against it.
 */

export type FoldedSubject = Pick<ScoredSubject, 'kind' | 'id' | 'tickets' | 'results'>

export function foldAssessment(all: readonly FoldedTicket[], asked: FoldAsked, plan: ProfileAssessment, staff: Staff): FoldedSubject[] {
  const ours = all.filter(({ profile, events }) => profile === asked.profile.id && known(events, asked).length > 0)
  const charges = plan.criteria.flatMap((criterion): Charge[] => {
    const { id, figure, clock = '' } = criterion
    switch (figure) {
      case 'attainment':
        return ours.flatMap((ticket) => ofPromises(ticket, clock, asked, staff)).map((charge) => ({ ...charge, criterion: id }))
      case 'resolution-rate':
        return ofSolutions(ours, asked).map((charge) => ({ ...charge, criterion: id }))
      case 'satisfaction':
        return ours.flatMap((ticket) => ofAnswer(ticket, asked)).map((charge) => ({ ...charge, criterion: id }))
    }
  })
  const teams = new Set([...asked.profile.types.flatMap(({ team }) => team ?? []), ...charges.map(({ team }) => team)])
  const people = new Set(charges.flatMap(({ holder }) => holder ?? []))
  return [
    ...[...teams].toSorted().map((id) =>
      subjectOf(
        'team',
        id,
        plan,
        charges.filter(({ team }) => team === id).map((one) => ({ ...one, personal: true })),
      ),
    ),
    ...[...people].toSorted().map((id) =>
      subjectOf(
        'person',
        id,
        plan,
        charges.filter(({ holder }) => holder === id),
      ),
    ),
  ].filter(({ kind }) => plan.of.includes(kind))
}

function subjectOf(kind: FoldedSubject['kind'], id: string, plan: ProfileAssessment, charges: readonly Charge[]): FoldedSubject {
  const counted = charges.filter(({ hit, personal }) => typeof hit === 'boolean' && personal)
  return {
    kind,
    id,
    tickets: new Set(counted.map(({ ticket }) => ticket)).size,
    results: plan.criteria.map((criterion): CriterionResult => {
      const of = (list: readonly Charge[]) => list.filter((one) => one.criterion === criterion.id)
      const toTeam = of(charges).filter(({ hit, personal }) => typeof hit === 'boolean' && !personal).length
      const toNobody = of(charges).filter(({ hit }) => hit === 'nobody').length
      const running = of(charges).filter(({ hit }) => hit === 'running').length
      return {
        criterion: criterion.id,
        n: of(counted).length,
        hits: of(counted).filter(({ hit }) => hit === true).length,
        items: of(counted)
          .flatMap(({ item }) => item ?? [])
          .toSorted((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1)),
        ...(toTeam > 0 && { toTeam }),
        ...(toNobody > 0 && { toNobody }),
        ...(running > 0 && { running }),
      }
    }),
  }
}

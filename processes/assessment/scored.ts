import type { AssessmentModel } from '../../domain/assessment/model.ts'
import type { Scored } from '../../domain/assessment/rights.ts'

/** Who is scored, with what says whose matter each score is: who leads, and who speaks for a team. As things were when it was reckoned. */
export function scoredIn({ subjects }: Pick<AssessmentModel, 'subjects'>): Scored[] {
  return subjects.map((subject): Scored => {
    const { kind, id } = subject
    return kind === 'person'
      ? { kind, id, teams: subject.teams, leads: subject.leads, speaker: id }
      : { kind, id, teams: [id], leads: false, speaker: subject.lead }
  })
}

import { said } from '../../domain/labels.ts'
import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import type { Instant } from '../../domain/instant.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import { toPerson } from '../common/recipients.ts'
import type { Notice } from '../process.ts'
import type { RecordedAssessmentEvent } from './events.ts'
import type { AssessmentState } from './state.ts'

/** Who is scored hears that there is something to read, and never what: a mail holds no number and nobody's reasons. Those who decide are looked up (asking.ts). */
export function assessmentNotices(event: RecordedAssessmentEvent, state: AssessmentState): Notice[] {
  const { number } = state
  const params = { number, assessment: JSON.stringify(recurringTitle(state.label, state.period)) }
  switch (event.type) {
    case 'score-confirmed':
      return scoreConfirmed(event.subject, event.objectBy)
    case 'objections-prolonged':
      // They hear it once more, with the other instant.
      return scoreConfirmed(event.subject, event.until)
    case 'objection-decided': {
      const by = state.subjects.find((subject) => subjectKey(subject) === event.subject)?.objection?.by ?? null
      return toPerson(by, 'objection-decided', { ...params, whose: whoseText(event.subject) })
    }
    case 'commended':
    case 'outstanding-commended':
      return toPerson(event.person, 'commended', params)
    default:
      return []
  }

  function scoreConfirmed(subject: SubjectKey, until: Instant): Notice[] {
    return toPerson(speakerOf(state, subject), 'score-confirmed', { ...params, whose: whoseText(subject), until })
  }
}

/** Who is scored and leads a team hears of both scores: each mail says of which. */
function whoseText(key: string): string {
  return JSON.stringify(key.startsWith('team:') ? ofTeam : ofPerson)
}

const ofPerson = said('个人', '個人', 'your own')
const ofTeam = said('团队', '團隊', 'your team’s')

function speakerOf({ subjects }: AssessmentState, key: string): string | null {
  return subjects.find((subject) => subjectKey(subject) === key)?.speaker ?? null
}

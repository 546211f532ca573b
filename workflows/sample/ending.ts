import { z } from 'zod'
import { reasonSchema } from '../common/inputs.ts'
import { said } from '../../domain/labels.ts'
import { missingError, receiver, staffError } from '../common/assignees.ts'
import { defineHandOver } from '../common/hand-over.ts'
import { own } from '../../domain/own.ts'
import type { Directory } from '../../domain/people.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { beganAt, defineCommand, judges, notJudging } from './command.ts'
import type { SampleEvent } from './events.ts'
import { openSampleStages } from './stages.ts'
import { termsOf, type SamplePolicy, type SampleState, type SampleTerms } from './state.ts'

/** How a sample ends, and how it goes to somebody else. */

export const close = defineCommand({
  name: 'close',
  labels: said('结束抽检', '結束抽檢', 'Close'),
  summary: 'Ends a sample of which every ticket is judged or excused. After a while it ends by itself.',
  requirements: ['Q7'],
  may: judges,
  stages: ['judged'],
  input: () => z.strictObject({}),
  blocked: notJudging,
  decide: () => [{ type: 'closed' }],
})

export const abandon = defineCommand({
  name: 'abandon',
  labels: said('终止抽检', '終止抽檢', 'Abandon'),
  summary: 'Ends a sample that is not wanted, and says why. Its judgements count in no figure, and its tickets can be drawn again.',
  requirements: ['Q7'],
  may: judges,
  stages: openSampleStages,
  input: () => z.strictObject({ reason: reasonSchema }),
  decide: (_, { reason }) => [{ type: 'abandoned', reason }],
})

export const handOver = defineHandOver<SampleState, SampleEvent, SamplePolicy>(
  {
    summary: 'Has somebody else see that the sample is judged, which one person had.',
    requirements: ['Q7'],
    may: judges,
    stages: openSampleStages,
    receives: ({ state, policy }, to, directory) => judgeError('to', to, directory, termsOf(policy, state)),
    moved: ({ state }, { from, assignee, insteadOf, reason }) =>
      state.assignee === from ? [{ type: 'handed-over', from, to: assignee, reason, ...(insteadOf !== null && { insteadOf }) }] : [],
  },
  beganAt,
)

/** Why somebody cannot be given a sample to judge; undefined when they can, themselves or through whoever stands in for them. */
export function judgeError(path: string, person: string, directory: Directory, { by }: Pick<SampleTerms, 'by'>): FieldError | undefined {
  const missing = staffError(path, person, directory) ?? missingError(path, person, directory)
  if (missing) return missing
  const { assignee } = receiver(person, directory)
  const unfit = [person, assignee].find((id) => !by.some((role) => own(directory.people, id)?.roles.includes(role)))
  return unfit === undefined ? undefined : { path, code: 'cannot-handle', params: { person: unfit, roles: by } }
}

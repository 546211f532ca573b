import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict } from '../../domain/rejection.ts'
import { queryWait } from '../../domain/waits.ts'
import { longText, shortText } from '../common/inputs.ts'
import { handler, serviceDesk } from './availability.ts'
import { defineCommand } from './command.ts'
import type { Transitions } from './transitions.ts'
import { endOfWaiting } from './waiting.ts'

/**
 * 疑问退回: a handler in doubt asks the service desk back (R7). The ticket waits for the answer and stays with the handler; promises rest
 * meanwhile only where their clock names `query` among its `pauses`.
 */

export const query = defineCommand({
  name: 'query',
  labels: said('疑问退回', '疑問退回', 'Query'),
  summary: 'Sends the ticket back to the service desk with a question. It stays with who has it, and waits for the answer.',
  requirements: ['R7'],
  may: handler,
  stages: ['assignment', 'handling'],
  input: () => z.strictObject({ question: labelled(shortText.describe('what is in doubt'), said('疑问', '疑問', 'Question')) }),
  blocked({ state: { assignee, waiting } }) {
    if (assignee === null) return conflict('nobody-has-it')
    return waiting ? conflict('already-waiting', { for: waiting.for, since: waiting.since }) : undefined
  },
  decide: (_, { question }) => [
    { type: 'queried', question },
    { type: 'waiting-started', for: queryWait.id, reason: question, until: null },
  ],
})

export const answerQuery = defineCommand({
  name: 'answer-query',
  labels: said('答复疑问', '答覆疑問', 'Answer query'),
  summary: 'Answers what the handler asked the service desk; the work goes on. The handler does it, too, who has found it out.',
  requirements: ['R7'],
  may: { ...serviceDesk, engineer: 'own' },
  stages: ['assignment', 'handling'],
  input: () => z.strictObject({ answer: labelled(longText.describe('the answer'), said('答复', '答覆', 'Answer')) }),
  blocked: ({ state }) => (state.query ? undefined : conflict('no-query')),
  decide: ({ state }, { answer }) => [{ type: 'query-answered', answer }, ...endOfWaiting(state)],
})

export const transitions: Transitions<'queried' | 'query-answered'> = {
  queried: (_, { seq: id, actor: by, at }) => ({ query: { id, by, at } }),
  'query-answered': () => ({ query: null }),
}

import { expect, it } from 'vitest'
import { levelOf } from '../../../db/lateness.ts'
import { lin, Story } from '../../support/tickets.ts'

it('what passes by time is late as a warning, at its due instant, or as an escalation; what an act brings is not late', () => {
  const story = new Story({ by: lin, submission: { priority: 'urgent' } })
  const passed = story.later('P2D').wake()
  const levels = new Set(passed.map((event) => `${event.type} ${levelOf(event)}`))
  expect(levels).toEqual(new Set(['level-reached warning', 'promise-broken due', 'level-reached escalation']))

  const [broken] = passed.filter(({ type }) => type === 'promise-broken')
  if (!broken) throw new Error('nothing was broken')
  expect(levelOf({ ...broken, requestId: 'a priority was raised' })).toBeUndefined()
  expect(story.events.filter(({ type }) => type === 'submitted').map(levelOf)).toEqual([undefined])
})

import { describe, expect, it } from 'vitest'
import { eventForCustomer } from '../../../api/views/ticket-for-customer.ts'
import { lin, system, ticketIn, usualOfSystem, wang } from '../../support/tickets.ts'

const news = usualOfSystem['note-related']

describe('R10: news of a process that belongs to the ticket', () => {
  it('R10: stands in the log with the number of that process, in three languages, and changes nothing else', () => {
    const story = ticketIn('handling')
    const { version: _, ...before } = story.state
    expect(story.try(system, 'note-related', news)).toBeUndefined()
    expect(story.last('related-noted')).toMatchObject({ actor: 'system', ...news, promises: [] })
    const { version: __, ...after } = story.state
    expect(after).toEqual(before)
    expect(story.notices(story.last('related-noted'))).toEqual([])
  })

  it('T8: is no progress report: the promise to tell the customer is owed as before', () => {
    const story = ticketIn('handling')
    const promised = story.promise('progress')
    story.later('PT30M').try(system, 'note-related', news)
    expect(story.promise('progress')).toEqual(promised)
    story.act(wang, 'update-progress')
    expect(story.last('progress-updated').promises).toMatchObject([{ clock: 'progress', state: 'kept' }, { clock: 'progress' }])
  })

  it('R10: comes also before somebody has the ticket and after the customer has confirmed; people do not tell it', () => {
    for (const stage of ['triage', 'closing'] as const) expect(ticketIn(stage).try(system, 'note-related', news)).toBeUndefined()
    expect(ticketIn('handling').try(lin, 'note-related', news)).toMatchObject({ code: 'wrong-role' })
  })

  it('R10: is not shown to the customer', () => {
    const story = ticketIn('handling')
    story.try(system, 'note-related', news)
    expect(eventForCustomer({ ...story.last('related-noted') }, story.state.requester, () => true)).toEqual([])
  })
})

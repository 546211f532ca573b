import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { chen, lin, ticketIn, wang, zhao } from '../../support/tickets.ts'

describe('T11: the problem-resolution report', () => {
  it('T11: satisfaction is required, unless the customer gave it when confirming', () => {
    expect(ticketIn('closing').refusal(wang, 'close', { satisfaction: undefined })).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'satisfaction', code: 'required' }],
    })
    const given = ticketIn('confirmation').acts([lin, 'confirm', { satisfaction: 3 }], [wang, 'close', { satisfaction: undefined }])
    expect(given.last('closed').satisfaction).toBe(3)
  })

  it.each([0, 6, 4.5, '5'])('T11: %j is no satisfaction', (satisfaction) => {
    expect(ticketIn('closing').refusal(wang, 'close', { satisfaction })).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'satisfaction' }],
    })
  })

  it('T11: the duration is computed, in hours from the first assignment to the confirmation', () => {
    const story = ticketIn('assignment')
    story.act(wang, 'claim')
    story
      .acts([wang, 'accept'], [wang, 'release'])
      .later('PT5H')
      .acts([zhao, 'claim'], [zhao, 'accept'], [zhao, 'complete'], [zhao, 'verify'])
    const assigned = story.state.assignedAt ?? ''
    story.at(plus(assigned, 'PT26H15M')).act(lin, 'confirm')
    story.later('PT9H').acts([zhao, 'close'])
    expect(story.last('closed')).toMatchObject({ durationHours: 26.25, handler: 'zhao' })
  })

  it('T11: the report names the events its texts stand in, its proof and the document', () => {
    const story = ticketIn('closing').acts([wang, 'close', { satisfaction: 4, proof: '截图 12', article: 'KB-204' }])
    expect(story.last('closed')).toMatchObject({
      satisfaction: 4,
      proof: '截图 12',
      article: 'KB-204',
      confirmation: story.last('confirmed').seq,
      completion: story.last('completed').seq,
      handler: 'wang',
    })
  })

  it('T11: the proof given when confirming is the proof of the report', () => {
    const story = ticketIn('confirmation').acts([lin, 'confirm', { proof: '通话录音 0302-17' }], [wang, 'close'])
    expect(story.events.find(({ seq }) => seq === story.last('closed').confirmation)).toMatchObject({
      type: 'confirmed',
      proof: '通话录音 0302-17',
    })
  })

  it('T11: the handler closes; the reopening window counts from then', () => {
    expect(ticketIn('closing').refusal(zhao, 'close')).toMatchObject({ code: 'not-yours' })
    const story = ticketIn('closing').later('PT2H').acts([chen, 'close'])
    expect(story.state).toMatchObject({ stage: 'follow-up', closedAt: story.now, reopenableUntil: plus(story.now, 'P7D') })
  })
})

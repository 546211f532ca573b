import { describe, expect, it } from 'vitest'
import { nextTimeOfDay } from '../../../domain/calendar/next-time-of-day.ts'
import { chen, lin, mei, policyOf, quietPolicy, ticketIn, wang, zhao, type Story } from '../../support/tickets.ts'

/** 定期查看: whoever handed a ticket off hears at set times of the day how long it has been silent (R10). */

const policy = { ...quietPolicy(), handedOff: { at: ['15:30', '09:30'] } }
/** By the clocks of Shanghai; 2 March 2026 is a Monday. */
const at = (day: number, time: string) => new Date(`2026-03-0${day}T${time}:00+08:00`).toISOString()
const told = (story: Story) =>
  story.events.flatMap((event) =>
    event.type === 'handed-off-listed' ? [[event.occurredAt, ...story.notices(event).map(({ params }) => params['silence'])]] : [],
  )
/** In Wang's hands, and Lin follows it. */
const handedOff = () => ticketIn('handling', { policy })

describe('R10: handed-off tickets', () => {
  it('R10: are told to the representative at the times of day that the profile names, with how long nothing has moved', () => {
    const story = handedOff()
    for (const [day, time] of [
      [2, '09:30'],
      [2, '15:30'],
      [3, '09:30'],
    ] as const)
      story.at(at(day, time)).wake()
    expect(told(story).map(([when]) => when)).toEqual([at(2, '09:30'), at(2, '15:30'), at(3, '09:30')])
    const [notice] = story.notices(story.last('handed-off-listed'))
    expect(notice).toMatchObject({
      kind: 'handed-off',
      recipient: { id: 'lin' },
      params: { holder: 'wang', silence: 'PT24H', silentSince: story.state.workedAt },
    })
  })

  it('R10: any sign of work by who has it or helps ends the silence; what others do does not', () => {
    const story = handedOff().acts([wang, 'add-helper'])
    story.at(at(3, '06:00')).acts([zhao, 'update-progress'])
    story.at(at(3, '08:30')).acts([mei, 'contact'], [lin, 'urge'])
    story.at(at(3, '09:30')).wake()
    expect(told(story).at(-1)).toEqual([at(3, '09:30'), 'PT3H'])
  })

  it('R10: after an outage once; not on days off; not when who follows it has it, or nobody does, or it is done', () => {
    const story = handedOff()
    story.at(at(6, '20:00')).wake()
    expect(told(story).map(([when]) => when)).toEqual([at(2, '09:30')])
    expect(story.ahead()['handed-off']).toBe('2026-03-09T01:30:00.000Z')
    const without = (changed: Story) => Object.keys(changed.ahead()).filter((name) => name.startsWith('handed-off'))
    expect(without(story.copy().acts([chen, 'reassign', { assignee: 'lin' }]))).toEqual([])
    expect(without(story.copy().acts([wang, 'release']))).toEqual([])
    expect(without(story.copy().acts([wang, 'complete'], [zhao, 'verify']))).toEqual([])
    expect(without(ticketIn('handling', { policy: quietPolicy() }))).toEqual([])
  })

  it('R10: one that is handed off anew waits for the next time, whatever was before', () => {
    const story = handedOff()
      .at(at(4, '12:00'))
      .acts([chen, 'reassign', { assignee: 'lin' }])
    story.at(at(5, '10:00')).acts([chen, 'reassign', { assignee: 'zhao' }])
    story.at(at(5, '15:30')).wake()
    expect(told(story).at(-1)).toEqual([at(5, '15:30'), 'PT5H'])
  })
})

describe('the next time of day', () => {
  it('R10: is strictly later, on a working day; in a calendar without any there is none', () => {
    const { calendar } = policyOf().calendar
    expect(nextTimeOfDay(at(6, '15:30'), ['09:30', '15:30'], calendar)).toBe('2026-03-09T01:30:00.000Z')
    // The office is closed from 1 to 5 May, and works on Saturday the ninth.
    expect(nextTimeOfDay('2026-04-30T08:00:00.000Z', ['09:30'], calendar)).toBe('2026-05-06T01:30:00.000Z')
    const closed = { ...calendar, week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, days: {} }
    expect(nextTimeOfDay(at(6, '15:30'), ['09:30'], closed)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { shownClocks } from '../../../api/views/ticket-customer-clocks.ts'
import { delivery, ownActs, visit } from '../../support/own-acts.ts'

/** Of which promises customers are told. */

const types = [{ fields: [{ id: 'appointment' }, { id: 'slot', internal: true }] }]
const shown = (...clocks: Parameters<typeof shownClocks>[0]['clocks']) =>
  clocks.filter(({ id }) => shownClocks({ clocks, types, acts: ownActs }).has(id))

describe('T2, X11: a customer is told of a promise', () => {
  it('T2, X11: that an act stops which they see, and of none that only colleagues see', () => {
    expect(shown(visit, delivery)).toEqual([visit])
    expect(shown({ ...delivery, stops: ['act:part-ordered'] })).toHaveLength(1)
    expect(shown({ ...visit, stops: ['act:gone'] })).toEqual([])
  })

  it('T2, X11: but not of one that counts from a field they are not shown, of the form or of an act', () => {
    expect(shown({ ...visit, from: { field: 'slot' } })).toEqual([])
    expect(shown({ ...visit, from: { act: 'part-ordered', field: 'supplier' } })).toEqual([])
    expect(shown({ ...visit, from: { act: 'part-ordered', field: 'expectedAt' } })).toHaveLength(1)
  })
})

import { said } from '../../../../domain/labels.ts'
import type { StatedClock } from '../../../../workflows/common/stated-clock.ts'
import type { LoanEvent } from './events.ts'

/** The promise of a loan: that the device is back when it was said to be. */
const returnClock: StatedClock<LoanEvent> = {
  id: 'return',
  label: said('归还', '歸還', 'Return'),
  dueBy: (event) => (event.type === 'lent' || event.type === 'extended' ? event.until : undefined),
  stops: ['returned'],
  // The handler is reminded a little before, and their lead hears when it is late.
  ladder: [
    { id: 'reminder', at: '-PT2S', times: 1, to: ['handler'] },
    { id: 'late', at: '+PT1S', times: 1, to: ['lead'] },
  ],
  endedBy: ['extend', 'give-back'],
}

export const loanClocks = [returnClock]

import type { Keys } from '../db/contact-vault.ts'
import { catchUp, type Reach, startDeadlineMs, startWorkflow } from '../gateway/reach.ts'
import { tellCalendar, wakeProcess } from '../gateway/waking.ts'
import { typesOf } from '../processes/hosting.ts'
import type { Logger } from '../runtime/logging.ts'
import { startDirectory } from './directory.ts'
import { startErrands } from './errands.ts'
import { createPace } from './pace.ts'
import { startReviewRounds } from './reviews.ts'
import { startSweeper, type SweepTimes } from './sweeper.ts'
import { calendarNews, wakes } from './waker.ts'

/** Work born of time and of amendments: so much at once that a worker is never without it, and an act waits for few of them. */
const leastWakesAtOnce = 4
const mostWakesAtOnce = 12
/** A wake that takes longer than this says that acts would, too; the slowest in twenty are not to take two seconds. */
const wakeMs = 600

/** What a worker does for processes beside running them: it wakes them, tells them of new calendars, and finishes what gateways left. */
export function startRoundsOf(
  reach: Reach & { readonly keys: Keys; readonly log: Logger },
  { sweepTimes, reviewsEveryMs }: { readonly sweepTimes?: SweepTimes | undefined; readonly reviewsEveryMs?: number | undefined } = {},
): { stop(): Promise<void> } {
  const { db, keys, clock, log, processes } = reach
  const types = typesOf(processes)
  const paced = { clock, log, pace: createPace({ least: leastWakesAtOnce, most: mostWakesAtOnce, aimMs: wakeMs }) }
  const rounds = [
    startErrands(
      wakes(db, types, (due) => wakeProcess(reach, due)),
      paced,
    ),
    startErrands(
      calendarNews(db, types, (behind) => tellCalendar(reach, behind)),
      paced,
    ),
    startReviewRounds(reach, reviewsEveryMs),
    startDirectory({ db, keys, clock, log }),
    startSweeper(
      {
        db,
        keys,
        clock,
        log,
        processes: {
          types,
          start: (process) => startWorkflow(reach, process, startDeadlineMs),
          catchUp: (number) => catchUp(reach, number),
        },
      },
      sweepTimes,
    ),
  ]
  return {
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()))
    },
  }
}

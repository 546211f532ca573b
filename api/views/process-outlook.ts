import type { z } from 'zod'
import type { Head } from '../../db/schema.ts'
import type { Locale } from '../../domain/labels.ts'
import { stageLabel } from '../../domain/stages.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import type { Hosting } from '../../processes/hosting.ts'
import { inOrder } from '../../workflows/deadline-order.ts'
import type { ClockName } from '../../workflows/process.ts'
import type { processOutlookSchema } from './process-schemas.ts'
import { clockLabel, promiseView } from './promise.ts'

/** What a process of any type is asked for its outlook beside itself. */
interface Around {
  /** By what it runs: of its own type. */
  readonly policy: unknown
  /** What its clocks are called. */
  readonly clocks: readonly ClockName[]
  readonly locale: Locale
}

/** People by id; their names are added by whoever answers. */
export type ProcessOutlookView = Omit<Unchanging<z.input<typeof processOutlookSchema>>, 'names'>

/** What happens next with a process, whatever its type (X5). */
export function processOutlookView(
  { number, version, stage, state }: Head,
  { process }: Hosting,
  { policy, clocks, locale }: Around,
): ProcessOutlookView {
  return {
    number,
    version,
    stage,
    stageLabel: stageLabel(process.stages, stage, locale),
    holder: process.holder(state),
    promises: state.promises.map((promise) => promiseView(promise, clocks, locale)),
    next: inOrder(process.deadlines(state, policy)).map(({ clock, cycle, level, dueAt, cancelledBy }) => ({
      clock,
      label: clockLabel(clock, clocks, locale),
      cycle,
      level,
      dueAt,
      cancelledBy,
    })),
  }
}

/** Ids of the people that it names. */
export function idsInProcessOutlook({ holder }: ProcessOutlookView): string[] {
  return holder === null ? [] : [holder]
}

import type { ReportSchedules } from '../../gateway/report-schedules.ts'

/** Schedules are Temporal's: where none runs, there are none. */
const none = () => Promise.resolve(false)

export const noSchedules: ReportSchedules = {
  put: () => Promise.reject(new Error('nothing is scheduled here')),
  remove: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
  pause: none,
  resume: none,
  trigger: none,
  backfill: none,
}

import { Trouble } from '../../gateway/trouble.ts'
import type { ReportSchedules } from '../../gateway/report-schedules.ts'

/** Schedules are Temporal's: where none runs, it is away. */
const away = () => Promise.reject(new Trouble('temporal-away', undefined))

export const noSchedules: ReportSchedules = {
  put: away,
  remove: away,
  find: away,
  pause: away,
  resume: away,
  trigger: away,
  backfill: away,
}

import type { Figure } from '../../../db/figures/figure.ts'
import { responseRate, satisfaction } from './answers.ts'
import { arrivals, closed, deferrals, submitted } from './arrivals.ts'
import { ageing, backlog } from './backlog.ts'
import { handlingTime, netHandlingTime, resolutionTime, waitingTime } from './handling.ts'
import { judgedQuality, judgedWithoutFault } from './judged.ts'
import { attainment } from './promises.ts'
import { firstContactResolution, lastingFirstContactResolution, reopenRate, repeatRate, resolutionRate } from './resolution.ts'
import { responseTime } from './response.ts'

/** What is reckoned of tickets, in the order in which it is read. */
export const ticketFigures: readonly Figure[] = [
  submitted,
  closed,
  backlog,
  ageing,
  arrivals,
  responseTime,
  handlingTime,
  netHandlingTime,
  waitingTime,
  resolutionTime,
  attainment,
  deferrals,
  resolutionRate,
  firstContactResolution,
  lastingFirstContactResolution,
  reopenRate,
  repeatRate,
  satisfaction,
  responseRate,
  judgedQuality,
  judgedWithoutFault,
]

import { proxyActivities } from '@temporalio/workflow'
import type { ProcessActivities } from '../../activities/process.ts'
import { concernsAnother } from '../common/other-processes.ts'
import type { Draft, Process, ProcessState } from '../process.ts'
import type { ProcessInput } from './protocol.ts'
import { runProcess } from './run-process.ts'
import { withSummary } from './with-summary.ts'

/** The workflow of a process type: exported under the type's name, it is all that a `*.workflow.ts` holds. */
export function processWorkflow<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  { project, answer }: ActivityNames = { project: 'projectProcess', answer: 'answerProcess' },
): (input: ProcessInput<S, E, P>) => Promise<void> {
  const projecting = proxyActivities<ProcessActivities>({
    // What has happened must reach the rows however long Postgres is away, so it is tried for ever; writing twice changes nothing.
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  })
  const answering = proxyActivities<ProcessActivities>({
    // Doing it twice does no harm, and a process that stopped asking would wait for ever: it is tried for ever. A lookup takes
    // milliseconds; the worker that has not answered by then is dead.
    startToCloseTimeout: '10 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  })
  const dealing = proxyActivities<ProcessActivities>({
    // Likewise. The other process may have to be started (5 s), is woken (10 s), and asked what its rows lack (10 s); the rest is for rows.
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  })
  const reckoning = proxyActivities<ProcessActivities>({
    // Likewise, but it works for minutes: that it is at it, it says every few seconds, and a worker that has died does not.
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  })
  const lookUp = withSummary(answering[answer])
  const deal = withSummary(dealing[answer])
  const reckon = withSummary(reckoning[answer])
  return (input) =>
    runProcess(process, input, withSummary(projecting[project]), (ask, summary) =>
      (ask.long ? reckon : concernsAnother(ask) ? deal : lookUp)(ask, summary),
    )
}

/** By which names stored histories of the type call them. */
interface ActivityNames {
  readonly project: 'projectProcess' | 'projectTicket'
  readonly answer: 'answerProcess' | 'answerTicket'
}

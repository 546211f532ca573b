import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow'
import type { ProcessInput } from '../../../workflows/shell/protocol.ts'
import { runProcess } from '../../../workflows/shell/run-process.ts'
import { withSummary } from '../../../workflows/shell/with-summary.ts'
import { counterProcess, type CounterEvent, type CounterState } from './counter.ts'
import type { Recorder } from './recorder.ts'

/** What the workers of the shell's tests register: the ticket itself, a counter and its children. */
export { ticket } from '../../../workflows/ticket/ticket.workflow.ts'

const { projectCounter, answerCounter } = proxyActivities<Recorder['activities']>({
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 1 },
})

export async function counter(input: ProcessInput<CounterState, CounterEvent, null>): Promise<void> {
  await runProcess(counterProcess, input, withSummary(projectCounter), withSummary(answerCounter))
}

/** Lives until it is told to stop. */
export async function child(name: string): Promise<string> {
  let stopped = false
  setHandler(defineSignal('stop'), () => {
    stopped = true
  })
  await condition(() => stopped)
  return name
}

import { activityInfo } from '@temporalio/activity'
import { project, type AnyBatch } from '../db/projection.ts'
import { answerFor, type Answering } from '../gateway/answering.ts'
import { hostOf, type Hosting } from '../processes/hosting.ts'
import type { Reply } from '../workflows/process.ts'
import type { OpenAsk } from '../workflows/shell/protocol.ts'
import { alive } from './alive.ts'

/** What workflows have done in the world. A workflow is of the process type whose name it has. */
export interface ProcessActivities {
  /** Writes what time or a signal did to a process into the rows. Writing it again changes nothing. */
  projectProcess(batch: AnyBatch): Promise<void>
  /** Looks up what a process asks, or does for it what concerns another one. */
  answerProcess(ask: OpenAsk): Promise<Reply>
  /** The same, under the names by which tickets have called them since their first release. */
  projectTicket(batch: AnyBatch): Promise<void>
  answerTicket(ask: OpenAsk): Promise<Reply>
}

export function createActivities(world: Answering): ProcessActivities {
  const { db } = world

  const projectProcess = (batch: AnyBatch) =>
    told(world, 'the rows of a process could not be written; Temporal tries again', aboutBatch(batch), async () => {
      await project(db, hostOfCaller(world), batch)
    })
  const answerProcess = (ask: OpenAsk) =>
    told(world, 'what a process asks could not be answered; Temporal tries again', aboutAsk(ask), () => {
      const answer = () => answerFor(world, { host: hostOfCaller(world), number: activityInfo().workflowExecution?.workflowId ?? '' }, ask)
      return ask.long ? alive(answer) : answer()
    })
  return { projectProcess, answerProcess, projectTicket: projectProcess, answerTicket: answerProcess }
}

/** The type of the workflow that wants it. */
function hostOfCaller({ processes }: Answering): Hosting {
  const { workflowType = '' } = activityInfo()
  const host = hostOf(processes, workflowType)
  // A workflow of a newer release waits for a worker of that release.
  if (!host) throw new Error(`this release knows no process ${workflowType}`)
  return host
}

/** The SDK knows that an activity failed; which process, events and acts it was about is known here. */
async function told<T>({ log }: Answering, failing: string, about: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (err) {
    log.warn({ err, ...about }, failing)
    throw err
  }
}

function aboutBatch({ id, events, state, outcomes }: AnyBatch) {
  return { number: id, from: events[0]?.seq, to: state.version, actIds: outcomes.map(({ requestId }) => requestId) }
}

/** An ask's id begins with the number of its process, and is the act's id of what its answer makes happen. */
function aboutAsk({ id, kind }: OpenAsk) {
  return { actId: id, kind }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { connectTemporal } from '../../runtime/connections.ts'
import type { World } from './world.ts'

/** Returns when a task queue has had no waiting workflow task for a while. */
export async function backlogGone({ temporalAddress }: World, namespace: string, taskQueue: string): Promise<void> {
  const connection = await connectTemporal({ temporalAddress })
  try {
    for (let quiet = 0; quiet < 3;) {
      const { stats } = await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: workflowTasks,
        reportStats: true,
      })
      quiet = Number(stats?.approximateBacklogCount ?? 0) === 0 ? quiet + 1 : 0
      await sleep(pauseMs)
    }
  } finally {
    await connection.close()
  }
}

const pauseMs = 100
/** `TASK_QUEUE_TYPE_WORKFLOW` */
const workflowTasks = 1

import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { bareTaskQueue } from '../baseline/argument.ts'
import { connect } from '../../db/connect.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import type { Figure } from '../harness/figure.ts'
import { withPair } from '../harness/pair.ts'
import { quantile, rounded, timed } from '../harness/rounds.ts'
import { installStorm, minuteMs, secondMs, stormId } from '../harness/storm-office.ts'
import { register } from '../harness/tickets.ts'
import type { Office } from '../harness/world.ts'

/** Many promises due in the same second: how late each is found broken, against bare workflows that sleep until then. */
export const storm: Figure = async ({ world, say, report, quick }) => {
  await withPair(world, 'storm', async ({ office, desk, bare }) => {
    const count = quick ? 100 : 1_000
    // Long enough for all of them to be taken in, and begun, before.
    const opens = Math.ceil((Date.now() + (quick ? 30_000 : 150_000)) / minuteMs) * minuteMs
    const due = opens + secondMs
    await installStorm(office, opens)
    say(`registering ${count} tickets that are all due at ${instantOf(due)}`)
    await timed(count, 20, () => register(desk, { profile: stormId, assignee: 'engineer-wang' }))
    const bareDue = due + (quick ? 15_000 : 45_000)
    say(`starting ${count} bare workflows that sleep until ${instantOf(bareDue)}`)
    const handles: { result(): Promise<unknown> }[] = []
    await timed(count, 20, async () =>
      handles.push(
        await bare.client.workflow.start('bareSleep', { workflowId: `sleep-${randomUUID()}`, taskQueue: bareTaskQueue, args: [bareDue] }),
      ),
    )
    if (Date.now() > opens) throw new Error('the machine was too slow: the deadlines passed while the tickets were registered')
    const inRows = await lateness(office, count, due)
    const slept = await Promise.all(handles.map(async (handle) => Number(await handle.result()) - bareDue))
    for (const share of [0.5, 0.99]) {
      const [ours, baseline] = [quantile(inRows.late, share), quantile(slept, share)]
      report({
        name: `storm.p${share * 100}`,
        unit: 'ms late',
        ours: rounded(ours),
        baseline: rounded(baseline),
        ratio: rounded(baseline / ours),
        deadlines: count,
        secondsUntilInRows: rounded(inRows.seconds),
      })
    }
  })
}

/** Waits until every broken promise is in the rows; how late each was found, and when the last one was there. */
async function lateness({ databaseUrl }: Office, count: number, due: number): Promise<{ late: number[]; seconds: number }> {
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    await sleep(Math.max(0, due - Date.now()))
    for (;;) {
      const events = await db
        .selectFrom('events')
        .select(['at', 'occurredAt'])
        .where('type', '=', 'promise-broken')
        .where('occurredAt', '=', instantOf(due))
        .execute()
      if (events.length >= count) return { late: events.map(lateBy), seconds: (Date.now() - due) / secondMs }
      if (Date.now() - due > patienceMs) throw new Error(`only ${events.length} of ${count} deadlines were noticed`)
      await sleep(200)
    }
  } finally {
    await db.destroy()
  }
}

const patienceMs = 120_000

function lateBy({ at, occurredAt }: { readonly at: Instant; readonly occurredAt: Instant }): number {
  return Date.parse(at) - Date.parse(occurredAt)
}

import { startBareRoutes, startBareWorker } from '../baseline/processes.ts'
import { bareTaskQueue } from '../baseline/argument.ts'
import { bareClient } from '../baseline/bare.ts'
import type { Figure } from '../harness/figure.ts'
import { call } from '../harness/http.ts'
import { alternating, compared, oursToBaseline, rounded, timed } from '../harness/rounds.ts'
import { registration, register } from '../harness/tickets.ts'
import { installConditional } from '../harness/conditional-profile.ts'
import { backlogGone } from '../harness/backlog.ts'
import type { Office } from '../harness/world.ts'
import { allStarted } from '../harness/started.ts'

/**
 * Accepted registrations a second while no worker runs, against a route that checks the form and inserts one row, by the usual profile and by
 * one with conditions; then
 * how long the worker takes to begin the tickets that piled up, against bare workflows.
 */
export const intake: Figure = async ({ world, say, report, quick }) => {
  const each = quick ? 60 : 250
  const rounds = quick ? 2 : 7
  /** Measures it on a database of its own; the tickets stay with it, and its API goes on. */
  const measured = async (name: string, changesIn: (office: Office) => Promise<Readonly<Record<string, unknown>>>) => {
    const office = await world.database(name.replace('.', '-'))
    const changes = await changesIn(office)
    const api = await world.api(office)
    const routes = await startBareRoutes(world, office.databaseUrl)
    const desk = { ...office, url: api.url }
    const sides = {
      ours: async () => {
        const rate = each / (await timed(each, atOnce, () => register(desk, changes)))
        // Workflows start behind the answers: that must not fall to whoever comes next.
        await allStarted(office)
        return rate
      },
      baseline: async () =>
        each / (await timed(each, atOnce, () => call(`${routes.url}/tickets`, { method: 'POST', body: registration() }))),
    }
    await alternating(1, sides)
    report({ name, unit: 'POSTs/s', ...compared(await alternating(rounds, sides), oursToBaseline), atOnce, postsARound: each })
    await routes.stop()
    return { office, api }
  }
  say('by a derived profile with conditions')
  const conditional = await measured('intake.conditions', async ({ databaseUrl }) => ({ profile: await installConditional(databaseUrl) }))
  await conditional.api.stop()
  const { office, api } = await measured('intake', () => Promise.resolve({}))

  const waiting = each * (rounds + 1)
  say(`letting the API hand its ${waiting} tickets to Temporal`)
  // The API starts workflows behind its answers, and ends when all are started.
  await api.stop()
  const began = performance.now()
  const worker = await world.worker(office)
  await backlogGone(world, office.namespace, 'bihuan')
  const ours = (performance.now() - began) / 1_000
  await worker.stop()

  say(`starting ${waiting} bare workflows`)
  const bare = await bareClient(world)
  await timed(waiting, atOnce, () => bare.start(1))
  const bareBegan = performance.now()
  const bareWorker = await startBareWorker(world)
  await backlogGone(world, world.namespace, bareTaskQueue)
  const baseline = (performance.now() - bareBegan) / 1_000
  await bareWorker.stop()
  await bare.close()
  report({
    name: 'intake.drain',
    unit: 's',
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: rounded(baseline / ours),
    tickets: waiting,
    includes: 'the start of the worker process',
  })
}

const atOnce = 20

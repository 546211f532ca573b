import { bareClient, bareLife } from '../baseline/bare.ts'
import { startBareWorker } from '../baseline/processes.ts'
import type { Figure } from '../harness/figure.ts'
import { alternating, compared, oursToBaseline, timed } from '../harness/rounds.ts'
import { stepsOfLife, wholeLife } from '../harness/tickets.ts'

/** Whole lives a second, twenty at a time: a ticket by the API against a bare workflow with six Updates. */
export const lifecycle: Figure = async ({ world, say, report, quick }) => {
  const office = await world.database('lifecycle')
  const worker = await world.worker(office)
  const api = await world.api(office)
  const bareWorker = await startBareWorker(world)
  const bare = await bareClient(world)
  const desk = { ...office, url: api.url }
  const lives = quick ? 40 : 120
  const sides = {
    ours: async () => lives / (await timed(lives, atOnce, () => wholeLife(desk))),
    baseline: async () => lives / (await timed(lives, atOnce, () => bareLife(bare, bareSteps))),
  }
  say('warming up')
  await sides.ours()
  await sides.baseline()
  const rounds = await alternating(quick ? 2 : 7, {
    ours: () => sides.ours().then((rate) => said(say, 'ours', rate)),
    baseline: () => sides.baseline().then((rate) => said(say, 'baseline', rate)),
  })
  report({
    name: 'lifecycle',
    unit: 'lives/s',
    ...compared(rounds, oursToBaseline),
    atOnce,
    lives,
    updatesOurs: stepsOfLife,
    updatesBaseline: bareSteps,
  })
  await bare.close()
  for (const part of [api, worker, bareWorker]) await part.stop()
}

const atOnce = 20
const bareSteps = 6

function said(say: (message: string) => void, side: string, rate: number): number {
  say(`${side}: ${rate.toFixed(1)}/s`)
  return rate
}

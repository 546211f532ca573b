import { setTimeout as sleep } from 'node:timers/promises'
import { bareLife } from '../baseline/bare.ts'
import { startBareRoutes } from '../baseline/processes.ts'
import { cpuPer, cpuTimes } from '../harness/cpu.ts'
import type { Figure, Taking } from '../harness/figure.ts'
import { call } from '../harness/http.ts'
import { withPair, type Pair } from '../harness/pair.ts'
import { alternating, compared, duringMs, median, oursToBaseline, rounded, timed } from '../harness/rounds.ts'
import { numbered, registration, stepsOfLife, wholeLife } from '../harness/tickets.ts'

/**
 * Whole lives a second, twenty at a time: a ticket by the API against a bare workflow with six Updates. First with notices held, as at
 * night; then with the mails that a life is told by, about four. The floor is no figure of ours: as many Updates by HTTP, with a
 * row of each request and of what came of it, and nothing else.
 */
export const lifecycle: Figure = async (taking) => {
  const { world, quick } = taking
  const rounds = quick ? 2 : 8
  await withPair(
    world,
    'lifecycle',
    async (pair) => {
      await takeRounds(taking, 'lifecycle', pair, rounds, () => wholeLife(pair.desk))
      const routes = await startBareRoutes(world, pair.office.databaseUrl)
      await takeRounds(taking, 'lifecycle.floor', pair, rounds / 2, () => lifeByPath(routes.url))
      await routes.stop()
    },
    'held',
  )
  await withPair(world, 'mails', (pair) => takeRounds(taking, 'lifecycle.mails', pair, rounds / 2, () => wholeLife(pair.desk)), 'sent')
}

/** As many requests and Updates as a ticket's life. */
async function lifeByPath(url: string): Promise<void> {
  const { number } = numbered.parse(await call(`${url}/lives`, { method: 'POST', body: { ...registration(), steps: stepsOfLife } }))
  for (let step = 0; step < stepsOfLife; step += 1)
    await call(`${url}/lives/${number}/step`, { method: 'POST', body: { text: '正在排查中' } })
}

async function takeRounds(
  { world, say, report, quick }: Taking,
  name: string,
  { bare }: Pair,
  measured: number,
  ourLife: () => Promise<unknown>,
): Promise<void> {
  const lives = quick ? 40 : 100
  const round = async (side: string, live: () => Promise<unknown>) => {
    await duringMs(afterLifeMs, atOnce, live)
    const before = cpuTimes(world.parts)
    const rate = lives / (await timed(lives, atOnce, live))
    const cpu = cpuPer(lives, before, cpuTimes(world.parts))
    const parts = [...cpu].map(([part, time]) => `${part} ${time.toFixed(1)}`).join(', ')
    say(`${side}: ${rate.toFixed(1)}/s; processor ms a life: ${parts}`)
    await sleep(afterLifeMs)
    return { rate, cpu: cpu.get('all') ?? 0 }
  }
  const sides = { ours: () => round('ours', ourLife), baseline: () => round('baseline', () => bareLife(bare, bareSteps)) }
  say('warming up')
  await alternating(1, sides)
  const rounds = await alternating(measured, sides)
  const rates = rounds.map(({ ours, baseline }) => ({ ours: ours.rate, baseline: baseline.rate }))
  report({
    name,
    unit: 'lives/s',
    ...compared(rates, oursToBaseline),
    atOnce,
    livesARound: lives,
    updatesOurs: stepsOfLife,
    updatesBaseline: bareSteps,
    processorMsOurs: rounded(median(rounds.map(({ ours }) => ours.cpu))),
    processorMsBaseline: rounded(median(rounds.map(({ baseline }) => baseline.cpu))),
  })
}

const atOnce = 20
/**
 * A life has its after-effects: notices, and what is told to Temporal when acts have ceased. A round begins among those of lives
 * before it, which stand for its own, and leaves the other side a quiet machine.
 */
const afterLifeMs = 6_000
const bareSteps = 6
